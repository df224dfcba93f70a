"""`simpul check` says when nobody watches, and when working days are a guess."""

from datetime import UTC, datetime, timedelta

from simpul.deadlines.health import calendars_are_decided, clocks_are_watched
from simpul.kernel.health import Level
from tests.cast import Cast
from tests.deadlines.test_clocks import started


def test_clocks_nobody_looks_at_are_a_failure(cast: Cast) -> None:
    clock = started(cast)
    assert [f.level for f in clocks_are_watched(cast.now)] == [Level.OK]
    assert [f.level for f in clocks_are_watched(clock.due_at + timedelta(hours=1))] == [Level.FAIL]


def test_a_year_without_its_decree_is_a_warning(db: None) -> None:
    assert list(calendars_are_decided(datetime(2026, 6, 1, tzinfo=UTC))) == []
    found = list(calendars_are_decided(datetime(2027, 10, 2, tzinfo=UTC)))
    assert [f.level for f in found] == [Level.WARN]
    assert "2028" in found[0].message
