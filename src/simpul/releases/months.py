"""Periods by name: "2025-03", "2025-Q1", "2025". Months close by the calendar of Jakarta."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from simpul.kernel.time import Period, Zone, local_date, month_of, quarter_of, year_of
from simpul.releases.tables import Cadence

ZONE: Final = Zone.WIB
# What is being written while a month ends is known when it is done.
SETTLED: Final = timedelta(hours=1)


def month_name(instant: datetime) -> str:
    return local_date(instant, ZONE).isoformat()[:7]


def following(month: str) -> str:
    """The month after."""
    return ends_on(month).isoformat()[:7]


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def ends_on(month: str) -> date:
    """The first day that is not in it."""
    end = month_of(first_day(month)).until
    assert end is not None
    return end


def closing(month: str) -> datetime:
    """The instant it ends at, UTC."""
    return datetime.combine(ends_on(month), time(), ZONE.info).astimezone(UTC)


def cadence_of(name: str) -> Cadence:
    if "Q" in name:
        return Cadence.QUARTER
    return Cadence.YEAR if len(name) == 4 else Cadence.MONTH


def period_of(name: str) -> Period:
    """The days of a period. ValueError for what is no name of one."""
    cadence, year = cadence_of(name), int(name[:4])
    if cadence is Cadence.YEAR:
        return year_of(date(year, 1, 1))
    if cadence is Cadence.QUARTER:
        return quarter_of(date(year, 3 * int(name[6:]) - 2, 1))
    return month_of(first_day(name[:7]))


def days_of(name: str) -> tuple[date, date]:
    """Its first day, and the first that is not in it."""
    period = period_of(name)
    assert period.start is not None
    assert period.until is not None
    return period.start, period.until


def name_of(day: date, cadence: Cadence) -> str:
    """The period of that cadence which the day lies in."""
    if cadence is Cadence.YEAR:
        return f"{day.year}"
    return f"{day.year}-Q{(day.month + 2) // 3}" if cadence is Cadence.QUARTER else day.isoformat()[:7]
