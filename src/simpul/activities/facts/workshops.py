"""Workshops: who came, who spoke, whose voices were noted, what was agreed. As they were known on a day.

Rows are of all events; a figure counts those of events that its reader may see.
"""

from datetime import datetime

from django.db.models import QuerySet

from simpul.activities.facts.events import held_events
from simpul.activities.kinds import EventKind, Part
from simpul.activities.models import Contribution, Event, Outcome, Voice
from simpul.activities.result_kinds import OutcomeKind
from simpul.kernel.time import Period
from simpul.records.models import known_at


def workshops(
    *, period: Period | None = None, as_of: datetime | None = None, area_code: str | None = None
) -> QuerySet[Event]:
    """Those at which people are named."""
    rows = held_events(period=period, as_of=as_of, area_code=area_code)
    return rows.filter(kind=EventKind.WORKSHOP, is_sensitive=False)


def speakers_at(events: QuerySet[Event], *, as_of: datetime | None = None) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(part=Part.SPEAKER, event__in=events.values("pk"))
    return rows.filter(recorded_at__lte=as_of) if as_of is not None else rows


def voices_at(events: QuerySet[Event], *, as_of: datetime | None = None) -> QuerySet[Voice]:
    return Voice.objects.filter(known_at(as_of), consultation=None, event__in=events.values("pk"))


def schemes_agreed(
    *, period: Period | None = None, as_of: datetime | None = None, area_code: str | None = None
) -> QuerySet[Outcome]:
    """How organisations are to be strengthened, as agreed at events that began in the period."""
    events = held_events(period=period, as_of=as_of, area_code=area_code)
    return Outcome.objects.filter(known_at(as_of), kind=OutcomeKind.SCHEME, event__in=events.values("pk"))
