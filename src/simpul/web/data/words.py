"""The words of figures: one for every blank, periods, codes."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.web import formats

# The same for every blank: which of its reasons it is must not be told.
BLANK: Final = _("below the threshold or hidden")
BLANK_WHY: Final = _(
    "A number is left out where it is small, where it is nothing, or where it would let somebody work out one that is. "
    "Which of these it is, is not told: so that nobody is recognised."
)
CADENCES: Final[Mapping[str, Promise]] = {"year": _("By year"), "quarter": _("By quarter"), "month": _("By month")}
_QUARTERS: Final = {"id": ("I", "II", "III", "IV"), "en": ("1", "2", "3", "4")}


def period_words(label: str, language: str) -> str:
    """ "Maret 2025", "Triwulan I 2025", "2025"."""
    year, _dash, rest = label.partition("-")
    if not rest:
        return year
    if rest.startswith("Q"):
        number = _quarter(rest, language)
        return f"Triwulan {number} {year}" if language == "id" else f"quarter {number} of {year}"
    return f"{formats.tongue(language).months[int(rest) - 1]} {year}"


def short_period(label: str, language: str) -> str:
    """Under an axis: "Mar ’25", "I ’25", "2025"."""
    year, _dash, rest = label.partition("-")
    if not rest:
        return year
    if rest.startswith("Q"):
        prefix = "" if language == "id" else "Q"
        return f"{prefix}{_quarter(rest, language)} ’{year[2:]}"
    return f"{formats.tongue(language).short_months[int(rest) - 1]} ’{year[2:]}"


def _quarter(rest: str, language: str) -> str:
    return _QUARTERS["id" if language == "id" else "en"][int(rest[1:]) - 1]
