"""Which meetings a report may be of: events that began, and each session of those that have several."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.utils import formats, timezone

from simpul.activities.kinds import Mode
from simpul.activities.models import Event, Session
from simpul.activities.queries.events import events_received_for
from simpul.kernel.actor import Actor

MOST: Final = 30


def meetings_of(actor: Actor) -> dict[str, str]:
    """Key -> words, the last first. Where people may be noted by name and can be elsewhere. Two queries."""
    rows = events_received_for(actor).filter(is_sensitive=False, cancelled_at=None, closed_at=None)
    rows = rows.exclude(mode=Mode.PLACE).filter(starts_at__lte=timezone.now()).order_by("-starts_at", "-pk")
    return dict(pair for row in rows.prefetch_related("sessions")[:MOST] for pair in _offered(row))


def _offered(event: Event) -> Iterator[tuple[str, str]]:
    """The whole of it, unless two rooms were open at a time: then nobody can tell who was in which."""
    called = f"{event.title}, {formats.date_format(event.starts_on)}"
    sessions = sorted(event.sessions.all(), key=lambda row: (row.starts_at, row.track))
    if not _at_once(sessions):
        yield str(event.pk), called
    if len(sessions) > 1:
        yield from ((str(row.pk), f"{called} · {_named(row, event)}") for row in sessions)


def _at_once(sessions: Sequence[Session]) -> bool:
    return any(later.starts_at < sooner.ends_at for sooner, later in pairwise(sessions))


def _named(session: Session, event: Event) -> str:
    clock = session.starts_at.astimezone(event.clock.info).strftime("%H.%M")
    return " · ".join(str(words) for words in (session.title or clock, session.track) if words)


def meeting_meant(key: UUID) -> tuple[Event, dict[str, str]]:
    """The event, and the options of the import. `key` was offered before."""
    session = Session.objects.filter(pk=key).select_related("event").first()
    if session is not None:
        return session.event, {"event": str(session.event_id), "session": str(session.pk)}
    event = Event.objects.get(pk=key)
    return event, {"event": str(event.pk)}
