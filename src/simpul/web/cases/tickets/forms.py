"""What is asked for a list of people, for somebody on it, and for an outreach event."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.help_kinds import DocumentKind, Result
from simpul.cases.queue_kinds import MOST_ATTENDING, Topic
from simpul.people.codes import Sex
from simpul.territory.models import AreaKind
from simpul.web.cases.desk.forms.fields import NUMBER, PRIVATE, Choices, OfGroup, SentOnce
from simpul.web.choices import offer
from simpul.web.components import Text
from simpul.web.editing.fields import DayField
from simpul.web.territory.forms import AreaField

WAITING: Final[tuple[str, Text]] = ("", _("Not told yet"))


class TicketForm(OfGroup):
    area = AreaField(label=_("Which village?"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE))
    service_on = DayField(label=_("On which day?"))
    place = forms.CharField(
        label=_("Where?"), required=False, max_length=160, help_text=_("For example the village hall.")
    )
    provider = forms.ChoiceField(label=_("Which office comes?"), required=False)

    def __init__(self, groups: Choices, offices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(groups, *args, **kwargs)
        offer(self, "provider", [("", _("Not known yet")), *offices])


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        help_text=_("As it stands on their papers."),
        widget=forms.TextInput(attrs=PRIVATE),
    )
    nik = forms.CharField(
        label=_("NIK"),
        required=False,
        max_length=40,
        help_text=_("16 digits, where they have it with them."),
        widget=forms.TextInput(attrs={**PRIVATE, "inputmode": "numeric"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False, widget=forms.RadioSelect)
    age_stated = forms.IntegerField(
        label=_("Age"), required=False, min_value=0, max_value=120, widget=forms.TextInput(attrs=NUMBER)
    )


class CorrectionForm(PersonForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return {"seen": told.pop("seen"), "person": told}


class EntryForm(PersonForm, SentOnce):
    documents = forms.MultipleChoiceField(
        label=_("For which papers?"), choices=DocumentKind.choices, widget=forms.CheckboxSelectMultiple
    )

    def given(self) -> dict[str, Any]:
        answers = super().given()
        return {"id": answers.pop("id"), "documents": answers.pop("documents"), "person": answers}


class ResultsForm(forms.Form):
    """One question a paper: `paper-family_card`."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("As of which day?"))

    def __init__(self, papers: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """`papers` are kinds with what is known of each."""
        super().__init__(*args, **kwargs)
        for kind, result in papers:
            self.fields[f"paper-{kind}"] = forms.ChoiceField(
                label=DocumentKind(kind).label, choices=[WAITING, *Result.choices], required=False, initial=result
            )
        self.order_fields(["seen", *(name for name in self.fields if name.startswith("paper-")), "on"])

    def given(self) -> dict[str, Any]:
        told = self.cleaned_data
        results = {name.removeprefix("paper-"): value for name, value in told.items() if name.startswith("paper-")}
        return {"results": results, "on": told["on"], "seen": told["seen"]}


def _count(label: Any, hint: Any = "", *, required: bool = False) -> forms.IntegerField:
    widget = forms.TextInput(attrs=NUMBER)
    return forms.IntegerField(
        label=label, help_text=hint, required=required, min_value=0, max_value=MOST_ATTENDING, widget=widget
    )


class OutreachForm(OfGroup):
    area = AreaField(label=_("Which village?"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE))
    held_on = DayField(label=_("On which day?"))
    topic = forms.ChoiceField(label=_("What is it about?"), choices=Topic.choices, widget=forms.RadioSelect)
    women = _count(_("How many women and girls?"), required=True)
    men = _count(_("How many men and boys?"), required=True)
    unstated = _count(_("How many of whom you did not note it?"))
    children = _count(_("Of all these, how many under 18?"))
    disabled = _count(_("Of all these, how many with a disability?"))

    def given(self) -> dict[str, Any]:
        answers = super().given()
        return {**answers, **{name: answers[name] or 0 for name in ("unstated", "children", "disabled")}}
