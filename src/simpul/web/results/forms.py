"""What is asked of a figure, as it stands in the address: nothing here is personal."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.actor import Actor
from simpul.kernel.text import squeeze
from simpul.results.questions import Question


class AskForm(forms.Form):
    """A wrong value in an address is said beside its field, and the figure is shown for today."""

    pada = forms.DateField(
        label=_("As of"),
        required=False,
        help_text=_("What was true on this day, as it was known at its end."),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no date. Choose one from the calendar.")},
    )
    tentang = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_pada(self) -> date | None:
        day: date | None = self.cleaned_data["pada"]
        if day is not None and not 1900 <= day.year <= 2200:
            raise forms.ValidationError(_("Choose a year between 1900 and 2200."))
        return day


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part is opened, narrowed to one group, from which row on."""

    part: str = ""
    where: tuple[str, str] | None = None
    after: UUID | None = None
    kept: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: Any) -> "Asked":
        """From the query string; what can't be read is left out."""
        dimension, value = squeeze(sent.get("menurut", "")), squeeze(sent.get("nilai", ""))
        kept = {name: sent[name] for name in ("pada", "tentang") if sent.get(name)}
        return cls(
            part=squeeze(sent.get("bagian", "")),
            where=(dimension, value) if dimension and value else None,
            after=_uuid(sent.get("setelah", "")),
            kept=kept,
        )

    def address(self, **changes: object) -> str:
        """The query string with these changes; None removes."""
        values = {**self.kept, "bagian": self.part}
        if self.where:
            values |= {"menurut": self.where[0], "nilai": self.where[1]}
        merged = {**values, **changes}
        return "?" + urlencode({name: str(value) for name, value in merged.items() if value})


def question_from(form: AskForm, actor: Actor, today: date) -> Question:
    """For the day asked about, today where none or a wrong one was sent."""
    data = form.cleaned_data if form.is_valid() else {}
    return Question(as_of=data.get("pada") or today, actor=actor, subject_id=data.get("tentang"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
