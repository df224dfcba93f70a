"""Cells as forms on telephones write them: answers that say nothing, instants with and without a zone, ages."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from simpul.interop import values
from simpul.interop.tables import Cell, words_of
from simpul.interop.values import Unreadable
from simpul.kernel.text import fold_words, squeeze

Read = Callable[[Cell], Any]

# Accepted everywhere as an answer, and no answer: what somebody does not know or does not want to say.
SAYS_NOTHING: Final = frozenset(
    {
        "tidak tahu", "tdk tahu", "belum tahu", "tidak diketahui", "tidak ingat", "lupa", "tidak mau menjawab",
        "tidak menjawab", "menolak menjawab", "tidak bersedia menjawab", "tidak mau bilang", "dont know", "don t know",
        "not known", "unknown", "refused", "dk", "tt", "na", "n a",
    }
)  # fmt: skip
_AGREES: Final = frozenset({"setuju", "ya setuju", "bersedia", "ya bersedia", "mau", "ya mau", "agree", "agreed"})
_REFUSES: Final = frozenset({"tidak setuju", "tidak bersedia", "menolak", "tidak mau", "disagree", "no consent"})
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_OFFSET: Final = re.compile(r"([+-]\d{2})(\d{2})?$")
_AGE: Final = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*(?:tahun|thn|th|years?)?\.?")
_UNKNOWN_AGES: Final = frozenset({"999", "888", "-99", "-88", "-999"})
_UUID: Final = re.compile(r"(?:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
_CODES: Final = {2: (2,), 4: (2, 2), 6: (2, 2, 2), 10: (2, 2, 2, 4)}


def says_nothing(cell: Cell) -> bool:
    return fold_words(words_of(cell)) in SAYS_NOTHING


def telling(read: Read) -> Read:
    """The same, nothing where the answer says nothing."""

    def through(cell: Cell) -> Any:
        return None if says_nothing(cell) else read(cell)

    return through


def number_of_report(cell: Cell) -> str | None:
    """The number that the form gave the report: nothing else tells it from all others."""
    words = values.text(cell)
    if words is None:
        return None
    found = _UUID.fullmatch(words.casefold())
    if found is None:
        message = _("This is no number of KoboToolbox. Export anew with the column _uuid, and leave it as it is.")
        raise Unreadable("not_a_uuid", message)
    return found[1]


def received(cell: Cell) -> datetime | date | None:
    """An instant, or a day where that is all. KoboToolbox writes instants in UTC, without saying so."""
    words = values.text(cell)
    if words is None or not _INSTANT.fullmatch(words):
        return values.day(cell)
    plain = _OFFSET.sub(lambda found: f"{found[1]}:{found[2] or '00'}", words) if len(words) > 16 else words
    try:
        instant = datetime.fromisoformat(plain)
    except ValueError as error:
        raise Unreadable("not_an_instant", _("Write the day and the time, such as 2025-03-03 09:15.")) from error
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


def age(cell: Cell) -> int | None:
    words = values.text(cell)
    if words is None or words in _UNKNOWN_AGES:
        return None
    found = _AGE.fullmatch(words.casefold())
    if found is None or int(found[1]) > 120:
        raise Unreadable("not_an_age", _("Write the age in whole years, or leave it empty."))
    return int(found[1])


def agreed(cell: Cell) -> bool | None:
    said = fold_words(words_of(cell))
    if said in _AGREES or said in _REFUSES:
        return said in _AGREES
    return values.yes_no(cell)


def place(cell: Cell) -> str | None:
    """The name of an area, or its code, also as forms write it: 5203992001."""
    words = values.text(cell)
    if words is None or not words.isdigit() or len(words) not in _CODES:
        return words
    parts, rest = [], words
    for width in _CODES[len(words)]:
        parts.append(rest[:width])
        rest = rest[width:]
    return ".".join(parts)


def story(cell: Cell) -> str | None:
    """Words with their lines as they were written."""
    if values.text(cell) is None:
        return None
    return "\n".join(squeeze(line) for line in words_of(cell).splitlines()).strip() or None
