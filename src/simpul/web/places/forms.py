"""What is asked on the pages of places."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.organisations.institutions import Answer, InstitutionKind, Need, VerificationMethod, Weekday
from simpul.organisations.models import ServicePoint
from simpul.territory.names import CODE
from simpul.web.editing.fields import DayField, LinesField
from simpul.web.editing.versions import VersionedForm
from simpul.web.territory.forms import AreaField

_SPAN = re.compile(r"\s*([\d.:]+)\s*(?:-|–|—|s/d|sampai|to)\s*([\d.:]+)\s*")
_TWO: Final = ("hours_note", "fee", "access_note")
_SECTIONS: Final = (
    (_("What it is"), ("owner", "kind", "name", "needs")),
    (_("Where it is and whom it serves"), ("seat", "kept", "area", "area_2", "area_3", "address", "address_public")),
    (_("How to reach it"), ("hotline", "whatsapp", *(f"hours_{d}" for d in Weekday.values), "hours_note")),
    (_("What people need to know before they go"), ("documents", "free_of_charge", "fee", "agreement")),
    (_("For whom"), ("accepts_children", "disability_access", "access_note")),
)


class AreaSearch(forms.Form):
    """Asked in the address: where somebody looks is no secret, and the page can be kept."""

    wilayah = AreaField(label=_("Where?"), help_text=_("A village, a district, a regency or city, or a province."))


class FinderForm(forms.Form):
    butuh = forms.ChoiceField(
        label=_("What do you need?"), choices=[("", _("Anything")), *Need.choices], required=False
    )
    wilayah = AreaField(label=_("Where do you live?"), help_text=_("Your village finds the nearest service."))


class VerifyForm(forms.Form):
    method = forms.ChoiceField(
        label=_("How did you check it?"), choices=VerificationMethod.choices, widget=forms.RadioSelect
    )


class CloseForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    closed_on = DayField(
        label=_("Closed since"),
        help_text=_("Today or earlier. Will it close later? Write that with the hours, and come back on the day."),
    )


class HoursField(forms.CharField):
    """ "08.00–14.30, 16.00–18.00": the spans of one day, as pairs; the service looks at the clock."""

    default_error_messages = {"span": _("Write from when to when: 08.00–14.30. Put a comma between two spans.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"class": "short"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(f"{a}–{b}" for a, b in value).replace(":", ".") if isinstance(value, list) else value

    def clean(self, value: Any) -> list[list[str]]:
        spans = [_SPAN.fullmatch(span) for span in super().clean(value).split(",") if span.strip()]
        if not all(spans):
            raise forms.ValidationError(self.error_messages["span"], code="span")
        return [[_clock(span[1]), _clock(span[2])] for span in spans if span]


def _clock(text: str) -> str:
    """ "8" and "8.00" as "08:00"; what is no time stays for the service to refuse."""
    hour, _point, minute = text.replace(".", ":").partition(":")
    return f"{hour.zfill(2)}:{minute or '00'}"


class CodesField(forms.MultipleChoiceField):
    """Codes of areas: offered are those of the entry, taken is any, for the entry may have changed meanwhile."""

    def valid_value(self, value: Any) -> bool:
        return CODE.fullmatch(str(value)) is not None


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Answer.choices, widget=forms.RadioSelect, initial=Answer.UNKNOWN)


class PointForm(VersionedForm):
    """A service point. `kept` are the areas it serves already; the area fields add to them."""

    names = (
        "kind",
        "name",
        "needs",
        "address",
        "address_public",
        "hotline",
        "whatsapp",
        "documents",
        "free_of_charge",
        "accepts_children",
        "disability_access",
        "agreement",
    )
    two = _TWO

    kind = forms.ChoiceField(label=_("Kind of institution"), choices=InstitutionKind.choices)
    name = forms.CharField(label=_("Name of the place or office"), max_length=200)
    needs = forms.MultipleChoiceField(
        label=_("What it helps with"), choices=Need.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    seat = AreaField(
        label=_("Where it is"),
        required=False,
        help_text=_("Of a safe house only the regency is kept, never the village."),
    )
    kept = CodesField(label=_("Areas it serves"), widget=forms.CheckboxSelectMultiple, required=False)
    area = AreaField(label=_("Area it serves"), required=False)
    area_2 = AreaField(label=_("A second area"), required=False)
    area_3 = AreaField(label=_("A third area"), required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    address_public = forms.BooleanField(
        label=_("Show the address to everybody"),
        help_text=_("Leave this empty where the place has to stay unknown. A safe house is never shown."),
        required=False,
    )
    hotline = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    whatsapp = forms.CharField(label=_("WhatsApp"), max_length=40, required=False)
    hours_note = forms.CharField(label=_("About the hours"), max_length=200, required=False)
    hours_note_en = forms.CharField(label=_("About the hours, in English"), max_length=200, required=False)
    documents = LinesField(label=_("Documents to bring"), required=False)
    free_of_charge = _answer(_("Free of charge?"))
    fee = forms.CharField(label=_("Costs"), max_length=200, required=False)
    fee_en = forms.CharField(label=_("Costs, in English"), max_length=200, required=False)
    agreement = _answer(_("Is there an agreement with us?"))
    accepts_children = _answer(_("Receives children?"))
    disability_access = _answer(_("Accessible for people with disabilities?"))
    access_note = forms.CharField(label=_("About access"), max_length=200, required=False)
    access_note_en = forms.CharField(label=_("About access, in English"), max_length=200, required=False)

    def __init__(self, *args: Any, served: Mapping[str, str] | None = None, **options: Any) -> None:
        """`served`: code -> title of the areas it serves now; None for a new one."""
        super().__init__(*args, **options)
        for day, words in Weekday.choices:
            self.fields[f"hours_{day}"] = HoursField(label=words)
        kept = self.fields["kept"]
        assert isinstance(kept, CodesField)
        kept.choices = list((served or {}).items())
        kept.initial = list(served or {})
        if not served:
            del self.fields["kept"]

    @classmethod
    def values_of(cls, row: ServicePoint) -> dict[str, Any]:
        codes = sorted(row.served_areas.values_list("area_id", flat=True))
        return {**super().values_of(row), "hours": row.hours, "areas": codes, "seat": row.seat_id}

    @classmethod
    def initial_of(cls, row: ServicePoint) -> dict[str, Any]:
        hours = {f"hours_{d}": row.hours.get(d, []) for d in Weekday.values}
        return {**super().initial_of(row), **hours, "seat": row.seat_id or ""}

    def values(self) -> dict[str, Any]:
        hours = {day: spans for day in Weekday.values if (spans := self.cleaned_data.get(f"hours_{day}"))}
        seat = self.cleaned_data["seat"]
        return {**super().values(), "hours": hours, "areas": self._codes(), "seat": seat.code if seat else None}

    def _codes(self) -> list[str]:
        """The areas it is to serve from now on, the kept and the added."""
        added = [self.cleaned_data[name] for name in ("area", "area_2", "area_3")]
        return sorted({*self.cleaned_data.get("kept", ()), *(area.code for area in added if area)})

    def label(self, name: str) -> Any:
        return {"hours": _("Hours"), "areas": _("Areas it serves")}.get(name) or super().label(name)

    def labels(self, name: str) -> dict[str, str]:
        if name == "hours":
            return {d: str(w) for d, w in Weekday.choices}
        return super().labels("kept" if name == "areas" else name)

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        shown = {name: [name, f"{name}_en"] if name in _TWO else [name] for _title, part in _SECTIONS for name in part}
        return [
            (title, [self[n] for name in part for n in shown[name] if n in self.fields]) for title, part in _SECTIONS
        ]


class NewPointForm(PointForm):
    """`key` is the client's own, so that sending twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    owner = forms.ChoiceField(label=_("Who keeps this entry?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, owners: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = list(owners.items())
        if len(owners) == 1:
            owner.initial = next(iter(owners))
        del self.fields["version"]
