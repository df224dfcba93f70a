"""What is asked when somebody asks about their own data."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.breach_kinds import Cause, DataClass, Told
from simpul.cases.consent_kinds import Capacity
from simpul.cases.rights_kinds import Ground, Proof, Refusal, RequestKind, RetentionClass
from simpul.territory.models import AreaKind
from simpul.web.cases.desk.forms.fields import PRIVATE, OfGroup, SentOnce, boxes, line, locks_a_file, radio, words
from simpul.web.cases.rights.filling import PAPERS
from simpul.web.editing.fields import DayField
from simpul.web.territory.forms import AreaField

# What a person who decides may give as the reason; the platform has reasons of its own.
CHOSEN_GROUNDS: Final = (Ground.ASKED, Ground.MISTAKE)


class RequestForm(OfGroup):
    kind = radio(_("What do they ask for?"), RequestKind.choices)
    capacity = radio(_("Who asks?"), Capacity.choices)
    applicant = line(_("Their name"), 160, _("As they say it. It is sealed, and shown on no list."), required=True)
    words = words(_("In their own words"), 3, _("May stay empty."))


class IdentityForm(forms.Form):
    proof = radio(
        _("How did they show who they are?"),
        Proof.choices,
        _("Look at the paper and give it back. Keep no copy of it."),
    )


class SearchForm(forms.Form):
    """Either the NIK, or the name with the year of birth and the village."""

    nik = line(_("NIK"), 40, _("16 digits."), inputmode="numeric")
    name = line(_("Name"), 160)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", **PRIVATE}),
        help_text=_("About is fine: a year more or less is looked at too."),
    )
    area = AreaField(label=_("Village"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE), required=False)

    def given(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        area = told.pop("area")
        return {**told, "area_code": area.code if area else ""}


class RefuseForm(forms.Form):
    ground = radio(_("Why, for ourselves"), Refusal.choices, _("It stays here. Every reason gets the same answer."))
    reason = words(_("In a few words"), 3, _("Needed where it would put somebody in danger."), most=1000)


class CopyForm(forms.Form):
    with_story = forms.BooleanField(
        label=_("With the story and the notes as they were written down"),
        required=False,
        help_text=_("Read them first. Who reported, and everybody else in it, must not stand there by name."),
    )
    password = forms.CharField(
        label=_("A password for the file"),
        required=False,
        help_text=_(
            "Only where they take it along as a file: several words, at least 14 letters, told by word of mouth. "
            "Else print it."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=100,
        validators=[locks_a_file],
    )


class ReasonForm(forms.Form):
    reason = words(_("Why?"), 3, required=True, most=1000)


class ExtendForm(SentOnce):
    until = DayField(label=_("Keep it until"))
    reason = words(_("Why?"), 3, required=True, most=1000)


class EraseForm(forms.Form):
    ground = radio(_("Why is it erased?"), [(ground.value, ground.label) for ground in CHOSEN_GROUNDS])
    sure = forms.BooleanField(label=_("I know that nobody can bring it back"))


class RuleForm(OfGroup):
    kept = radio(_("Which cases?"), RetentionClass.choices)
    months = forms.IntegerField(
        label=_("How many months after their end?"),
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    basis = line(
        _("On what does it rest?"), 200, _("A rule, or a decision of your group with its date."), required=True
    )
    source = line(_("Where can it be read?"), 200)
    valid_from = DayField(label=_("From"))


class BreachForm(OfGroup):
    """`day` and `time`: when somebody noticed; the clock runs from then."""

    what = words(_("What happened?"), 4, _("Without names."), required=True)
    cause = radio(_("How did it happen?"), Cause.choices)
    classes = boxes(_("Which data?"), DataClass.choices, required=True)
    people = forms.IntegerField(
        label=_("About how many people?"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    happened_on = DayField(label=_("When did it happen?"), required=False)
    day = DayField(label=_("When was it noticed?"))
    time = forms.TimeField(
        label=_("At what time?"),
        help_text=_("By the clocks where the organisation has its seat."),
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
    )


class BreachStepForm(SentOnce):
    kind = radio(_("What was done?"), Told.choices)
    words = words(_("By whom, how, and when"), 3, _("Without names of the people concerned."), required=True)


class PaperForm(OfGroup):
    paper = radio(_("Which paper?"), list(PAPERS.items()))
    language = radio(_("In which language?"), [("id", _("Indonesian")), ("en", _("English"))])
