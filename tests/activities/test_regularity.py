"""Weeks held, of weeks due: across years, zones and breaks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from simpul.activities.kinds import Rhythm
from simpul.activities.models import EventSeries
from simpul.activities.queries.series import regularity
from simpul.activities.regularity import turns_of
from simpul.activities.services.series import add_break
from simpul.kernel.time import Zone
from simpul.organisations.models import Organisation
from tests.factories.activities import NOW, SYSTEM, make_held
from tests.factories.organisations import make_organisation

SEVEN = datetime(2025, 12, 15, 12, 0, tzinfo=UTC)  # a Monday evening


def series_of(rhythm: str, starts_on: date, ends_on: date | None = None) -> EventSeries:
    return EventSeries(rhythm=rhythm, starts_on=starts_on, ends_on=ends_on)


def starts(series: EventSeries, start: date, until: date, *breaks: tuple[date, date]) -> list[str]:
    return [turn.start.isoformat() for turn in turns_of(series, breaks, start=start, until=until)]


def test_weeks_are_told_by_their_mondays_so_none_is_lost_where_a_year_ends() -> None:
    found = starts(series_of(Rhythm.WEEKLY, date(2025, 12, 17)), date(2025, 12, 1), date(2026, 1, 20))
    assert found == ["2025-12-15", "2025-12-22", "2025-12-29", "2026-01-05", "2026-01-12"]


def test_fortnights_go_on_from_the_first_and_months_by_the_calendar() -> None:
    fortnights = series_of(Rhythm.FORTNIGHTLY, date(2025, 12, 17))
    assert starts(fortnights, date(2025, 12, 29), date(2026, 2, 1)) == ["2025-12-29", "2026-01-12"]
    months = series_of(Rhythm.MONTHLY, date(2024, 11, 30), date(2025, 2, 3))
    assert starts(months, date(2024, 1, 1), date(2026, 1, 1)) == [
        "2024-11-01",
        "2024-12-01",
        "2025-01-01",
        "2025-02-01",
    ]
    assert starts(series_of(Rhythm.NONE, date(2024, 1, 1)), date(2024, 1, 1), date(2026, 1, 1)) == []


def test_none_is_due_in_a_week_with_a_break_nor_in_one_that_is_not_over() -> None:
    weekly = series_of(Rhythm.WEEKLY, date(2025, 3, 3))
    found = starts(weekly, date(2025, 3, 1), date(2025, 4, 2), (date(2025, 3, 12), date(2025, 3, 18)))
    assert found == ["2025-03-03", "2025-03-24"]


@pytest.fixture
def weekly(db: None) -> tuple[Organisation, EventSeries]:
    host = make_organisation()
    series = EventSeries.objects.create(
        owner_organisation=host,
        title={"id": "Semidaring"},
        kind="EV.05",
        visibility="public",
        rhythm=Rhythm.WEEKLY,
        zone=Zone.WIB,
        starts_on=date(2025, 12, 15),
        created_at=NOW,
    )
    return host, series


def held_on(weekly: tuple[Organisation, EventSeries], *days: int, zone: str = "", at: datetime = SEVEN) -> None:
    host, series = weekly
    for day in days:
        make_held(host, series=series, zone=zone, starts_at=at + timedelta(days=day))


def test_a_week_held_twice_counts_once_and_makes_up_for_no_other(weekly: tuple[Organisation, EventSeries]) -> None:
    held_on(weekly, 0, 2, 14, 21)
    found = regularity(weekly[1], start=date(2025, 12, 15), until=date(2026, 1, 12))
    assert (found.held, found.due, found.missed) == (3, 4, (date(2025, 12, 22),))
    add_break(
        SYSTEM,
        weekly[1],
        valid_from=date(2025, 12, 24),
        valid_until=date(2025, 12, 27),
        reason="Libur akhir tahun",
        now=NOW,
    )
    found = regularity(weekly[1], start=date(2025, 12, 15), until=date(2026, 1, 12))
    assert (found.held, found.due, found.missed) == (3, 3, ())


def test_an_event_in_another_zone_falls_into_the_week_of_the_series_zone(
    weekly: tuple[Organisation, EventSeries],
) -> None:
    # Monday 00.30 at Jayapura is still Sunday at Jakarta.
    held_on(weekly, 0, zone=Zone.WIT, at=datetime(2025, 12, 21, 15, 30, tzinfo=UTC))
    found = regularity(weekly[1], start=date(2025, 12, 15), until=date(2025, 12, 29))
    assert (found.held, found.missed) == (1, (date(2025, 12, 22),))
