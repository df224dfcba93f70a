"""What somebody organises: for which organisations, which series, which events."""

from datetime import date, timedelta
from typing import Any, Final

from simpul.activities.models import CoHost, Event, EventSeries
from simpul.activities.queries.events import events_kept_for, series_for
from simpul.activities.rules.events import OWNER
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisations_for
from simpul.organisations.rules.organisations import within
from simpul.web.activities.rows import EventRow, event_rows

MOST_HOSTS: Final = 200
MOST_SERIES: Final = 60
MOST_DRAFTS: Final = 30
MOST_COMING: Final = 50
MOST_PAST: Final = 30
PAST: Final = timedelta(days=400)


def hosts_of(actor: Actor) -> list[Organisation]:
    """Those for which the actor may hold events, by name. One query."""
    rows = organisations_for(actor).filter(within(actor.scope(MANAGE))).select_related("seat")
    return list(rows.order_by("name")[:MOST_HOSTS])


def series_kept(actor: Actor) -> list[EventSeries]:
    """One query."""
    return list(series_for(actor).filter(within(actor.scope(MANAGE), OWNER)).order_by("-starts_on")[:MOST_SERIES])


def kept_lists(actor: Actor, today: date) -> dict[str, Any]:
    """And who asks to hold one together. Four queries."""
    rows = events_kept_for(actor)
    drafts = rows.filter(published_at=None, held_at=None, cancelled_at=None).order_by("-created_at")
    announced = rows.exclude(published_at=None, held_at=None)
    coming = announced.filter(ends_on__gte=today).order_by("starts_at", "pk")
    past = announced.filter(ends_on__lt=today, ends_on__gte=today - PAST).order_by("-starts_at", "pk")

    asked = CoHost.objects.filter(within(actor.scope(MANAGE), "organisation__"), confirmed_at=None)
    asked = asked.filter(event__cancelled_at=None, event__ends_on__gte=today)

    def worded(found: list[Event]) -> list[EventRow]:
        return event_rows(found, today)

    return {
        "asked": list(asked.select_related("event__owner_organisation", "organisation")[:MOST_DRAFTS]),
        "drafts": worded(list(drafts[:MOST_DRAFTS])),
        "coming": worded(list(coming[:MOST_COMING])),
        "past": worded(list(past[:MOST_PAST])),
    }
