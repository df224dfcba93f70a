"""Times and lengths as reports of online meetings write them, in the language and the zone of whoever held it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.interop.tables import Cell, words_of
from simpul.interop.values import Unreadable, partial_date
from simpul.kernel.time import Precision, Zone

_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\.?)?", re.I
)
_NAMED_ZONE: Final = re.compile(r"\b(?P<zone>WIB|WITA|WIT)\b|(?:GMT|UTC)(?P<hours>[+-]\d{1,2})(?::?00)?", re.I)
_PLAIN_OFFSET: Final = re.compile(r"(?:(?<=:\d\d)|(?<=\.\d\d\d))\s*(?P<offset>Z|[+-]\d{2}:?\d{2})$", re.I)
_DAY: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}(?![:.]\d)")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_AMERICAN: Final = re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})\s+(?P<year>\d{4})", re.I)
_HOURS: Final = r"hours?|hrs?|h|jam|j"
_MINUTES: Final = r"minutes?|mins?|m|menit|mnt"
_SECONDS: Final = r"seconds?|secs?|s|detik|dtk"
_LASTED: Final = re.compile(
    rf"(?:(?P<h>\d+)\s*(?:{_HOURS})\b\.?)?[\s,]*(?:(?P<m>\d+)\s*(?:{_MINUTES})\b\.?)?[\s,]*"
    rf"(?:(?P<s>\d+)\s*(?:{_SECONDS})\b\.?)?",
    re.I,
)
_BY_CLOCK: Final = re.compile(r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")


def lasted(cell: Cell) -> int | None:
    """Minutes: "65", "65.4", "1:05:00", "1 hr 5 min", "1 jam 5 menit". To the nearest, one at least."""
    words = words_of(cell).strip()
    if not words or words in {"-", "–"}:
        return None
    if _NUMBER.fullmatch(words):
        return _whole(timedelta(minutes=float(words.replace(",", "."))))
    found = _BY_CLOCK.fullmatch(words) or _LASTED.fullmatch(words)
    if found is None or not any(found.groupdict().values()):
        raise Unreadable("not_a_length", _("Write how many minutes, such as 45 or 1:05:00."))
    hours, minutes, seconds = (int(found[part] or 0) for part in "hms")
    return _whole(timedelta(hours=hours, minutes=minutes, seconds=seconds))


def _whole(length: timedelta) -> int | None:
    return max(1, round(length / timedelta(minutes=1))) if length else None


def instant(words: str, *, zone: Zone, near: datetime) -> datetime:
    """When it was. A time without a day is of the day that brings it closest to `near`; where day and month may be
    either way round, it is the one closer to it. A zone in the words counts before `zone`. Unreadable.
    """
    plain, info = _zoned(words.strip(), zone)
    found = _CLOCK.search(_DAY.sub(lambda day: " " * len(day[0]), plain, count=1)) or _CLOCK.search(plain)
    if found is None:
        raise _unreadable()
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if half := (found["half"] or "").casefold().replace(".", "").strip():
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    around = near.astimezone(info).date()
    days = list(_days(f"{plain[: found.start()]} {plain[found.end() :]}", around))
    try:
        times = [datetime(d.year, d.month, d.day, hour, minute, second, tzinfo=info) for d in days]
    except ValueError as error:
        raise _unreadable() from error
    return min(times, key=lambda one: abs(one - near))


def _zoned(words: str, zone: Zone) -> tuple[str, tzinfo]:
    """The words without their zone, and the zone."""
    local: tzinfo = zone.info
    if found := _PLAIN_OFFSET.search(words):
        local = datetime.fromisoformat(f"2000-01-01T00:00:00{found['offset'].upper()}").tzinfo or UTC
        words = words[: found.start()]
    elif found := _NAMED_ZONE.search(words):
        named = (found["zone"] or "").upper()
        local = Zone[named].info if named else timezone(timedelta(hours=int(found["hours"])))
        words = f"{words[: found.start()]} {words[found.end() :]}"
    return re.sub(r"(?<=\d)T(?=\d)", " ", words).strip(), local


def _days(words: str, around: date) -> Iterator[date]:
    """Those that the words may mean; the days around where they tell none."""
    told = re.sub(r"^[a-z]+,\s*|[,()]|\bpukul\b|\bat\b", " ", words, flags=re.I)
    told = " ".join(told.split()).strip(" -")
    if not told:
        yield from (around - timedelta(days=1), around, around + timedelta(days=1))
        return
    if found := _SLASHED.fullmatch(told):
        yield from _either_way(*(int(part) for part in found.groups()))
        return
    if found := _AMERICAN.fullmatch(told):
        told = f"{found['day']} {found['month']} {found['year']}"
    day = partial_date(told)
    if day is None or day.precision is not Precision.DAY:
        raise _unreadable()
    yield day.day


def _either_way(first: int, second: int, year: int) -> Iterator[date]:
    """Day first, or month first."""
    whole = year + 2000 if year < 100 else year
    possible = [(first, second), (second, first)]
    days = [date(whole, month, day) for day, month in dict.fromkeys(possible) if _is_day(whole, month, day)]
    if not days:
        raise _unreadable()
    yield from days


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _unreadable() -> Unreadable:
    return Unreadable("not_a_time", _("Write the time as 09:30, with the day before it where the report has several."))
