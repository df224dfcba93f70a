"""What waits: overdue, today, soon, standing still; only of what the reader may see."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from simpul.deadlines import services
from simpul.deadlines.models import Clock
from simpul.deadlines.queries import Shelf, board, board_count
from simpul.kernel.actor import System
from simpul.kernel.time import Zone
from simpul.organisations.models import Organisation
from tests.cast import Cast
from tests.deadlines.conftest import KIND
from tests.deadlines.test_clocks import started

BUILDER = System("tests")
EVERY: QuerySet[Organisation] = Organisation.objects.filter()


def codes(cast: Cast, shelf: Shelf, now: datetime, visible: QuerySet[Organisation] = EVERY) -> list[str]:
    page = board(visible, shelf, kind=KIND, owners=[cast.lentera.pk], zone=Zone.WITA, now=now)
    return [clock.code for clock in page.clocks]


def test_each_clock_is_on_its_shelf(cast: Cast) -> None:
    for code in ("P02", "D01", "P01", "D16"):  # 24 hours, 72 hours, 5 days, 60 days
        started(cast, code)
    now = cast.now  # Friday 7 February, 10.00 in Lombok
    assert codes(cast, Shelf.OVERDUE, now) == []
    assert codes(cast, Shelf.SOON, now) == ["P02", "D01"]
    tomorrow = now + timedelta(hours=20)
    assert codes(cast, Shelf.TODAY, tomorrow) == ["P02"]
    assert codes(cast, Shelf.OVERDUE, now + timedelta(days=1)) == ["P02"]
    assert codes(cast, Shelf.TODAY, datetime.fromisoformat("2025-02-12T15:00+08:00")) == ["P01"]
    assert codes(cast, Shelf.OVERDUE, datetime.fromisoformat("2025-02-13T00:00+08:00")) == ["P02", "D01", "P01"]


def test_what_stands_still_is_apart(cast: Cast) -> None:
    services.pause_clock(BUILDER, started(cast), reason="waiting_for_person", now=cast.now)
    later = cast.now + timedelta(days=30)
    assert codes(cast, Shelf.PAUSED, later) == ["P01"]
    assert codes(cast, Shelf.OVERDUE, later) == []


def test_what_is_out_of_sight_is_not_there(cast: Cast) -> None:
    started(cast)
    later = cast.now + timedelta(days=30)
    hidden = Organisation.objects.exclude(pk=cast.lentera.pk)
    assert codes(cast, Shelf.OVERDUE, later, hidden) == []
    sight = {"kind": KIND, "owners": [cast.lentera.pk], "zone": Zone.WITA, "now": later}
    assert board_count(hidden, Shelf.OVERDUE, **sight) == 0  # type: ignore[arg-type]
    assert board_count(EVERY, Shelf.OVERDUE, **sight) == 1  # type: ignore[arg-type]
    assert board_count(EVERY, Shelf.OVERDUE, **{**sight, "owners": [cast.forum.pk]}) == 0  # type: ignore[arg-type]


def test_pages_follow_one_another_without_a_gap(cast: Cast) -> None:
    for code in ("D06", "D07", "D08", "P02", "D01"):
        started(cast, code)
    later = cast.now + timedelta(days=30)
    seen: list[Clock] = []
    after = None
    while True:
        page = board(
            EVERY, Shelf.OVERDUE, kind=KIND, owners=[cast.lentera.pk], zone=Zone.WITA, now=later, after=after, limit=2
        )
        seen += page.clocks
        after = page.next
        if after is None:
            break
    assert [clock.pk for clock in seen] == [c.pk for c in Clock.objects.order_by("due_at", "id")]
    assert len(seen) == 5
