"""Dates, zones and reporting periods. Nothing here reads the clock: `now` and `today` are arguments everywhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


class Zone(StrEnum):
    """The three zones of Indonesia, by the names on its clocks."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"

    @property
    def info(self) -> ZoneInfo:
        return ZoneInfo(self.value)


def local_date(instant: datetime, zone: Zone) -> date:
    """The date on the wall calendar of that zone. ValueError for an instant without a zone of its own."""
    if instant.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return instant.astimezone(zone.info).date()


@dataclass(frozen=True, slots=True)
class Period:
    """When something was true: `start` inclusive, `until` exclusive; None is open on that side."""

    start: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.until and self.start >= self.until:
            raise ValueError("a period ends after it starts")

    def contains(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        return not (
            (self.until is not None and other.start is not None and self.until <= other.start)
            or (other.until is not None and self.start is not None and other.until <= self.start)
        )

    def intersection(self, other: "Period") -> "Period | None":
        """What both cover, or None where they only touch or miss."""
        if not self.overlaps(other):
            return None
        start = max((d for d in (self.start, other.start) if d), default=None)
        until = min((d for d in (self.until, other.until) if d), default=None)
        return Period(start, until)


class Precision(StrEnum):
    """How much of a date is known: "berdiri sejak 2008" is a year, not its first of January."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to a precision; `day` is the first day it may mean."""

    day: date
    precision: Precision = Precision.DAY

    def __str__(self) -> str:
        return self.day.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]]

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """ "2008", "2008-05" or "2008-05-14"; ValueError for anything else."""
        if not _PARTIAL.fullmatch(text):
            raise ValueError(f"not a date: {text!r}")
        parts = [int(p) for p in text.split("-")]
        precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
        return cls(date(*(parts + [1, 1])[:3]), precision)


def month_of(day: date) -> Period:
    start = day.replace(day=1)
    return Period(start, (start + timedelta(days=32)).replace(day=1))


def quarter_of(day: date) -> Period:
    first = 3 * ((day.month - 1) // 3) + 1
    start = date(day.year, first, 1)
    return Period(start, (start + timedelta(days=93)).replace(day=1))


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def days(period: Period) -> Iterator[date]:
    """Every day of a closed period. ValueError where a side is open."""
    if period.start is None or period.until is None:
        raise ValueError("only a closed period has a list of days")
    for offset in range((period.until - period.start).days):
        yield period.start + timedelta(days=offset)
