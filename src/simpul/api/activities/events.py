"""The calendar and one event: reading. `planning` keeps events true."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.activities.answers import questions_of
from simpul.activities.kinds import AnswerKind, EventKind, Mode, Part, Visibility
from simpul.activities.models import Event, EventSeries
from simpul.activities.queries.events import (
    Narrowing,
    calendar_for,
    contributors_of,
    event_for,
    one_series_for,
    series_for,
    sessions_of,
)
from simpul.activities.queries.seats import Openness, openness, seats_of
from simpul.activities.queries.series import regularity
from simpul.activities.rules.events import may_manage
from simpul.activities.states import EventState
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaRef, Day, OrganisationRef, Words, words

router = Router(tags=["events"])


class EventsSought(Shape):
    """Which events."""

    since: Day | None = Field(None, description=prose("Not over before this day."))
    until: Day | None = Field(None, description=prose("Begun before this day."))
    network: UUID | None = Field(None, description=prose("Of a network and its members through any levels."))
    organisation: UUID | None = Field(None, description=prose("Held by it, or with it."))
    series: UUID | None = None
    area: str = Field("", pattern=r"^([0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?)?$", examples=["52.03"])
    kind: EventKind | None = None


class EventLine(Shape):
    """An event as a calendar shows it."""

    id: UUID
    title: Words
    kind: EventKind
    state: EventState
    organisation: OrganisationRef
    series: UUID | None
    number: int | None = Field(description=prose("In its series, across years."))
    mode: Mode
    venue: str
    area: AreaRef | None
    zone: str = Field(examples=["Asia/Makassar"])
    starts_at: datetime
    ends_at: datetime
    starts_on: Day = Field(description=prose("By the calendar in its zone."))
    cancelled_reason: str


class SessionLine(Shape):
    """Attendance is noted for each session."""

    id: UUID
    title: Words | None = Field(description=prose("Null: the event itself."))
    track: str
    starts_at: datetime
    ends_at: datetime


class ContributorLine(Shape):
    """Who does what. The name is empty where they did not agree to be named."""

    part: Part
    name: str
    position: str
    organisation: str


class SeatsLine(Shape):
    """`capacity` and `free` are null where there is no end of seats."""

    registration: Openness
    capacity: int | None
    free: int | None
    waiting: int


class QuestionLine(Shape):
    """Of the organiser's own, answered in `answers` of a registration under its id."""

    id: UUID
    kind: AnswerKind
    label: Words
    choices: list[str]
    is_required: bool


class EventFull(EventLine):
    """An event with its programme. Its ETag names the version you change."""

    summary: Words | None
    visibility: Visibility
    is_sensitive: bool = Field(description=prose("Heads are counted; nobody is registered or named."))
    recording_url: str
    asks: list[str] = Field(description=prose("What registration asks beside a name and a way to be reached."))
    seats: SeatsLine
    questions: list[QuestionLine]
    sessions: list[SessionLine]
    contributors: list[ContributorLine]


class SeriesLine(Shape):
    id: UUID
    title: Words
    kind: EventKind
    organisation: OrganisationRef
    rhythm: str
    starts_on: Day


class SeriesSpan(Shape):
    since: Day = Field(description=prose("The first day."))
    until: Day = Field(description=prose("The first day it no longer holds."))


class SeriesFull(SeriesLine):
    """How regular it was: turns held, of those due. `missed` are their first days."""

    due: int
    held: int
    missed: list[Day]


@router.get(
    "/events",
    **told(prose("The calendar"), prose("Events in the order of their beginning."), response=Page[EventLine]),
)
def list_events(request: Call, sought: Query[EventsSought], cut: Query[Cut]) -> Page[EventLine]:
    narrowed = Narrowing(
        network=sought.network, organisation=sought.organisation, series=sought.series, area_code=sought.area,
        kinds=[sought.kind] if sought.kind else (),
    )  # fmt: skip
    first, until = sought.since or date.min, sought.until or date.max
    rows = calendar_for(request.actor, first=first, until=until, narrowed=narrowed)
    return page_of(request, rows, cut, lambda found: [line(row) for row in found], by=("starts_at", "pk"))


@router.get("/events/{uuid:event_id}", **told(prose("Read an event"), response=EventFull))
def read_event(request: Call, event_id: UUID) -> EventFull:
    return full(request, event_for(request.actor, event_id))


@router.get("/event-series", **told(prose("Series of events"), response=Page[SeriesLine]))
def list_event_series(request: Call, cut: Query[Cut]) -> Page[SeriesLine]:
    return page_of(request, series_for(request.actor), cut, lambda rows: [series_line(row) for row in rows])


@router.get(
    "/event-series/{uuid:series_id}",
    **told(prose("How regular a series is"), prose("Weeks or months held, of those due."), response=SeriesFull),
)
def read_event_series(request: Call, series_id: UUID, asked: Query[SeriesSpan]) -> SeriesFull:
    row = one_series_for(request.actor, series_id)
    found = regularity(row, start=asked.since, until=asked.until)
    return SeriesFull(**series_line(row).model_dump(), due=found.due, held=found.held, missed=list(found.missed))


def line(row: Event) -> EventLine:
    return EventLine(**_line(row))


def full(call: Call, row: Event) -> EventFull:
    """With its version for the ETag."""
    call.version = row.version
    now = timezone.now()
    seats = seats_of(row, now=now)
    return EventFull(
        **_line(row), summary=words(row.summary), visibility=Visibility(row.visibility),
        is_sensitive=row.is_sensitive, recording_url=row.recording_url, asks=row.asks,
        seats=SeatsLine(
            registration=openness(row, now=now), capacity=seats.capacity, free=seats.free, waiting=seats.waiting
        ),
        questions=[
            QuestionLine(
                id=q.pk, kind=AnswerKind(q.kind), label=words(q.label) or {}, choices=q.choices,
                is_required=q.is_required,
            )
            for q in questions_of(row)
        ],
        sessions=[
            SessionLine(id=s.pk, title=words(s.title), track=s.track, starts_at=s.starts_at, ends_at=s.ends_at)
            for s in sessions_of(row)
        ],
        contributors=[
            ContributorLine(part=c.part, name=c.name, position=c.position, organisation=c.organisation)
            for c in contributors_of(row, keeps=may_manage(call.actor, row))
        ],
    )  # fmt: skip


def _line(row: Event) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": words(row.title) or {},
        "kind": row.kind,
        "state": row.state,
        "organisation": OrganisationRef.of(row.owner_organisation),
        "series": row.series_id,
        "number": row.number,
        "mode": row.mode,
        "venue": row.venue,
        "area": AreaRef.of(row.area),
        "zone": row.zone,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "starts_on": row.starts_on,
        "cancelled_reason": row.cancelled_reason,
    }


def series_line(row: EventSeries) -> SeriesLine:
    return SeriesLine(
        id=row.pk, title=words(row.title) or {}, kind=EventKind(row.kind),
        organisation=OrganisationRef.of(row.owner_organisation), rhythm=row.rhythm, starts_on=row.starts_on,
    )  # fmt: skip
