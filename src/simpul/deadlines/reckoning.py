"""When a clock is due. No database: holidays, pauses and zone are handed in.

The day something starts doesn't count, nor does the day on which a clock goes on after a pause: whoever starts late in
the day loses nothing. Running hours know neither days nor holidays: 3 x 24 hours end on the minute.
"""

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from simpul.deadlines.units import Unit
from simpul.kernel.time import Zone, local_date
from simpul.kernel.working_days import add_working_days, working_days_between


@dataclass(frozen=True, slots=True)
class Limit:
    """`number` of `unit`; for a day of the year it is the month times 100 plus the day (31 December: 1231)."""

    unit: Unit
    number: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A time during which the clock stood still, both ends known."""

    start: datetime
    end: datetime


def horizon(limit: Limit, start: date, pauses: Iterable[Interval]) -> date:
    """A day by which the deadline is surely over: as far as holidays are needed."""
    paused = sum((pause.end - pause.start for pause in pauses), timedelta()).days
    return start + timedelta(days=3 * limit.number + 90 + 3 * paused)


def due_at(
    limit: Limit, start: datetime, zone: Zone, *, pauses: Collection[Interval] = (), holidays: Collection[date] = ()
) -> datetime:
    """The instant at which the time is over: the last minute counts, this one doesn't."""
    if limit.unit is Unit.HOURS:
        return start + timedelta(hours=limit.number) + sum((p.end - p.start for p in pauses), timedelta())
    return end_of(_last_day(limit, local_date(start, zone), _days_of(pauses, zone), holidays), zone)


def end_of(day: date, zone: Zone) -> datetime:
    return datetime.combine(day + timedelta(days=1), clock_time(), zone.info)


def is_day_of_year(number: int) -> bool:
    """Whether `number` is month and day of every year: 930, never 229."""
    month, day = divmod(number, 100)
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2025, month)[1]


def _last_day(limit: Limit, start: date, pauses: list[tuple[date, date]], holidays: Collection[date]) -> date:
    if limit.unit is Unit.DAY_OF_YEAR:
        return _next(limit.number, start)
    if limit.unit is Unit.WORKING_DAYS:
        extra = sum(working_days_between(from_day, to_day, holidays) for from_day, to_day in pauses)
        return add_working_days(start, limit.number + extra, holidays)
    stood = timedelta(days=sum((to_day - from_day).days for from_day, to_day in pauses))
    if limit.unit is Unit.CALENDAR_DAYS:
        return start + timedelta(days=limit.number) + stood
    return months_later(start, limit.number) + stood


def _days_of(pauses: Iterable[Interval], zone: Zone) -> list[tuple[date, date]]:
    return [(local_date(pause.start, zone), local_date(pause.end, zone)) for pause in pauses]


def months_later(day: date, months: int) -> date:
    """The same day that many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _next(number: int, day: date) -> date:
    this_year = date(day.year, *divmod(number, 100))
    return this_year if this_year >= day else date(day.year + 1, *divmod(number, 100))
