"""Three short questions; and what frightens somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.care_kinds import Danger, Feeling, Relief, Weight
from simpul.web.cases.desk.forms.fields import Choices, SentOnce, boxes, radio, words
from simpul.web.choices import offer


class CheckinForm(SentOnce):
    feeling = radio(_("1. How are you?"), Feeling.choices)
    weights = boxes(_("2. What weighs on you?"), Weight.choices)
    relief = boxes(_("3. What would help?"), Relief.choices)
    words = words(_("In your words"), 3, most=2000)
    shared_with = forms.ChoiceField(label=_("Who may read it beside you?"), required=False)

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "shared_with", [("", _("Nobody")), *people])


class ThreatForm(SentOnce):
    danger = radio(_("What happened?"), Danger.choices)
    is_now = forms.BooleanField(label=_("I am in danger right now"), required=False)
    words = words(_("In your words"), 3, _("May stay empty. Name nobody you help."), most=2000)
    tells = boxes(
        _("Who is told at once?"),
        [("coordinator", _("My coordinator")), ("supervisor", _("The supervisor above the group"))],
        _("Leave out whoever it comes from."),
        required=True,
    )

    def given(self) -> dict[str, Any]:
        said = super().given()
        tells = said.pop("tells")
        return {**said, "tells_coordinator": "coordinator" in tells, "tells_supervisor": "supervisor" in tells}


class SettleForm(forms.Form):
    done = words(_("What was done about it?"), 3, _("Whoever reported it reads this."), required=True, most=2000)
