"""Form fields for what an entry of the directory is made of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate

BETWEEN = "|"  # Indonesian before it, English after


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"), **options)


class PartialDateField(forms.CharField):
    """ "2008", "05-2008" or "14-05-2008", also the year first and with other signs between; cleaned: PartialDate."""

    default_error_messages = {"partial": _("Write a year, or a month and year such as 05-2008, or a day: 14-05-2008.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("As much as you know: 2008, or 05-2008, or 14-05-2008."))
        super().__init__(widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "-".join(reversed(str(value).split("-"))) if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        parts = [p.zfill(2) for p in text.replace("/", "-").replace(".", "-").split("-")]
        if len(parts[-1]) == 4:
            parts.reverse()
        try:
            return PartialDate.parse("-".join(parts))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["partial"], code="partial") from error


class LinesField(forms.CharField):
    """One text a line, in Indonesian; an English one may follow after "|". Cleaned: list of language -> words."""

    default_error_messages = {"indonesian": _("Every line begins in Indonesian; English may follow after “|”.")}

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("help_text", _("One a line. English may follow after “|”: KTP | Identity card."))
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(_line(text) for text in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [self._text(line) for line in lines]

    def _text(self, line: str) -> dict[str, str]:
        words, _between, english = line.partition(BETWEEN)
        try:
            return dict(LocalizedText(id=words, en=english))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["indonesian"], code="indonesian") from error


def _spans(text: str | list[list[str]]) -> str:
    return text if isinstance(text, str) else ", ".join("–".join(span) for span in text)


def _line(text: Mapping[str, str]) -> str:
    return f"{text['id']} {BETWEEN} {text['en']}" if text.get("en") else text["id"]


def in_two(cleaned: Mapping[str, Any], name: str) -> dict[str, str] | None:
    """A text given in two fields, `name` and `name_en`; the service says where Indonesian is missing."""
    texts = {"id": cleaned.get(name) or "", "en": cleaned.get(f"{name}_en") or ""}
    return {language: words for language, words in texts.items() if words} or None


def out_of_two(text: LocalizedText | None, name: str) -> dict[str, str]:
    """The two fields of such a text, as initial values."""
    return {name: text.get("id", ""), f"{name}_en": text.get("en", "")} if text else {name: "", f"{name}_en": ""}


def words_of(value: object, labels: Mapping[str, str]) -> str:
    """A value of a profile in words, for two versions side by side; "" for nothing. `labels` are those of codes."""
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        return " · ".join(f"{labels.get(str(key), key)}: {_spans(text)}" for key, text in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(_line(item) if isinstance(item, Mapping) else labels.get(item, str(item)) for item in value)
    if isinstance(value, bool):
        return str(_("Yes")) if value else str(_("No"))
    if isinstance(value, (date, PartialDate)):
        return "-".join(reversed(str(value).split("-")))
    return labels.get(str(value), str(value))
