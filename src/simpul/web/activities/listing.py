"""What the calendar asks for: the events of a month, those that come, each list with an end."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.activities.models import Event
from simpul.activities.queries.events import Narrowing, calendar_for, upcoming_for
from simpul.kernel.actor import Actor
from simpul.web.activities.grid import Day, Month, month_of, next_month
from simpul.web.activities.rows import EventRow, event_rows
from simpul.web.territory.maps import AreaMap

PAGE: Final = 25
MOST_IN_MONTH: Final = 1000
AHEAD: Final = timedelta(days=400)
BEHIND: Final = timedelta(days=92)
Mark = tuple[datetime, UUID]


def in_month(actor: Actor, first: date, narrowing: Narrowing) -> tuple[list[Event], bool]:
    """Those that have a day in it, in their order, and whether there were more than a page can bear. One query."""
    rows = calendar_for(actor, first=first, until=next_month(first), narrowed=narrowing)
    found = list(rows[: MOST_IN_MONTH + 1])
    return found[:MOST_IN_MONTH], len(found) > MOST_IN_MONTH


def sheet_of(first: date, events: Sequence[Event], today: date, off: Collection[date]) -> Month[EventRow]:
    """Only what is shown is put into words."""
    bare = month_of(first, events, today=today, off=off)
    weeks = [[_worded(day, today) for day in week] for week in bare.weeks]
    return Month(bare.first, weeks)


def _worded(day: Day[Event], today: date) -> Day[EventRow]:
    return Day(day.on, day.inside, day.today, day.off, event_rows(day.events, today), day.more)


def coming(actor: Actor, since: date, narrowing: Narrowing, *, after: Mark | None = None) -> tuple[list[Event], str]:
    """A page of those not over on that day, the next first, and the mark of the page after it. One query."""
    rows = upcoming_for(actor, since=since, narrowed=narrowing)
    if after:
        instant, key = after
        rows = rows.filter(Q(starts_at__gt=instant) | Q(starts_at=instant, pk__gt=key))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], marked(found[PAGE - 1]) if len(found) > PAGE else ""


def marked(event: Event) -> str:
    return f"{event.starts_at.isoformat()}_{event.pk}"


def read_mark(text: str) -> Mark | None:
    """The first page where it is none."""
    instant, _between, key = text.partition("_")
    try:
        found = datetime.fromisoformat(instant), UUID(key)
    except ValueError:
        return None
    return found if found[0].tzinfo else None


def count_from(shown: AreaMap) -> int:
    """How many stand on the map."""
    return sum(int(row.value or 0) for row in shown.rows)
