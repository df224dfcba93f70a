"""What is asked about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.people.codes import Sex
from simpul.people.models import Person


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
