"""Dates, zones, periods and how much of a date is known."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.time import (
    PartialDate,
    Period,
    Precision,
    Zone,
    days,
    local_date,
    month_of,
    quarter_of,
    year_of,
)

DAYS = st.dates(date(1945, 8, 17), date(2100, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, until = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start and until and start >= until:
        start, until = until, start + timedelta(days=1)
    return Period(start, until)


@pytest.mark.parametrize(
    ("zone", "day"), [(Zone.WIB, date(2025, 2, 7)), (Zone.WITA, date(2025, 2, 8)), (Zone.WIT, date(2025, 2, 8))]
)
def test_one_instant_falls_on_the_date_of_its_zone(zone: Zone, day: date) -> None:
    assert local_date(datetime(2025, 2, 7, 16, 30, tzinfo=UTC), zone) == day


@pytest.mark.parametrize(("zone", "hours"), [(Zone.WIB, 7), (Zone.WITA, 8), (Zone.WIT, 9)])
def test_the_zones_of_indonesia_are_one_hour_apart(zone: Zone, hours: int) -> None:
    assert datetime(2025, 2, 7, tzinfo=zone.info).utcoffset() == timedelta(hours=hours)


def test_an_instant_without_a_zone_has_no_local_date() -> None:
    with pytest.raises(ValueError):
        local_date(datetime(2025, 2, 7), Zone.WIB)  # noqa: DTZ001 - the very mistake


@pytest.mark.parametrize("until", [date(2025, 1, 1), date(2024, 12, 31)])
def test_a_period_ends_after_it_starts(until: date) -> None:
    with pytest.raises(ValueError):
        Period(date(2025, 1, 1), until)


def test_a_period_holds_its_first_day_and_not_its_last() -> None:
    period = Period(date(2025, 1, 1), date(2025, 2, 1))
    found = [period.contains(date(2024, 12, 31)), period.contains(date(2025, 1, 1)), period.contains(date(2025, 1, 31))]
    assert [*found, period.contains(date(2025, 2, 1))] == [False, True, True, False]
    assert Period().contains(date(1, 1, 1))


@given(periods(), periods())
def test_periods_overlap_where_some_day_is_in_both(one: Period, other: Period) -> None:
    edges = [d for p in (one, other) for d in (p.start, p.until) if d]
    near = {d + timedelta(days=n) for d in edges for n in (-1, 0, 1)} | {date(2000, 1, 1)}
    shared = any(one.contains(d) and other.contains(d) for d in near)
    assert one.overlaps(other) is shared
    assert other.overlaps(one) is shared


@given(periods(), periods(), DAYS)
def test_an_intersection_holds_the_days_of_both(one: Period, other: Period, day: date) -> None:
    both = one.intersection(other)
    assert both == other.intersection(one)
    assert bool(both and both.contains(day)) is (one.contains(day) and other.contains(day))


def test_periods_that_touch_share_nothing() -> None:
    assert Period(None, date(2025, 1, 1)).intersection(Period(date(2025, 1, 1), None)) is None


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2008", date(2008, 1, 1), Precision.YEAR),
        ("2008-05", date(2008, 5, 1), Precision.MONTH),
        ("2008-05-14", date(2008, 5, 14), Precision.DAY),
        ("2024-02-29", date(2024, 2, 29), Precision.DAY),
    ],
)
def test_a_partial_date_keeps_what_is_known(text: str, day: date, precision: Precision) -> None:
    found = PartialDate.parse(text)
    assert (found.day, found.precision, str(found)) == (day, precision, text)


@pytest.mark.parametrize(
    "text", ["", "2008-13", "2025-02-29", "31-12-2024", "2008-05-14-01", "tahun 2008", "-2008", "2008-", "08", "2008-5"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@given(DAYS, st.sampled_from(Precision))
def test_a_partial_date_reads_back_as_written(day: date, precision: Precision) -> None:
    first = {
        Precision.YEAR: day.replace(month=1, day=1),
        Precision.MONTH: day.replace(day=1),
        Precision.DAY: day,
    }[precision]
    assert PartialDate.parse(str(PartialDate(first, precision))) == PartialDate(first, precision)


@given(DAYS)
def test_a_day_lies_in_its_month_quarter_and_year(day: date) -> None:
    month, quarter, year = month_of(day), quarter_of(day), year_of(day)
    for period in (month, quarter, year):
        assert period.contains(day)
        assert period.start
        assert period.start.day == 1
    assert month.intersection(quarter) == month
    assert quarter.intersection(year) == quarter
    assert (len(list(days(year))), len(list(days(month)))) == (
        366 if _leap(day.year) else 365,
        (month.until - month.start).days if month.until and month.start else 0,
    )


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@pytest.mark.parametrize(
    ("day", "start", "until"),
    [
        (date(2025, 3, 31), date(2025, 1, 1), date(2025, 4, 1)),
        (date(2025, 4, 1), date(2025, 4, 1), date(2025, 7, 1)),
        (date(2025, 12, 31), date(2025, 10, 1), date(2026, 1, 1)),
    ],
)
def test_quarters_begin_in_january_april_july_october(day: date, start: date, until: date) -> None:
    assert quarter_of(day) == Period(start, until)


def test_months_follow_one_another() -> None:
    assert month_of(date(2024, 2, 29)) == Period(date(2024, 2, 1), date(2024, 3, 1))
    assert month_of(date(2025, 12, 1)) == Period(date(2025, 12, 1), date(2026, 1, 1))


def test_the_days_of_a_period_are_those_it_contains() -> None:
    period = Period(date(2025, 2, 27), date(2025, 3, 2))
    assert list(days(period)) == [date(2025, 2, 27), date(2025, 2, 28), date(2025, 3, 1)]


@pytest.mark.parametrize("period", [Period(), Period(date(2025, 1, 1)), Period(None, date(2025, 1, 1))])
def test_an_open_period_has_no_list_of_days(period: Period) -> None:
    with pytest.raises(ValueError):
        list(days(period))
