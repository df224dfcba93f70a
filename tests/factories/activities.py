"""Events, registrations and attendance for tests, through the services a person would use."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from simpul.activities.details import Details
from simpul.activities.kinds import EventKind, Mode, Question, Visibility
from simpul.activities.models import Event, Participant, Registration, Session
from simpul.activities.passes import new_receipt
from simpul.activities.services.attendance import walk_in
from simpul.activities.services.events import create_event
from simpul.activities.services.life import hold_event, publish_event
from simpul.activities.services.registrations import register
from simpul.kernel.actor import Actor, Anonymous, System
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from tests.factories.organisations import make_organisation

SYSTEM = System("tests")
NOW = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)  # a Monday, nine in the morning at Mataram
START = datetime(2025, 6, 10, 1, 0, tzinfo=UTC)
HOURS = timedelta(hours=3)
TITLE = LocalizedText(id="Belajar menyusun anggaran desa", en="Learning to draw up a village budget")
ALL_QUESTIONS = [question.value for question in Question]

_numbers = count(1)


def make_event(
    host: Organisation | None = None, *, actor: Actor = SYSTEM, published: bool = True, now: datetime = NOW, **more: Any
) -> Event:
    """Announced to everybody, with registration, unless told otherwise."""
    values: dict[str, Any] = {
        "kind": EventKind.WORKSHOP,
        "title": TITLE,
        "starts_at": START,
        "ends_at": more.get("starts_at", START) + HOURS,
        "mode": Mode.ONLINE,
        "visibility": Visibility.PUBLIC,
        "takes_registrations": not more.get("is_sensitive", False),
        "asks": ALL_QUESTIONS,
        **more,
    }
    event = create_event(actor, host or make_organisation(), now=now, **values)
    return publish_event(actor, event, now=now) if published else event


def make_held(host: Organisation | None = None, **more: Any) -> Event:
    """An event that took place."""
    event = make_event(host, **more)
    return hold_event(SYSTEM, event, now=event.ends_at)


def session_of(event: Event) -> Session:
    return Session.objects.select_related("event__owner_organisation").get(event=event)


def somebody(name: str = "", **more: Any) -> Details:
    number = next(_numbers)
    return Details(name=name or f"Peserta {number}", phone=more.pop("phone", f"0812345{number:05d}"), **more)


def enrol(
    event: Event, details: Details | None = None, *, actor: Actor | None = None, now: datetime = NOW, **more: Any
) -> Registration:
    more.setdefault("receipt", new_receipt())
    return register(actor or Anonymous(), event, details=details or somebody(), now=now, **more)


def came(event: Event, *people: Details, now: datetime | None = None) -> list[Participant]:
    """They were at the event's only session."""
    session = session_of(event)
    return [walk_in(SYSTEM, session, details=one, now=now or event.starts_at).attendance.participant for one in people]
