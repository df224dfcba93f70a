"""What a group says when it hands a case over, and what the other organisation answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.consent_kinds import Basis
from simpul.cases.transfer_kinds import LONGEST
from simpul.cases.transfer_writing import TOLD_BEFORE
from simpul.web.cases.desk.forms.fields import Choices, SentOnce, boxes, radio, words

TAKES = {"yes": _("Yes: our group keeps it from now on"), "no": _("No, we can't")}


class DraftForm(SentOnce):
    to = forms.ChoiceField(
        label=_("Which organisation takes it over?"),
        help_text=_("Those with a coordinator here. For an office without one, refer instead."),
    )
    summary = words(
        _("What do they read before they answer?"),
        4,
        _("What kind of help is needed. No name, no place, nothing that tells who it is."),
        required=True,
        most=LONGEST,
    )
    fields_told = boxes(
        _("What else may they see before they answer?"), [(field.value, field.label) for field in TOLD_BEFORE]
    )
    reason = words(
        _("Why is it handed over?"), 3, _("Stays with the case. They read it once they have taken it."),
        required=True, most=LONGEST,
    )  # fmt: skip

    def __init__(self, organisations: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *organisations]


class AskForm(forms.Form):
    basis = radio(_("By what right is it handed over?"), Basis.choices)
    reason = words(_("Why?"), 3, _("Needed where it isn't handed over with the person's consent."), most=1000)


class AnswerForm(forms.Form):
    takes = radio(_("Do you take it over?"), list(TAKES.items()))
    words = words(_("Why not?"), 3, _("Needed where you don't. The group reads it."), most=LONGEST)
