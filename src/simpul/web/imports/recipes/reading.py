"""Cells as the directory takes them: the notation of `interop.values`, the shapes of `organisations`."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from simpul.interop import values
from simpul.interop.tables import Cell
from simpul.interop.values import Unreadable
from simpul.kernel.text import fold
from simpul.organisations import shapes
from simpul.organisations.sectors import BudgetBand

Read = Callable[[Cell], Any]
_BANDS: Final = (
    (50_000_000, BudgetBand.UNDER_50_MILLION),
    (250_000_000, BudgetBand.UNDER_250_MILLION),
    (1_000_000_000, BudgetBand.UNDER_1_BILLION),
    (5_000_000_000, BudgetBand.UNDER_5_BILLION),
)


def shaped(read: Read, clean: shapes.Clean, field: str) -> Read:
    """Read, then made tidy as the profile's own form does it."""

    def through(cell: Cell) -> Any:
        value = read(cell)
        return None if value is None else clean(field, value)

    return through


def chosen(choices: type[models.TextChoices], spoken: Mapping[str, str] | None = None) -> Read:
    """One of a list: by its code, by what it is called in the reader's language, or by what people say."""

    def read(cell: Cell) -> str | None:
        words = values.text(cell)
        return None if words is None else _choice(choices, spoken or {}, words)

    return read


def several_of(choices: type[models.TextChoices], spoken: Mapping[str, str] | None = None) -> Read:
    def read(cell: Cell) -> list[str] | None:
        words = values.text(cell)
        if words is None:
            return None
        try:
            return [_choice(choices, spoken or {}, words)]  # a label may itself hold a comma
        except Unreadable:
            return list(dict.fromkeys(_choice(choices, spoken or {}, part) for part in values.several(words)))

    return read


def _choice(choices: type[models.TextChoices], spoken: Mapping[str, str], words: str) -> str:
    key = fold(words)
    if found := _told_as(choices, get_language() or "").get(key):
        return found
    if key in spoken:
        return spoken[key]
    for language, _name in settings.LANGUAGES:  # what went out in another language comes in too
        with override(language):
            if found := _told_as(choices, language).get(key):
                return found
    raise Unreadable("unknown_choice", _not_on_the_list([str(label) for code, label in choices.choices if code]))


@lru_cache(maxsize=200)
def _told_as(choices: type[models.TextChoices], _language: str) -> Mapping[str, str]:
    """Code and label, folded -> code: labels follow the reader's language."""
    told: dict[str, str] = {}
    for code, label in choices.choices:
        if code:
            told.setdefault(fold(str(code)), str(code))
            told.setdefault(fold(str(label)), str(code))
    return told


def _not_on_the_list(labels: Sequence[str]) -> str | Promise:
    message = _("Simpul doesn't know this word here. Write one of: %(words)s.")
    return str(message) % {"words": "; ".join(labels[:25])}


def budget_band(cell: Cell) -> str | None:
    """A budget in rupiah as the band it lies in; a band by its own words too."""
    try:
        amount = values.amount(cell)
    except Unreadable:
        return _choice(BudgetBand, {}, values.text(cell) or "")
    if amount is None:
        return None
    return next((str(band) for most, band in _BANDS if amount < most), str(BudgetBand.OVER_5_BILLION))
