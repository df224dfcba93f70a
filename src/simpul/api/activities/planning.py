"""Planning events: made, changed, planned again, announced, moved, cancelled, held, closed; how many seats."""

from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from pydantic import Field

from simpul.activities.kinds import EventKind, Mode, Question, Visibility
from simpul.activities.queries.events import event_for, one_series_for
from simpul.activities.services.events import change_event, clone_event, create_event
from simpul.activities.services.life import (
    cancel_event,
    close_event,
    hold_event,
    publish_event,
    reopen_event,
    reschedule_event,
)
from simpul.activities.services.seats import set_capacity
from simpul.api.activities.events import EventFull, full, router
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.profiles import area_named
from simpul.api.prose import prose
from simpul.api.shapes import AreaCode, Instant, OwnKey, Sent, Words, localized, needed_words
from simpul.organisations.queries.profiles import organisation_for

WRITE: Final = ("events:write",)


class EventSaid(Sent):
    """What is said of an event; only the fields that are sent."""

    summary: Words | None = None
    venue: str = Field("", max_length=200)
    area: AreaCode | None = None
    recording_url: str = Field("", max_length=200)
    is_sensitive: bool = Field(False, description=prose("Heads are counted; nobody is registered or named."))
    takes_registrations: bool = False
    registration_opens_at: Instant | None = None
    registration_closes_at: Instant | None = None
    asks: list[Question] = Field([], max_length=20)


class NewEvent(EventSaid):
    id: OwnKey = None
    organisation: UUID
    kind: EventKind
    title: Words
    starts_at: Instant
    ends_at: Instant
    zone: str = Field("", max_length=20, description=prose("Empty: that of the place, or of the organisation."))
    mode: Mode
    visibility: Visibility
    capacity: int | None = Field(None, ge=1, le=100_000)
    series: UUID | None = None
    number: int | None = Field(None, ge=1, le=100_000, description=prose("Null: the next of its series."))


class EventChange(EventSaid):
    title: Words | None = None
    kind: EventKind | None = None
    mode: Mode | None = None
    visibility: Visibility | None = None


class Copy(Sent):
    id: OwnKey = None
    starts_at: Instant


class Times(Sent):
    starts_at: Instant
    ends_at: Instant
    reason: str = Field("", max_length=300, description=prose("Those who registered read it."))


class Because(Sent):
    reason: str = Field("", max_length=300)


class SeatNumber(Sent):
    capacity: int | None = Field(ge=1, le=100_000, description=prose("Null: no end of seats."))


def _said(sent: EventSaid) -> dict[str, Any]:
    """What was sent of what an event says, as services take it."""
    known = EventSaid.model_fields.keys() | {"title", "kind", "mode", "visibility"}
    said: dict[str, Any] = {name: getattr(sent, name) for name in sent.model_fields_set if name in known}
    if "summary" in said:
        said["summary"] = localized("summary", sent.summary)
    if "area" in said:
        said["area"] = area_named("area", sent.area)
    if "title" in said:
        said["title"] = needed_words("title", said["title"] or {})
    return said


@router.post(
    "/events",
    **told(
        prose("Plan an event"), prose("A draft, seen by its organisers until it is announced."), response=EventFull,
        status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def plan_event(request: Call, sent: NewEvent) -> EventFull:
    series = one_series_for(request.actor, sent.series) if sent.series else None
    row = create_event(
        request.actor, organisation_for(request.actor, sent.organisation), **_said(sent), starts_at=sent.starts_at,
        ends_at=sent.ends_at, zone=sent.zone, capacity=sent.capacity, series=series, number=sent.number, id=sent.id,
        now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_event", args=[row.pk])
    return full(request, event_for(request.actor, row.pk))


@router.patch(
    "/events/{uuid:event_id}",
    **told(
        prose("Change an event"), prose("Only the fields that are sent. Its time and seats are changed apart."),
        response=EventFull, scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_planned_event(request: Call, event_id: UUID, sent: EventChange) -> EventFull:
    seen = seen_version(request)
    row = event_for(request.actor, event_id)
    change_event(request.actor, row, seen=seen, **_said(sent), now=timezone.now())
    return full(request, event_for(request.actor, event_id))


@router.post(
    "/events/{uuid:event_id}/copies",
    **told(
        prose("Plan the same again"), prose("A draft with its programme, at another time. Nobody comes along."),
        response=EventFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def copy_event(request: Call, event_id: UUID, sent: Copy) -> EventFull:
    row = event_for(request.actor, event_id)
    made = clone_event(request.actor, row, starts_at=sent.starts_at, id=sent.id, now=timezone.now())
    request.location = reverse("api:read_event", args=[made.pk])
    return full(request, event_for(request.actor, made.pk))


@router.post(
    "/events/{uuid:event_id}/announce",
    **told(prose("Announce an event"), response=EventFull, scopes=WRITE, needs_token=True),
)
def announce_event(request: Call, event_id: UUID) -> EventFull:
    publish_event(request.actor, event_for(request.actor, event_id), now=timezone.now())
    return full(request, event_for(request.actor, event_id))


@router.post(
    "/events/{uuid:event_id}/move",
    **told(
        prose("Move an event"), prose("Its sessions move with it; those who registered are told."),
        response=EventFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def move_event(request: Call, event_id: UUID, sent: Times) -> EventFull:
    row = event_for(request.actor, event_id)
    reschedule_event(request.actor, row, **dict(sent), now=timezone.now())
    return full(request, event_for(request.actor, event_id))


@router.post(
    "/events/{uuid:event_id}/cancel",
    **told(
        prose("Cancel an event"), prose("With the reason, which those who registered read."), response=EventFull,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def cancel_planned_event(request: Call, event_id: UUID, sent: Because) -> EventFull:
    cancel_event(request.actor, event_for(request.actor, event_id), reason=sent.reason, now=timezone.now())
    return full(request, event_for(request.actor, event_id))


@router.post(
    "/events/{uuid:event_id}/hold",
    **told(prose("Note that an event was held"), response=EventFull, scopes=WRITE, needs_token=True),
)
def note_event_held(request: Call, event_id: UUID) -> EventFull:
    hold_event(request.actor, event_for(request.actor, event_id), now=timezone.now())
    return full(request, event_for(request.actor, event_id))


@router.post(
    "/events/{uuid:event_id}/close",
    **told(
        prose("Close an event"), prose("For good, or until opened."), response=EventFull, scopes=WRITE, needs_token=True
    ),
)
def close_held_event(request: Call, event_id: UUID) -> EventFull:
    close_event(request.actor, event_for(request.actor, event_id), now=timezone.now())
    return full(request, event_for(request.actor, event_id))


@router.post(
    "/events/{uuid:event_id}/reopen",
    **told(prose("Open a closed event again"), response=EventFull, scopes=WRITE, needs_token=True),
)
def reopen_closed_event(request: Call, event_id: UUID, sent: Because) -> EventFull:
    reopen_event(request.actor, event_for(request.actor, event_id), reason=sent.reason, now=timezone.now())
    return full(request, event_for(request.actor, event_id))


@router.put(
    "/events/{uuid:event_id}/capacity",
    **told(
        prose("Set the number of seats"), prose("More of them go to those who wait."), response=EventFull,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def set_event_capacity(request: Call, event_id: UUID, sent: SeatNumber) -> EventFull:
    row = event_for(request.actor, event_id)
    set_capacity(request.actor, row, capacity=sent.capacity, now=timezone.now())
    return full(request, event_for(request.actor, event_id))
