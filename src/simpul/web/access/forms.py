"""The questions about roles, one form a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.ids import uuid7
from simpul.web.choices import offer
from simpul.web.territory.forms import AreaField


@dataclass(frozen=True, slots=True)
class Answers:
    """What has been answered so far: ids and a code, never words."""

    organisation: UUID | None = None
    role: str = ""
    person: UUID | None = None

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Self:
        """What is no id counts as not answered."""
        return cls(_uuid(sent.get("organisasi", "")), str(sent.get("peran", ""))[:20], _uuid(sent.get("orang", "")))

    def with_answer(self, **more: object) -> str:
        """The address of the next question."""
        return urlencode({**self.sent, **more})

    @property
    def sent(self) -> dict[str, object]:
        known = {"organisasi": self.organisation, "peran": self.role, "orang": self.person}
        return {name: value for name, value in known.items() if value}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class _Choice(forms.Form):
    """A question with radio buttons, sent as part of an address; `asks` is its field."""

    asks = ""

    def offer(self, choices: Iterable[tuple[str, Any]]) -> None:
        offer(self, self.asks, choices)


class PlaceForm(_Choice):
    asks = "organisasi"
    peran = forms.CharField(required=False, widget=forms.HiddenInput)
    organisasi = forms.ChoiceField(label=_("Choose the organisation"), widget=forms.RadioSelect)


class RoleForm(_Choice):
    asks = "peran"
    organisasi = forms.CharField(widget=forms.HiddenInput)
    peran = forms.ChoiceField(label=_("Choose the role"), widget=forms.RadioSelect)


class PersonForm(_Choice):
    asks = "orang"
    organisasi = forms.CharField(widget=forms.HiddenInput)
    peran = forms.CharField(widget=forms.HiddenInput)
    orang = forms.ChoiceField(label=_("Choose the person"), widget=forms.RadioSelect)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("In a few words, so that others understand it later. For example: chosen in the village meeting."),
    )
    until = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day it no longer holds. Leave it empty where no end is agreed."),
    )


class PlaceAndReasonForm(ReasonForm):
    """`area` is asked where the role reaches beyond the organisation itself."""

    area = AreaField(
        label=_("Only in one area?"),
        required=False,
        help_text=_("Then it holds for organisations seated there. Leave it empty for all that the role reaches."),
    )
    field_order = ("area",)


class PlatformForm(ReasonForm, _Choice):
    """A role for the whole platform: who it is for says their account code."""

    asks = "peran"
    peran = forms.ChoiceField(label=_("Choose the role"), widget=forms.RadioSelect)
    account = forms.CharField(
        label=_("Their account code"),
        max_length=20,
        help_text=_("They read it to you from their page “Account”. A name could mean two people, a code only one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "short"}),
    )
    field_order = ("peran", "account")


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does it end?"), max_length=300, help_text=_("In a few words. Others who answer for it read this.")
    )


class EnrolForm(_Choice):
    """`id` is the enrolment's key, so that the form sent twice is one volunteer."""

    asks = "role"
    id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What is their name?"),
        max_length=160,
        help_text=_("As they say it. One word is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("What will they do?"), widget=forms.RadioSelect)


def fresh_enrolment() -> dict[str, object]:
    return {"id": uuid7(), "role": "companion"}


class DeputyForm(_Choice):
    asks = "orang"
    orang = forms.ChoiceField(label=_("Who stands in for the coordinators?"), widget=forms.RadioSelect)


class OpeningForm(forms.Form):
    """`id` is the opening's key, so that the form sent twice is one opening."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    organisasi = forms.ChoiceField(label=_("Of which organisation is the record?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What do you have to open?"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Its number"),
        max_length=40,
        help_text=_("As it is on the receipt, or as it is read to you on the telephone."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "short"}),
    )
    reason = forms.CharField(
        label=_("What happened, and why can't it wait?"),
        max_length=500,
        help_text=_("In a sentence or two. Those who are told read it; it is kept sealed."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def offer(self, places: Iterable[tuple[str, str]], kinds: Iterable[tuple[str, Any]]) -> None:
        """A question with a single answer is not asked."""
        for name, choices in (("organisasi", list(places)), ("kind", list(kinds))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            if len(choices) == 1:
                field.widget, field.initial = forms.HiddenInput(), choices[0][0]

    def call_number(self, label: Any) -> None:
        """What the number is called where only one kind can be meant."""
        self.fields["number"].label = label
