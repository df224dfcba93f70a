"""Sorting, telling, moving, closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.kinds import Setting
from simpul.cases.outcomes import Outcome
from simpul.cases.pausing import PauseReason
from simpul.cases.triage import Authority, Risk
from simpul.web.cases.desk.forms.fields import Choices, SentOnce, boxes, line, radio, words
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField


class TriageForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    risk = radio(_("How urgent is it?"), Risk.choices)
    authority = radio(_("Who is competent?"), Authority.choices)


class StoryForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    narrative = words(_("What happened?"), 10, most=10_000)
    happened_on = DayField(label=_("When did it happen?"), required=False)
    happened_approximately = forms.BooleanField(label=_("The day is not certain"), required=False)
    settings = boxes(_("Where or how"), Setting.choices)
    guardian_conflict = forms.BooleanField(
        label=_("A parent is part of the danger: no parent is asked"), required=False
    )
    external_register_number = line(_("Number in another register"), 40, _("For example in SIMFONI."))


class PoliceForm(SentOnce):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    will_report = radio(
        _("What was decided, together with the person?"), [("yes", _("Report it")), ("no", _("Do not report it now"))]
    )
    reason = words(_("Why?"), 3, required=True, most=1000)

    def given(self) -> dict[str, Any]:
        answers = super().given()
        return {**answers, "will_report": answers["will_report"] == "yes"}


class PauseForm(forms.Form):
    """`again`: the page that was sent set it going again, which asks for nothing."""

    again = forms.BooleanField(widget=forms.HiddenInput, required=False)
    reason = radio(_("What do we wait for?"), PauseReason.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_again():
            del self.fields["reason"]

    def is_again(self) -> bool:
        return bool(self.data.get("again") == "True" if self.is_bound else self.initial["again"])

    def given(self) -> dict[str, str]:
        return {"reason": self.cleaned_data["reason"]}


class MoveForm(SentOnce):
    act = radio(_("What happens next?"), ())
    reason = words(_("Why?"), 3, _("Needed for an ending."), most=1000)

    def __init__(self, acts: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "act", acts)


class CloseForm(SentOnce):
    outcome = radio(_("What came of it?"), Outcome.choices)
    reason = words(_("In a few words"), 3, most=1000)

    def __init__(self, outcomes: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", outcomes)


class ReasonForm(SentOnce):
    reason = words(_("Why?"), 3, required=True, most=1000)
