"""What is needed, given, planned, paid, and how they are afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.help_kinds import CostKind, DocumentKind, Payer, Result, TimeFrame, Wellbeing
from simpul.cases.service_kinds import ServiceKind
from simpul.web.cases.desk.forms.fields import NUMBER, Choices, ForSomebody, SentOnce, line, radio, words
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField


class NeedForm(ForSomebody):
    kind = forms.ChoiceField(label=_("Which service is needed?"), choices=ServiceKind.choices)
    time_frame = radio(_("How soon?"), TimeFrame.choices)


class ServiceForm(ForSomebody):
    kind = forms.ChoiceField(label=_("Which service was given?"), choices=ServiceKind.choices)
    need = forms.ChoiceField(label=_("For which need?"), required=False)
    provided_on = DayField(label=_("On which day?"))
    provider = forms.ChoiceField(label=_("By whom?"), required=False)
    result = radio(_("What came of it?"), Result.choices)
    note = words(_("Note"))

    def __init__(self, people: Choices, needs: Choices, providers: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(people, *args, **kwargs)
        for name, choices in (("need", needs), ("provider", providers)):
            offer(self, name, choices)


class PlanForm(SentOnce):
    what = line(_("What is to be done?"), 500, required=True)
    who = line(_("Who does it?"), 160)
    due_on = DayField(label=_("By when?"), required=False)


class AppointmentForm(ForSomebody):
    day = DayField(label=_("On which day?"))
    time = forms.TimeField(label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time", "class": "short"}))
    place = line(_("Where?"), 300)
    to_bring = words(_("What to bring?"), 3, _("One a line."), most=500)


class DocumentForm(ForSomebody):
    kind = forms.ChoiceField(label=_("Which paper?"), choices=DocumentKind.choices)


class CostForm(SentOnce):
    kind = forms.ChoiceField(label=_("For what?"), choices=CostKind.choices)
    amount = forms.IntegerField(
        label=_("How much, in rupiah?"), min_value=1, widget=forms.TextInput(attrs=NUMBER), localize=True
    )
    paid_by = forms.ChoiceField(label=_("Who paid?"), choices=Payer.choices)
    on = DayField(label=_("On which day?"))


class VisitForm(forms.Form):
    wellbeing = radio(_("How are they?"), Wellbeing.choices)
    on = DayField(label=_("On which day?"))
    note = words(_("Note"), most=500)
