"""Working days, with the holidays of the first months of 2025."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.time import Zone
from simpul.kernel.working_days import add_working_days, due_at_end_of, is_working_day, working_days_between

HOLIDAYS = frozenset(
    date(2025, month, day)
    for month, days in {1: (1, 27, 29), 3: (28, 29, 31), 4: (1, 2, 3, 4, 7, 18)}.items()
    for day in days
)
DAYS = st.dates(date(2025, 1, 1), date(2025, 6, 30))
SETS = st.frozensets(DAYS, max_size=40)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 2, 7), True),
        (date(2025, 2, 8), False),
        (date(2025, 2, 9), False),
        (date(2025, 1, 29), False),
    ],
)
def test_saturdays_sundays_and_holidays_are_free(day: date, working: bool) -> None:
    assert is_working_day(day, HOLIDAYS) is working


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2025, 2, 7), 0, date(2025, 2, 7)),
        (date(2025, 2, 8), 0, date(2025, 2, 10)),
        (date(2025, 2, 7), 1, date(2025, 2, 10)),
        (date(2025, 2, 7), 5, date(2025, 2, 14)),
        (date(2025, 1, 24), 1, date(2025, 1, 28)),
        (date(2025, 3, 27), 1, date(2025, 4, 8)),
        (date(2025, 3, 27), 9, date(2025, 4, 21)),
        (date(2025, 3, 29), 0, date(2025, 4, 8)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count, HOLIDAYS) == end


@given(DAYS, st.integers(1, 60), SETS)
def test_adding_and_counting_agree(start: date, count: int, holidays: frozenset[date]) -> None:
    end = add_working_days(start, count, holidays)
    assert is_working_day(end, holidays)
    assert working_days_between(start, end, holidays) == count


@given(DAYS, st.integers(0, 30), st.integers(0, 30), SETS)
def test_adding_in_two_steps_is_adding_at_once(day: date, one: int, two: int, holidays: frozenset[date]) -> None:
    start = add_working_days(day, 0, holidays)
    assert add_working_days(add_working_days(start, one, holidays), two, holidays) == add_working_days(
        start, one + two, holidays
    )


@given(DAYS, st.integers(1, 40), SETS, DAYS)
def test_one_more_holiday_never_brings_a_date_forward(
    day: date, count: int, holidays: frozenset[date], another: date
) -> None:
    assert add_working_days(day, count, holidays | {another}) >= add_working_days(day, count, holidays)


def test_nothing_is_counted_backwards() -> None:
    assert working_days_between(date(2025, 2, 14), date(2025, 2, 7), HOLIDAYS) == 0
    assert working_days_between(date(2025, 2, 7), date(2025, 2, 7), HOLIDAYS) == 0
    with pytest.raises(ValueError):
        add_working_days(date(2025, 2, 7), -1, HOLIDAYS)


class Always(frozenset[date]):
    def __contains__(self, day: object) -> bool:
        return True


@pytest.mark.parametrize("count", [0, 1, 30])
def test_a_calendar_without_working_days_is_a_mistake(count: int) -> None:
    with pytest.raises(ValueError):
        add_working_days(date(2025, 2, 7), count, Always())


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        (Zone.WIB, datetime(2025, 2, 10, 17, tzinfo=UTC)),
        (Zone.WITA, datetime(2025, 2, 10, 16, tzinfo=UTC)),
        (Zone.WIT, datetime(2025, 2, 10, 15, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_midnight_of_its_zone(zone: Zone, due: datetime) -> None:
    assert due_at_end_of(datetime(2025, 2, 7, 3, tzinfo=UTC), 1, HOLIDAYS, zone) == due


def test_a_report_late_in_the_evening_counts_from_its_local_day() -> None:
    # 16:30 UTC on Thursday is Friday in Mataram and Jayapura, still Thursday in Jakarta.
    instant = datetime(2025, 2, 6, 16, 30, tzinfo=UTC)
    found = [due_at_end_of(instant, 1, HOLIDAYS, zone).date() for zone in Zone]
    assert found == [date(2025, 2, 8), date(2025, 2, 11), date(2025, 2, 11)]


@given(DAYS, st.integers(0, 24 * 60 - 1), st.integers(1, 20), st.sampled_from(Zone))
def test_a_deadline_is_never_before_its_days_have_passed(day: date, minutes: int, count: int, zone: Zone) -> None:
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    assert due_at_end_of(instant, count, HOLIDAYS, zone) - instant >= timedelta(days=count)
