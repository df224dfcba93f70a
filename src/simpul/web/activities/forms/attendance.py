"""At the door: a code, a name, somebody who came unannounced; the sheet afterwards; heads where nobody is named."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.details import Details
from simpul.activities.kinds import AgeBand, Publishing
from simpul.activities.models import Event, EventQuestion
from simpul.activities.services.attendance import Heads
from simpul.kernel.ids import uuid7
from simpul.people.codes import Sex
from simpul.web.activities.forms.registration import ParticipantForm
from simpul.web.choices import offer

NUMBER: Final = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}
BLANK_ROWS: Final = 8
MOST_HEADS: Final = 10_000


class CodeForm(forms.Form):
    """What a QR code says, scanned or typed."""

    code = forms.CharField(
        label=_("Code of the participant"),
        max_length=40,
        help_text=_("Ten letters and digits, under the QR code."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "short"}
        ),
    )


class SearchForm(forms.Form):
    """Sent in the body: a name stands in no address."""

    text = forms.CharField(
        label=_("Name or number"),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


class WalkInForm(ParticipantForm):
    """`key` is the client's own id of the participant: sent twice, they are one."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, event=event, **options)
        self.fields["name"].label = _("Their name")
        self.fields["email"].help_text = ""
        self._ask_about_them()
        for name in ("may_contact", "publishing"):
            del self.fields[name]

    def _ask_about_them(self) -> None:
        """Whoever receives people writes it: they are asked about somebody else."""
        labels = {"stakeholder": _("Came as"), "sex": _("Sex"), "age_band": _("Age"), "disability": _("Disability")}
        for name, label in labels.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.label = label
                offered = cast("Iterable[tuple[str, str]]", field.choices)
                field.choices = [("", _("Not said")), *((value, word) for value, word in offered if value)]

    def _own(self, event: Event) -> list[EventQuestion]:
        """Nobody is asked at the door, with others behind them."""
        return []


class UndoForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=200, help_text=_("For example: the wrong person was ticked."))


class SignedRow(forms.Form):
    """One line that was written on the sheet by hand. Empty lines are left alone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"), max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", "–"), ("P", "P"), ("L", "L")], required=False)
    age_band = forms.ChoiceField(
        label=_("Age"), choices=[("", "–"), *((v, w) for v, w in AgeBand.choices if v)], required=False
    )
    organisation_name = forms.CharField(
        label=_("Organisation or group"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def details(self) -> Details:
        given = self.cleaned_data
        told = {name: given[name] for name in ("name", "sex", "age_band", "organisation_name")}
        return Details(**told, publishing=Publishing.NOTHING)


SignedRows = forms.formset_factory(SignedRow, extra=0, max_num=60, validate_max=True)


def blank_rows(count: int = BLANK_ROWS) -> list[dict[str, UUID]]:
    return [{"key": uuid7()} for _n in range(count)]


class SignedForm(forms.Form):
    """Who of those on the list signed. `people`: key -> name."""

    present = forms.MultipleChoiceField(
        label=_("Who of them signed?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "present", people)


class HeadsForm(forms.Form):
    """A number for each sex and age: `n-P-18-24`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for sex, sex_words in self.sexes():
            for age, age_words in self.ages():
                self.fields[f"n-{sex}-{age}"] = forms.IntegerField(
                    label=f"{sex_words}, {age_words}",
                    required=False,
                    min_value=0,
                    max_value=MOST_HEADS,
                    widget=forms.TextInput(attrs=NUMBER),
                )

    @staticmethod
    def sexes() -> Sequence[tuple[str, Any]]:
        return [(Sex.FEMALE.value, _("Women and girls")), (Sex.MALE.value, _("Men and boys")), ("", _("Not noted"))]

    @staticmethod
    def ages() -> Sequence[tuple[str, Any]]:
        return [*((v, w) for v, w in AgeBand.choices if v), ("", _("Age not noted"))]

    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Sex -> its fields, one an age."""
        return [(words, [self[f"n-{sex}-{age}"] for age, _w in self.ages()]) for sex, words in self.sexes()]

    def heads(self) -> list[Heads]:
        given = self.cleaned_data
        return [
            Heads(number, sex=sex, age_band=age)
            for sex, _words in self.sexes()
            for age, _words in self.ages()
            if (number := given.get(f"n-{sex}-{age}") or 0)
        ]
