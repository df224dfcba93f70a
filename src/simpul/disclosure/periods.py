"""The periods of a book: months, the batches that correct them, quarters, the year; by the names a reader sees."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from simpul.disclosure.errors import Refused

_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:\+([1-9]\d?))?", re.ASCII)
_QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)


class Cadence(StrEnum):
    """How often a table is published, from fine to coarse."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


FINE_TO_COARSE: Final = tuple(Cadence)
LENGTHS: Final = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.YEAR: 12}


@dataclass(frozen=True, order=True)
class Period:
    """Months `first` to `last` of a year; a correction is a batch of its own, counted with the month it stands at."""

    year: int
    first: int
    last: int
    correction: int = 0

    @property
    def cadence(self) -> Cadence:
        if self.first == self.last:
            return Cadence.MONTH
        return Cadence.QUARTER if self.last - self.first == 2 else Cadence.YEAR

    @property
    def name(self) -> str:
        """`2025-03`, its first correction `2025-03+1`, `2025-Q1`, `2025`."""
        if self.cadence == Cadence.YEAR:
            return str(self.year)
        if self.cadence == Cadence.QUARTER:
            return f"{self.year}-Q{self.last // 3}"
        return f"{self.year}-{self.first:02d}" + (f"+{self.correction}" if self.correction else "")

    def covers(self, batch: "Period") -> bool:
        """Whether the batch is counted in it. A month covers its own batch alone, a coarser one corrections too."""
        if self.cadence == Cadence.MONTH:
            return self == batch
        return self.year == batch.year and self.first <= batch.first <= self.last

    @property
    def months(self) -> tuple[str, ...]:
        return tuple(f"{self.year}-{month:02d}" for month in range(self.first, self.last + 1))


def parse_period(name: str) -> Period:
    """Refused("unknown_period") for a name that is none."""
    if found := _MONTH.fullmatch(name):
        month = int(found[2])
        return Period(int(found[1]), month, month, int(found[3] or 0))
    if found := _QUARTER.fullmatch(name):
        return Period(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
    if _YEAR.fullmatch(name):
        return Period(int(name), 1, 12)
    raise Refused("unknown_period", f"{name!r} is no month, correction (2025-03+1), quarter (2025-Q1) or year.")


def parse_batch(name: str) -> Period:
    """A month or a correction of one. Refused("unknown_period") for any other."""
    period = parse_period(name)
    if period.cadence != Cadence.MONTH:
        raise Refused("unknown_period", f"{name!r} is no batch: a batch is one closed month, or a correction.")
    return period


def batches_in(period: Period, batches: Iterable[str]) -> tuple[str, ...]:
    """Those of these batches that are counted in the period, in order."""
    return tuple(batch.name for batch in sorted(map(parse_batch, set(batches))) if period.covers(batch))


def periods_within(cadence: Cadence, batches: Sequence[str], begins: str) -> tuple[Period, ...]:
    """The periods of a cadence all of whose months since the book begins are among these batches, in order."""
    if cadence == Cadence.MONTH:
        return periods_around(cadence, batches)
    return tuple(
        period
        for period in periods_around(cadence, batches)
        if {month for month in period.months if month >= begins} <= set(batches)
    )


def periods_around(cadence: Cadence, batches: Sequence[str]) -> tuple[Period, ...]:
    """The periods of a cadence that hold any of these batches, in order. A correction is a month of its own."""
    own = sorted(parse_batch(name) for name in batches)
    length = LENGTHS[cadence]
    if length == 1:
        return tuple(own)
    firsts = {(one.year, (one.first - 1) // length * length + 1) for one in own}
    return tuple(Period(year, first, first + length - 1) for year, first in sorted(firsts))
