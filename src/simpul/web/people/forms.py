"""What is asked about a person."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.localized import LocalizedText
from simpul.people.codes import ConsentChannel, Division, Purpose, RoleTitle, Sex
from simpul.people.models import Affiliation, Person
from simpul.people.services import Ground
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField, in_two, out_of_two


class PersonForm(forms.Form):
    """`version` is the one that was read: the optimistic lock."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=160, help_text=_("As they say it. One word is enough."))
    salutation = forms.CharField(
        label=_("How they are called"), max_length=60, required=False, help_text=_("For example: Inaq, Bu, Pak, Dr.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False, widget=forms.RadioSelect)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )

    @staticmethod
    def values_of(person: Person) -> dict[str, object]:
        return {name: getattr(person, name) for name in ("version", "name", "salutation", "sex", "birth_year")}


class ErasureForm(forms.Form):
    ground = forms.ChoiceField(label=_("Why is it erased?"), choices=Ground.choices, widget=forms.RadioSelect)
    sure = forms.BooleanField(label=_("I have made certain that it is this person, and that it can't be undone."))


class ContactsForm(forms.Form):
    """`version` is the person's."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    whatsapp = forms.CharField(
        label=_("WhatsApp"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.TextInput(attrs={"type": "email"})
    )


class WhatTheyAreForm(forms.Form):
    """What somebody is in an organisation; `title` are their own words for it, in two languages."""

    role = forms.ChoiceField(label=_("What are they there?"), choices=RoleTitle.choices)
    title = forms.CharField(
        label=_("In their own words"),
        max_length=120,
        required=False,
        help_text=_("Where the list falls short: head of the women's desk."),
    )
    title_en = forms.CharField(label=_("The same in English"), max_length=120, required=False)
    division = forms.ChoiceField(label=_("Division"), choices=Division.choices, required=False)
    valid_from = DayField(label=_("Since"), required=False)
    valid_until = DayField(
        label=_("Until"), required=False, help_text=_("The first day it no longer holds. Empty while it goes on.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("title_en") and not given.get("title"):
            self.add_error("title", _("Write it in Indonesian too."))
        since, until = given.get("valid_from"), given.get("valid_until")
        if since and until and until <= since:
            self.add_error("valid_until", _("The end has to be after the beginning."))
        return given

    def facts(self) -> dict[str, Any]:
        """What the services take. After is_valid()."""
        names = ("role", "division", "on_board", "valid_from", "valid_until")
        words = in_two(self.cleaned_data, "title")
        return {**{n: self.cleaned_data[n] for n in names}, "title": LocalizedText(words) if words else None}


class AffiliationForm(WhatTheyAreForm):
    on_board = forms.BooleanField(label=_("Sits on the board"), required=False)
    field_order = ("role", "title", "title_en", "division", "on_board")

    @classmethod
    def values_of(cls, row: Affiliation) -> dict[str, object]:
        kept = ("role", "division", "on_board", "valid_from", "valid_until")
        return {**{name: getattr(row, name) for name in kept}, **out_of_two(row.title, "title")}


class NewAffiliationForm(WhatTheyAreForm):
    """`key` is the client's own id of what is entered: sent twice, it is entered once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    organisation = forms.ChoiceField(label=_("In which organisation?"))
    on_board = forms.TypedChoiceField(
        label=_("Do they sit on the board?"),
        choices=[("", _("As is usual for what they are")), ("ya", _("Yes")), ("tidak", _("No"))],
        coerce=lambda word: word == "ya",
        empty_value=None,
        required=False,
    )
    field_order = ("organisation", "role", "title", "title_en", "division", "on_board")

    def __init__(self, *args: Any, organisations: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", organisations.items())


class EndAffiliationForm(forms.Form):
    valid_until = DayField(label=_("The first day it no longer holds"))


class OwnConsentForm(forms.Form):
    """One's own: agreed today, signed in."""

    purpose = forms.ChoiceField(label=_("What do you agree to?"), choices=Purpose.choices, widget=forms.RadioSelect)


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What did they agree to?"), choices=Purpose.choices, widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label=_("How did they say so?"),
        choices=[choice for choice in ConsentChannel.choices if choice[0] != ConsentChannel.ACCOUNT],
        widget=forms.RadioSelect,
    )
    given_on = DayField(label=_("On which day?"))
