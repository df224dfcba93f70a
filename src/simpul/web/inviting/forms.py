"""The questions of these pages, one form each."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import AnswerKind
from simpul.activities.services.letters import LONGEST_NAME, LONGEST_OFFICE, LONGEST_REACH
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone
from simpul.web.activities.forms.registration import SALT, RegisterForm
from simpul.web.activities.forms.times import MomentField
from simpul.web.editing.forms.entries import KeyedForm
from simpul.web.numbered import receipt_field

SHORT: Final = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}


class OrganisationForm(forms.Form):
    search = forms.CharField(
        label=_("Which organisation?"), max_length=200, help_text=_("Its name or short name, as in the directory.")
    )
    members = forms.BooleanField(
        label=_("It is a network: invite its members too"), required=False, help_text=_("Each is told in Simpul.")
    )


class PersonForm(KeyedForm):
    name = forms.CharField(label=_("Their name"), max_length=LONGEST_NAME)
    office = forms.CharField(
        label=_("Office or organisation"),
        max_length=LONGEST_OFFICE,
        required=False,
        help_text=_("For example the head of the village. It is printed on the letter."),
    )
    reach = forms.CharField(
        label=_("How do you reach them?"),
        max_length=LONGEST_REACH,
        required=False,
        help_text=_("A number or an address, for yourself: Simpul writes to nobody invited in this way."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LetterForm(forms.Form):
    receipt = receipt_field(_("Code of your letter"))


class ComingForm(RegisterForm):
    """As the public form, on the strength of a letter. Its numbers are those of the public form."""

    salt: ClassVar[str] = SALT

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, has_account=False, **options)
        del self.fields["code"]


class SeatsForm(forms.Form):
    search = forms.CharField(
        label=_("For which group?"), max_length=200, help_text=_("Its name or short name, as in the directory.")
    )
    seats = forms.IntegerField(
        label=_("How many seats?"), min_value=1, max_value=10_000, widget=forms.TextInput(attrs=SHORT)
    )
    until = MomentField(
        label=_("Until when?"), required=False, help_text=_("Then anybody may have what is left of them.")
    )

    def __init__(self, *args: Any, zone: Zone, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["until"]
        assert isinstance(field, MomentField)
        field.zone = zone

    def given(self) -> dict[str, Any]:
        """`seats` and `until`. After is_valid()."""
        return {name: self.cleaned_data[name] for name in ("seats", "until")}


class QuestionForm(KeyedForm):
    label = forms.CharField(label=_("What do you ask?"), max_length=160)
    label_en = forms.CharField(label=_("The same in English"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("How is it answered?"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    choices = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, where there is something to choose."),
    )
    is_required = forms.BooleanField(
        label=_("Nobody registers without an answer"), required=False, help_text=_("Only where you really need it.")
    )

    def said(self) -> dict[str, Any]:
        """As `add_question` takes it. After is_valid()."""
        given = self.cleaned_data
        label = {"id": given["label"], **({"en": given["label_en"]} if given["label_en"] else {})}
        plain = {name: given[name] for name in ("kind", "is_required")}
        return {**plain, "id": given["key"], "label": LocalizedText(label), "choices": given["choices"].splitlines()}


class TransportForm(forms.Form):
    amount = forms.IntegerField(
        label=_("How much does each get?"),
        required=False,
        min_value=0,
        max_value=100_000_000,
        widget=forms.TextInput(attrs=SHORT),
        help_text=_("In rupiah. Empty where it differs: then it is written by hand."),
    )
    source = forms.CharField(
        label=_("From which budget?"), required=False, max_length=120, help_text=_("Printed above the table.")
    )
