"""What the page of an event shows beside its own: the programme, seats, papers, who may do what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.kinds import Visibility
from simpul.activities.models import Event
from simpul.activities.queries.events import (
    Contributor,
    Doors,
    co_hosts_of,
    contributors_of,
    coverage_of,
    sessions_of,
    steps_of,
)
from simpul.activities.queries.invitations import invitation_to
from simpul.activities.queries.seats import Openness, openness, seats_of
from simpul.activities.rules.papers import EventPaper
from simpul.activities.states import Act, EventState
from simpul.documents.queries import documents_of
from simpul.kernel.actor import Actor, Member
from simpul.web import formats
from simpul.web.activities.rows import said
from simpul.web.activities.waiting import lists_of, panels_of
from simpul.web.activities.when import hours, weekday, when
from simpul.web.components import Panel, Text
from simpul.web.http import Request


@dataclass(frozen=True, slots=True)
class Voice:
    """Who does what. `name` is "" for who did not agree to be named: then what they are says who speaks."""

    part: Text
    name: str
    position: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Point:
    title: str
    minutes: int | None
    voices: Sequence[Voice]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A session. `day` is filled where the event has several."""

    key: UUID
    title: str
    day: str
    clock: str
    track: str
    points: Sequence[Point]


def programme_of(event: Event, *, keeps: bool) -> tuple[list[Stretch], list[Voice]]:
    """Its sessions, and the voices of the event as a whole. Sessions without a word of their own are left out."""
    language = get_language() or "id"
    voices: dict[UUID | None, list[Voice]] = {}
    for row in contributors_of(event, keeps=keeps):
        voices.setdefault(row.item_id, []).append(_voice(row))
    several = event.starts_on != event.ends_on
    parts = []
    for session in sessions_of(event):
        points = [
            Point(said(item.title, language), item.minutes, voices.get(item.pk, [])) for item in session.items.all()
        ]
        day = f"{weekday(session.starts_at.astimezone(event.clock.info).date())}, " if several else ""
        title = said(session.title, language)
        if title or points:
            clock = hours(session.starts_at, session.ends_at, event.clock)
            parts.append(Stretch(session.pk, title, day, clock, session.track, points))
    return parts, voices.get(None, [])


def _voice(row: Contributor) -> Voice:
    return Voice(row.part.label, row.name, row.position, row.organisation)


def seats_told(event: Event, now: datetime) -> dict[str, Any]:
    """Whether one can register, and in a sentence how many seats there are. {} where nobody registers."""
    door = openness(event, now=now)
    if door in {Openness.NONE, Openness.CANCELLED}:
        return {}
    language = get_language() or "id"
    seats = seats_of(event, now=now)
    words: Text = ""
    if door is Openness.NOT_YET and event.registration_opens_at:
        day = formats.moment(event.registration_opens_at, event.clock, language=language)
        words = _("Registration opens on %(day)s.") % {"day": day}
    elif door is Openness.OVER:
        words = _("Registration is closed.")
    elif seats.capacity is not None:
        words = _full(seats.waiting) if seats.is_full else _free(seats.free or 0)
    return {"open": door is Openness.OPEN, "full": seats.is_full, "words": words}


def _free(n: int) -> str:
    number = formats.number(n, language=get_language() or "id")
    return ngettext("%(n)s seat is free.", "%(n)s seats are free.", n) % {"n": number}


def _full(waiting: int) -> str:
    if not waiting:
        return _("All seats are taken. You can wait: whoever cannot come gives their seat back.")
    number = formats.number(waiting, language=get_language() or "id")
    words = ngettext(
        "All seats are taken, and %(n)s person waits. You can wait too.",
        "All seats are taken, and %(n)s people wait. You can wait too.",
        waiting,
    )
    return words % {"n": number}


@dataclass(frozen=True, slots=True)
class Paper:
    key: UUID
    kind: Text
    audience: Text
    title: str
    href: str
    type: Text
    size: int


def told(actor: Actor, event: Event, doors: Doors) -> dict[str, Any]:
    """Who else holds it, what was moved, what there is to read; and the doors behind which it is worked on."""
    moved = event.sequence and event.state is not EventState.CANCELLED
    last = steps_of(event).filter(act=Act.RESCHEDULE).last() if moved else None
    was = (last.was_starts_at, last.was_ends_at) if last else (None, None)
    moved_from = when(was[0], was[1], event.clock) if was[0] and was[1] else ""
    return {
        "series_title": said(event.series.title, get_language() or "id") if event.series else "",
        "co_hosts": [row.organisation for row in co_hosts_of(actor, event)],
        "moved_from": moved_from,
        "moved_because": last.reason if last else "",
        "papers": papers_of(actor, event),
        "coverage": coverage_of(event),
        "cancelled": event.state == EventState.CANCELLED,
        "draft": event.state == EventState.DRAFT,
        "manage": reverse("activities:manage", args=[event.pk]) if doors.keeps else "",
        "receive": reverse("activities:attendance", args=[event.pk]) if doors.receives else "",
        "invitation": invitation_to(actor, event) if doors.is_asked else None,
    }


def papers_of(actor: Actor, event: Event) -> list[Paper]:
    """Those the actor sees. Two queries."""
    papers = []
    for row in documents_of(actor, event.ref):
        newest = row.versions.all()[0]
        title = row.title.open() if row.title else ""
        href = reverse("documents:file", args=[row.pk])
        papers.append(
            Paper(
                row.pk,
                EventPaper(row.kind).label,
                Visibility(row.audience).label,
                title,
                href,
                newest.type.label,
                newest.size,
            )
        )
    return papers


def home_lists(request: Request) -> dict[str, QuerySet[Any, Any]]:
    return lists_of(request.actor, timezone.now()) if isinstance(request.actor, Member) else {}


def home_panels(request: Request) -> list[Panel]:
    return panels_of(request) if isinstance(request.actor, Member) else []
