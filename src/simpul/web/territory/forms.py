"""What the operator fills in: a day off, a change of codes. `AreaField` is in `picker`, and here for other pages."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.localized import LocalizedText
from simpul.territory.models import CrosswalkKind, HolidayKind
from simpul.web.territory.picker import AreaField, AreaPicker

__all__ = ["AreaField", "AreaPicker", "CrosswalkForm", "HolidayForm", "add_refusal"]


def add_refusal(form: forms.Form, refusal: Invalid | Conflict) -> None:
    """What a service refused, beside its field."""
    field = refusal.field if isinstance(refusal, Invalid) else None
    form.add_error(field if field in form.fields else None, str(refusal.message))


class HolidayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(label=_("Kind of day"), widget=forms.RadioSelect, choices=HolidayKind.choices)
    name_id = forms.CharField(label=_("Name in Indonesian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    area = AreaField(label=_("Area"), required=False, help_text=_("Only for a local holiday."))
    basis = forms.CharField(
        label=_("Decree"),
        max_length=200,
        help_text=_("For example: the decree of three ministers, or the regent's circular."),
    )

    def name(self) -> LocalizedText:
        return LocalizedText(id=self.cleaned_data["name_id"], en=self.cleaned_data["name_en"])


class Change(TypedDict):
    """What the crosswalk services take."""

    new_code: str
    valid_from: date
    kind: str
    basis: str
    share: Decimal | None


class CrosswalkForm(forms.Form):
    old_code = forms.CharField(
        label=_("Old code"),
        max_length=13,
        help_text=_("As in 52.03.05.2008."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("to an area", "What happened"), widget=forms.RadioSelect, choices=CrosswalkKind.choices
    )
    new_code = AreaField(
        label=_("New area"), help_text=_("Where an area goes on after losing a part, give it a row too.")
    )
    valid_from = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    )
    share = forms.DecimalField(
        label=_("Share of its people, in per cent"),
        required=False,
        max_value=Decimal(100),
        min_value=Decimal("0.01"),
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )
    basis = forms.CharField(label=_("Regulation"), max_length=200)

    def change(self) -> Change:
        given = self.cleaned_data
        share = given["share"]
        return Change(
            new_code=given["new_code"].code,
            valid_from=given["valid_from"],
            kind=given["kind"],
            basis=given["basis"],
            share=None if share is None else share / 100,
        )
