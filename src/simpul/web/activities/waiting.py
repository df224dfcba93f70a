"""What of events waits for somebody on their home: a door to keep today, people in line, invitations to answer."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from simpul.activities.models import Event, Registration
from simpul.activities.queries.events import events_received_for
from simpul.activities.queries.invitations import asked_of
from simpul.activities.rules.events import RECORD, kept_by
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone, local_date
from simpul.web.activities.rows import event_rows
from simpul.web.components import Panel
from simpul.web.http import Request

TODAY, LINE, ASKED = "events_today", "events_line", "events_asked"
BEFORE: Final = timedelta(hours=12)  # the door is looked at from the morning on
AFTER: Final = timedelta(hours=6)  # and late arrivals are noted for a while
SHOWN: Final = 3


def lists_of(actor: Actor, now: datetime) -> dict[str, QuerySet[Any, Any]]:
    """For who receives people, who keeps events, who answers for an organisation."""
    found: dict[str, QuerySet[Any, Any]] = {}
    if actor.scope(RECORD):
        found[TODAY] = _today(actor, now)
    if actor.scope(MANAGE):
        found[LINE] = _line(actor, now)
    if found:
        found[ASKED] = asked_of(actor, now=now)
    return found


def _today(actor: Actor, now: datetime) -> QuerySet[Event]:
    rows = events_received_for(actor).filter(cancelled_at=None, closed_at=None, published_at__isnull=False)
    return rows.filter(starts_at__lte=now + BEFORE, ends_at__gte=now - AFTER).order_by("starts_at", "pk")


def _line(actor: Actor, now: datetime) -> QuerySet[Registration]:
    events = Event.objects.filter(kept_by(actor), starts_at__gt=now, cancelled_at=None, capacity__isnull=False)
    rows = Registration.objects.filter(event__in=events, seated_at=None, offered_until=None)
    return rows.filter(withdrawn_at=None, lapsed_at=None)


def panels_of(request: Request) -> list[Panel]:
    """A card for each; a query for each list that holds something."""
    now, tally = timezone.now(), request.tally
    today = list(_today(request.actor, now)[:SHOWN]) if tally.get(TODAY) else []
    asked = list(asked_of(request.actor, now=now)[:SHOWN]) if tally.get(ASKED) else []
    rows = event_rows(today, local_date(now, Zone.WIB))
    cards: list[dict[str, object]] = [{"today": [row]} for row in rows]
    cards += [{"asked": [one]} for one in asked]
    if line := tally.get(LINE, 0):
        cards.append({"line": line})
    return [Panel("activities/waiting.html", card, "waiting", 20) for card in cards]
