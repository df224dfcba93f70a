"""A month as a sheet: weeks from Sunday, each event on each of its days, none lost at an edge."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest

from simpul.web.activities.grid import EARLIEST, LATEST, SHOWN, Day, Month, month_named, month_of

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Thing:
    starts_on: date
    ends_on: date


def on(day: date, days: int = 1) -> Thing:
    return Thing(day, day + timedelta(days=days - 1))


def days_of(month: "Month[Thing]") -> "dict[date, Day[Thing]]":
    return {day.on: day for week in month.weeks for day in week}


@pytest.mark.parametrize("first", [date(year, month, 1) for year in (2000, 2025, 2026, 2028) for month in range(1, 13)])
def test_a_sheet_has_whole_weeks_from_sunday_and_every_day_of_its_month(first: date) -> None:
    month = month_of(first, list[Thing](), today=TODAY)
    days = list(days_of(month))
    assert [b - a for a, b in pairwise(days)] == [timedelta(days=1)] * (len(days) - 1)
    assert len(days) % 7 == 0
    assert days[0].weekday() == 6
    inside = [d.on for d in days_of(month).values() if d.inside]
    assert inside[0] == first
    assert (inside[-1] + timedelta(days=1)).day == 1


def test_an_event_of_several_days_stands_on_each_of_them_in_this_month_alone() -> None:
    thing = on(date(2026, 10, 30), days=4)
    found = days_of(month_of(date(2026, 11, 1), [thing], today=TODAY))
    assert [day for day, cell in found.items() if cell.events] == [date(2026, 11, 1), date(2026, 11, 2)]


def test_a_day_with_more_than_fit_says_how_many_are_left_out() -> None:
    things = [on(TODAY) for _ in range(SHOWN + 2)]
    cell = days_of(month_of(date(2026, 11, 1), things, today=TODAY))[TODAY]
    assert (len(cell.events), cell.more) == (SHOWN - 1, 3)
    just = days_of(month_of(date(2026, 11, 1), things[:SHOWN], today=TODAY))[TODAY]
    assert (len(just.events), just.more) == (SHOWN, 0)


def test_today_and_days_off_are_marked() -> None:
    off = {date(2026, 11, 10)}
    found = days_of(month_of(date(2026, 11, 1), list[Thing](), today=TODAY, off=off))
    assert [day for day, cell in found.items() if cell.today] == [TODAY]
    assert [day for day, cell in found.items() if cell.off] == sorted(off)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2025-02", date(2025, 2, 1)),
        ("", date(2026, 11, 1)),
        ("2025-13", date(2026, 11, 1)),
        ("kemarin", date(2026, 11, 1)),
        ("2025-02-03", date(2026, 11, 1)),
        ("0001-01", EARLIEST),
        ("9999-12", LATEST),
    ],
)
def test_a_month_in_an_address_is_understood_or_it_is_this_one(text: str, first: date) -> None:
    assert month_named(text, TODAY) == first


def test_the_calendar_has_two_ends() -> None:
    assert month_of(EARLIEST, list[Thing](), today=TODAY).before is None
    assert month_of(LATEST, list[Thing](), today=TODAY).after is None
    year = month_of(date(2026, 12, 1), list[Thing](), today=TODAY)
    assert (year.before, year.after) == (date(2026, 11, 1), date(2027, 1, 1))
