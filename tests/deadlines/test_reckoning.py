"""When a clock is due, at the edges: nights, weekends, long holidays, the end of the year, standing still."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.deadlines.reckoning import Interval, Limit, due_at, end_of, horizon, is_day_of_year
from simpul.deadlines.units import Unit
from simpul.kernel.time import Zone, local_date
from simpul.kernel.working_days import is_working_day

J, HK, H, B, T = Unit.HOURS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.DAY_OF_YEAR
# Eid 2025: 28 March to 7 April, weekends and Nyepi with it.
LEBARAN = frozenset(date(2025, 3, 28) + timedelta(days=n) for n in range(11))


def at(text: str, zone: Zone = Zone.WITA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone.info)


@pytest.mark.parametrize("zone", Zone)
def test_three_times_24_hours_end_on_the_minute(zone: Zone) -> None:
    start = at("2025-03-03T06:40", zone)
    assert due_at(Limit(J, 72), start, zone) == at("2025-03-06T06:40", zone)


def test_running_hours_know_no_holiday() -> None:
    start = at("2025-03-28T23:59")
    assert due_at(Limit(J, 72), start, Zone.WITA, holidays=LEBARAN) == at("2025-03-31T23:59")


def test_at_once_is_due_when_it_starts() -> None:
    start = at("2025-03-03T06:40")
    assert due_at(Limit(J, 0), start, Zone.WITA) == start


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2025-02-07T15:00", 3, "2025-02-12"),  # a Friday: Monday is the first
        ("2025-02-07T23:59", 3, "2025-02-12"),
        ("2025-02-08T09:00", 3, "2025-02-12"),  # a Saturday: no worse than the Friday
        ("2025-03-27T10:00", 3, "2025-04-10"),  # before the long holiday
        ("2025-03-31T10:00", 3, "2025-04-10"),  # on a holiday
        ("2025-12-30T10:00", 5, "2026-01-07"),  # over the year, 1 January being a holiday below
    ],
)
def test_working_days_leave_out_what_is_none(start: str, days: int, last: str) -> None:
    holidays = LEBARAN | {date(2026, 1, 1)}
    found = due_at(Limit(HK, days), at(start), Zone.WITA, holidays=holidays)
    assert found == end_of(date.fromisoformat(last), Zone.WITA)


def test_the_day_is_that_of_the_zone() -> None:
    night = datetime(2025, 2, 6, 16, 30, tzinfo=UTC)  # 23.30 on Thursday in Jakarta, Friday already in Lombok
    assert due_at(Limit(HK, 1), night, Zone.WIB) == end_of(date(2025, 2, 7), Zone.WIB)
    assert due_at(Limit(HK, 1), night, Zone.WITA) == end_of(date(2025, 2, 10), Zone.WITA)
    assert due_at(Limit(H, 1), night, Zone.WIT) == end_of(date(2025, 2, 8), Zone.WIT)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2025-11-30T10:00", 3, "2026-02-28"),
        ("2024-11-30T10:00", 3, "2025-02-28"),
        ("2025-10-01T10:00", 12, "2026-10-01"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_one(start: str, months: int, last: str) -> None:
    assert due_at(Limit(B, months), at(start), Zone.WITA) == end_of(date.fromisoformat(last), Zone.WITA)


@pytest.mark.parametrize(("start", "last"), [("2025-09-30T20:00", "2025-09-30"), ("2025-10-01T00:00", "2026-09-30")])
def test_a_day_of_the_year_is_the_next_one(start: str, last: str) -> None:
    assert due_at(Limit(T, 930), at(start), Zone.WITA) == end_of(date.fromisoformat(last), Zone.WITA)


@pytest.mark.parametrize(("number", "real"), [(1231, True), (930, True), (229, False), (1332, False), (431, False)])
def test_a_day_of_the_year_is_one_of_every_year(number: int, real: bool) -> None:
    assert is_day_of_year(number) is real


def pause(start: str, end: str) -> Interval:
    return Interval(at(start), at(end))


def test_hours_stand_still_to_the_minute() -> None:
    stood = [pause("2025-03-03T10:00", "2025-03-03T12:30"), pause("2025-03-04T01:00", "2025-03-05T01:00")]
    assert due_at(Limit(J, 72), at("2025-03-03T06:40"), Zone.WITA, pauses=stood) == at("2025-03-07T09:10")


@pytest.mark.parametrize(
    ("stood", "last"),
    [
        ([pause("2025-02-07T15:00", "2025-02-10T09:00")], "2025-02-13"),  # over a weekend: the Monday
        ([pause("2025-02-08T08:00", "2025-02-09T20:00")], "2025-02-12"),  # within it: nothing
        ([pause("2025-02-10T09:00", "2025-02-10T17:00")], "2025-02-12"),  # within a day: nothing
        ([pause("2025-02-10T09:00", "2025-02-11T09:00"), pause("2025-02-11T12:00", "2025-02-12T09:00")], "2025-02-14"),
    ],
)
def test_working_days_stand_still_by_working_days(stood: list[Interval], last: str) -> None:
    found = due_at(Limit(HK, 5), at("2025-02-05T10:00"), Zone.WITA, pauses=stood)
    assert found == end_of(date.fromisoformat(last), Zone.WITA)


def test_calendar_days_stand_still_by_days() -> None:
    stood = [pause("2025-02-07T15:00", "2025-02-10T09:00")]
    assert due_at(Limit(H, 5), at("2025-02-05T10:00"), Zone.WITA, pauses=stood) == end_of(date(2025, 2, 13), Zone.WITA)


@given(
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.times(),
    st.integers(0, 60),
    st.sets(st.integers(0, 1200), max_size=60),
    st.sampled_from(Zone),
)
def test_working_days_end_on_one_within_the_horizon(
    start: date, clock: time, days: int, off: set[int], zone: Zone
) -> None:
    instant = datetime.combine(start, clock, UTC)
    holidays = {date(2024, 1, 1) + timedelta(days=n) for n in off}
    limit = Limit(HK, days)
    last = local_date(due_at(limit, instant, zone, holidays=holidays) - timedelta(microseconds=1), zone)
    assert is_working_day(last, holidays)
    assert last >= local_date(instant, zone)
    assert last <= horizon(limit, local_date(instant, zone), ()) + timedelta(days=60)
