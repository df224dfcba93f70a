"""Organisations of the directory by their names, numbers as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.interop import values
from simpul.interop.values import Unreadable
from simpul.kernel.text import fold
from simpul.organisations.models import Organisation
from simpul.web.imports.recipes.naming import NameReader


class OrganisationField(forms.CharField):
    """Cleaned: the organisation in sight that bears the name; None for nothing. `reader` is set by the form."""

    reader: NameReader | None = None

    def __init__(self, *, suggestions: str = "", **options: Any) -> None:
        attrs = {"autocomplete": "off", **({"list": suggestions} if suggestions else {})}
        super().__init__(max_length=200, widget=forms.TextInput(attrs=attrs), **options)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        return _named(self.reader, name) if name else None


class OrganisationsField(forms.CharField):
    """One name a line. Cleaned: list of organisations."""

    reader: NameReader | None = None

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One name a line, as the directory has it."))
        super().__init__(required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(o.name for o in value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if fold(line)]
        return [_named(self.reader, line) for line in lines]


def _named(reader: NameReader | None, name: str) -> Organisation:
    if reader is None:
        raise RuntimeError("the form gives its fields a reader")
    try:
        return reader.one(name)
    except Unreadable as error:
        raise forms.ValidationError(f"{name}: {error.message}", code=error.code) from error


class AmountField(forms.CharField):
    """ "1.500", "2,5": cleaned to a Decimal of two places, None for nothing."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "short", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            plain = f"{value.normalize():f}"
            return plain.replace(".", ",")
        return value

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        try:
            amount = values.amount(words) if words else None
        except Unreadable as error:
            raise forms.ValidationError(_("Write a number such as 1.500 or 2,5."), code=error.code) from error
        return None if amount is None else round(amount, 2)


class PeopleField(forms.IntegerField):
    """A number of people; nothing is 0 unless it may stay untold."""

    def __init__(self, *, label: Any, may_be_untold: bool = False, help_text: Any = "") -> None:
        widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(
            label=label, required=False, min_value=0, max_value=10_000_000, widget=widget, help_text=help_text
        )
        self.may_be_untold = may_be_untold

    def to_python(self, value: Any) -> Any:
        try:
            found = values.count(value if isinstance(value, int) else str(value or ""))
        except Unreadable as error:
            raise forms.ValidationError(str(error.message), code=error.code) from error
        return found if found is not None or self.may_be_untold else 0
