"""Working-day arithmetic: Monday to Friday less the holidays that are passed in. Never without a holiday table."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from simpul.kernel.time import Zone, local_date

# A holiday table that closes every day of a decade is a mistake, not a calendar.
_LIMIT = 3650


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The date `count` working days after `day`, which itself does not count.

    Zero gives `day` itself where it is a working day, else the next one. ValueError for a negative count or a table
    without a working day in ten years.
    """
    if count < 0:
        raise ValueError("count is zero or more")
    if count == 0:
        return day if is_working_day(day, holidays) else add_working_days(day, 1, holidays)
    remaining, current = count, day
    for _ in range(_LIMIT + 2 * count):
        current += timedelta(days=1)
        remaining -= is_working_day(current, holidays)
        if remaining == 0:
            return current
    raise ValueError("the holiday table leaves no working days")


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """Working days after `start` up to and including `end`; 0 where `end` is not after `start`."""
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), holidays) for n in range(1, span + 1))


def due_at_end_of(instant: datetime, count: int, holidays: Collection[date], zone: Zone) -> datetime:
    """The instant, in that zone, at which the last of `count` working days after `instant` is over (midnight)."""
    last = add_working_days(local_date(instant, zone), count, holidays)
    return datetime.combine(last + timedelta(days=1), clock_time(), zone.info)
