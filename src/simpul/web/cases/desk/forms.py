"""What is asked at the desk. Every question but the five of the first screen may be left open."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.channels import Channel
from simpul.cases.consent_kinds import PURPOSES, Capacity, Language, Manner
from simpul.cases.help_kinds import CostKind, DocumentKind, Payer, Result, TimeFrame, Wellbeing
from simpul.cases.kinds import CASE_TYPES, FAMILIES, Branch, Setting, family_of, types_of
from simpul.cases.outcomes import Outcome
from simpul.cases.particulars import SAFE_CONTACT
from simpul.cases.relations import PartyRole, Relation
from simpul.cases.service_kinds import ServiceKind
from simpul.cases.triage import Authority, Risk
from simpul.cases.vulnerabilities import Disability, Schooling, Vulnerability
from simpul.kernel.ids import uuid7
from simpul.people.codes import Sex
from simpul.territory.models import AreaKind
from simpul.web.components import Text
from simpul.web.editing.fields import DayField
from simpul.web.territory.forms import AreaField

Choices = list[tuple[Any, Any]]
Label = Any  # a string, or a lazily translated one
NUMBER: Final = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}
PRIVATE: Final = {"autocomplete": "off"}
OPEN: Final[tuple[str, Text]] = ("", _("Not known yet"))


class SentOnce(forms.Form):
    """`key` becomes the id of what is written: sent twice, it is written once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def given(self) -> dict[str, Any]:
        """What was answered, as services take it."""
        answers = dict(self.cleaned_data)
        return {"id": answers.pop("key"), **answers}


def _words(
    label: Label, rows: int = 4, hint: Label = "", *, required: bool = False, most: int = 4000
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **PRIVATE})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def _line(label: Label, most: int, hint: Label = "", *, required: bool = False, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={**PRIVATE, **attrs})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def _radio(label: Label, choices: Any, hint: Label = "", *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint, widget=forms.RadioSelect)


def _boxes(label: Label, choices: Any, hint: Label = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


def type_groups(branch: str) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The types of a branch under the names of their families."""
    grouped: dict[str, list[tuple[str, Text]]] = {}
    for code, label in types_of(branch).items():
        grouped.setdefault(family_of(code), []).append((code, label))
    return [(FAMILIES[family], rows) for family, rows in grouped.items()]


class FirstScreenForm(SentOnce):
    """Where, which branch, of what kind, who, what; and by which way the report came."""

    group = forms.ChoiceField(label=_("Which group keeps it?"))
    area = AreaField(label=_("Which village?"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE))
    branch = _radio(_("What is it about?"), Branch.choices)
    types = _boxes(_("Which kind?"), list(CASE_TYPES.items()), required=True)
    name = _line(_("Who is it about?"), 160, _("A name or what they are called. May stay empty."))
    sex = _radio(_("Sex"), Sex.choices, required=False)
    age_stated = forms.IntegerField(
        label=_("Age"),
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_("About is fine."),
    )
    narrative = _words(_("What happened?"), 6, _("In their own words, as short as you like."), most=10_000)
    channel = _radio(_("How did the report reach you?"), Channel.choices)
    relation = forms.ChoiceField(label=_("Who reported?"), choices=[("", _("Choose")), *Relation.choices])

    def __init__(self, groups: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = groups
        if len(groups) == 1:
            field.widget = forms.HiddenInput()
            field.initial = groups[0][0]

    def victim(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("name", "sex", "age_stated")}


class VillageForm(forms.Form):
    desa = AreaField(label=_("Which village?"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE), required=False)


class TriageForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    risk = _radio(_("How urgent is it?"), Risk.choices)
    authority = _radio(_("Who is competent?"), Authority.choices)


class StoryForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    narrative = _words(_("What happened?"), 10, most=10_000)
    happened_on = DayField(label=_("When did it happen?"), required=False)
    happened_approximately = forms.BooleanField(label=_("The day is not certain"), required=False)
    settings = _boxes(_("Where or how"), Setting.choices)
    guardian_conflict = forms.BooleanField(
        label=_("A parent is part of the danger: no parent is asked"), required=False
    )
    external_register_number = _line(_("Number in another register"), 40, _("For example in SIMFONI."))


class PartyForm(forms.Form):
    """`safe_...` are the answers of the safe contact."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = _line(_("Name"), 160)
    alias = _line(_("Called"), 80)
    sex = _radio(_("Sex"), Sex.choices, required=False)
    birth_date = DayField(label=_("Date of birth"), required=False)
    age_stated = forms.IntegerField(
        label=_("Age, where no date is known"),
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs=NUMBER),
    )
    nik = _line(_("NIK"), 40, _("16 digits. What looks wrong is told, and never stops you."), inputmode="numeric")
    family_card = _line(_("Number of the family card"), 40, inputmode="numeric")
    bpjs = _line(_("Number of the JKN card"), 40, inputmode="numeric")
    phone = _line(_("Phone"), 40, type="tel")
    address = _line(_("Where they live"), 300)
    relation = forms.ChoiceField(label=_("To the person assisted"), choices=[OPEN, *Relation.choices], required=False)
    disability = forms.ChoiceField(label=_("Disability"), choices=[OPEN, *Disability.choices], required=False)
    education = forms.ChoiceField(label=_("Schooling"), choices=[OPEN, *Schooling.choices], required=False)
    safe_to_call = _radio(
        _("Is it safe to call?"), [("", _("Not known yet")), ("yes", _("Yes")), ("no", _("No"))], required=False
    )
    safe_hours = _line(_("At which hours?"), 200)
    safe_may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)
    safe_via = _line(_("Through whom?"), 200)

    def particulars(self) -> dict[str, object]:
        answers = {n: v for n, v in self.cleaned_data.items() if n != "seen" and not n.startswith("safe_")}
        told = self.cleaned_data
        contact: dict[str, object] = {
            "hours": told["safe_hours"],
            "via": told["safe_via"],
            "may_leave_message": told["safe_may_leave_message"] or None,
            "safe_to_call": {"yes": True, "no": False}.get(told["safe_to_call"]),
        }
        assert set(contact) == set(SAFE_CONTACT)
        return {**answers, "safe_contact": contact if any(v not in (None, "") for v in contact.values()) else None}


class NewPartyForm(PartyForm):
    """Who else is in it. Another victim brings types of their own."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    role = _radio(_("Which part do they play?"), PartyRole.choices)
    types = _boxes(_("What is it about for them? For a person assisted only."), list(CASE_TYPES.items()))
    field_order = ("key", "role")

    def __init__(self, roles: Collection[str], *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, label) for code, label in PartyRole.choices if code in roles]

    def particulars(self) -> dict[str, object]:
        return {n: v for n, v in super().particulars().items() if n not in ("key", "role", "types")}


class TypesForm(forms.Form):
    types = _boxes(_("What is it about for them?"), list(CASE_TYPES.items()), required=True)


class TagsForm(forms.Form):
    tags = _boxes(_("What applies to them, as they say"), Vulnerability.choices)

    def __init__(self, tags: Collection[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tags"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, label) for code, label in Vulnerability.choices if code in tags]


class ConsentForm(SentOnce):
    """`withheld_from`: one a line."""

    capacity = _radio(_("Who agrees?"), Capacity.choices)
    given_by = _line(_("Name of who agrees for them"), 160, _("Empty where they speak for themself."))
    purposes = _boxes(_("What do they agree to? Ask for each by itself."), list(PURPOSES.items()), required=True)
    withheld_from = _words(_("From whom is it kept?"), 2, _("One a line."), most=500)
    language = forms.ChoiceField(label=_("In which language?"), choices=Language.choices)
    manner = _radio(_("How was it said?"), Manner.choices)
    witness = _line(_("Who was there?"), 160, _("Needed where it was spoken."))
    sheet_number = _line(_("Number of the paper sheet"), 30, _("A thumbprint stays on the paper."))
    expires_on = DayField(label=_("Until when does it hold?"))

    def __init__(self, offices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purposes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [*PURPOSES.items(), *offices]

    def given(self) -> dict[str, Any]:
        answers = super().given()
        return {**answers, "withheld_from": answers["withheld_from"].splitlines()}


class AssentForm(SentOnce):
    agrees = _radio(_("What does the child say?"), [("yes", _("Yes")), ("no", _("No"))])
    language = forms.ChoiceField(label=_("In which language?"), choices=Language.choices)

    def given(self) -> dict[str, Any]:
        answers = super().given()
        return {**answers, "agrees": answers["agrees"] == "yes"}


class ForSomebody(SentOnce):
    """`people`: those who are assisted, told apart without their names; asked only where there are several."""

    party = forms.ChoiceField(label=_("For whom?"))
    field_order = ("key", "party")

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *people]
        self.only = people[0][0] if len(people) == 1 else ""
        if self.only:
            del self.fields["party"]

    def whom(self) -> str:
        """The key of the one it is for."""
        return self.only or str(self.cleaned_data["party"])

    def given(self) -> dict[str, Any]:
        answers = super().given()
        answers.pop("party", None)
        return answers


class NeedForm(ForSomebody):
    kind = forms.ChoiceField(label=_("Which service is needed?"), choices=ServiceKind.choices)
    time_frame = _radio(_("How soon?"), TimeFrame.choices)


class ServiceForm(ForSomebody):
    kind = forms.ChoiceField(label=_("Which service was given?"), choices=ServiceKind.choices)
    need = forms.ChoiceField(label=_("For which need?"), required=False)
    provided_on = DayField(label=_("On which day?"))
    provider = forms.ChoiceField(label=_("By whom?"), required=False)
    result = _radio(_("What came of it?"), Result.choices)
    note = _words(_("Note"))

    def __init__(self, people: Choices, needs: Choices, providers: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(people, *args, **kwargs)
        for name, choices in (("need", needs), ("provider", providers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class PlanForm(SentOnce):
    what = _line(_("What is to be done?"), 500, required=True)
    who = _line(_("Who does it?"), 160)
    due_on = DayField(label=_("By when?"), required=False)


class AppointmentForm(ForSomebody):
    day = DayField(label=_("On which day?"))
    time = forms.TimeField(label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time", "class": "short"}))
    place = _line(_("Where?"), 300)
    to_bring = _words(_("What to bring?"), 3, _("One a line."), most=500)


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
    wellbeing = _radio(_("How are they?"), Wellbeing.choices)
    on = DayField(label=_("On which day?"))
    note = _words(_("Note"), most=500)


class PoliceForm(SentOnce):
    will_report = _radio(
        _("What was decided, together with the person?"), [("yes", _("Report it")), ("no", _("Do not report it now"))]
    )
    reason = _words(_("Why?"), 3, required=True, most=1000)

    def given(self) -> dict[str, Any]:
        answers = super().given()
        return {**answers, "will_report": answers["will_report"] == "yes"}


class MoveForm(SentOnce):
    act = _radio(_("What happens next?"), ())
    reason = _words(_("Why?"), 3, _("Needed for an ending."), most=1000)

    def __init__(self, acts: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["act"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = acts


class CloseForm(SentOnce):
    outcome = _radio(_("What came of it?"), Outcome.choices)
    reason = _words(_("In a few words"), 3, most=1000)

    def __init__(self, outcomes: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = outcomes


class ReasonForm(SentOnce):
    reason = _words(_("Why?"), 3, required=True, most=1000)


class PersonForm(SentOnce):
    """Somebody of the group."""

    person = forms.ChoiceField(label=_("Who?"))

    def __init__(self, people: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people.items())


class HideForm(PersonForm):
    reason = _words(_("Why?"), 2, _("Seen by those who see the case."), most=500)
