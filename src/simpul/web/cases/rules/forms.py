"""What a coordinator decides about the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.care_kinds import CheckinReaders
from simpul.cases.help_kinds import MediationGround
from simpul.web.cases.desk.forms.fields import radio, words
from simpul.web.choices import offer


class DeskRulesForm(forms.Form):
    approves_closure = radio(
        _("May whoever helps close a case alone?"),
        [("no", _("Yes")), ("yes", _("No: the coordinator, or another one, agrees first"))],
    )
    checkins = radio(
        _("Who reads how your companions are?"),
        CheckinReaders.choices,
        _("They are told before they write. What was written before keeps its readers."),
    )
    reason = words(_("Why?"), 2, required=True, most=500)

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "approves_closure": said["approves_closure"] == "yes"}


class MediationForm(forms.Form):
    ground = radio(_("Where does your group mediate after all?"), ())
    reason = words(_("Why?"), 3, _("Who decided it, and how the weaker one is protected."), required=True, most=500)

    def __init__(self, taken: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", [(code, label) for code, label in MediationGround.choices if code not in taken])
