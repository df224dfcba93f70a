"""Action points (*RTL*): what was agreed at an event, whose it is, until when."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from simpul.activities.models import ActionPoint, ActionState
from simpul.activities.queries.actions import action_for, actions_of, brought_for, kept_actions
from simpul.activities.queries.events import event_for
from simpul.activities.services.actions import LONGEST, add_action, change_action, drop_action, finish_action
from simpul.api.callers import Call, require_token
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.applications import organisation_or_none
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OrganisationRef, OwnKey, Sent
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.kernel.time import local_date
from simpul.people.models import Person

router = Router(tags=["outcomes"])
WRITING: Final[dict[str, Any]] = {"scopes": ("events:write",), "needs_token": True}


class ActionLine(Shape):
    """What was agreed. Its ETag names the version you change."""

    id: UUID
    event: UUID
    words: str
    state: ActionState = Field(description=prose("Today, by the calendar of the event's zone."))
    due_on: Day
    first_due_on: Day = Field(description=prose("The day that was promised first."))
    owner: str = Field(description=prose("Whose it is: somebody with an account, an organisation, or a name alone."))
    organisation: OrganisationRef | None
    is_mine: bool
    outcome: str = Field(description=prose("What came of it, or why it was dropped."))
    ended_at: datetime | None


class EventActions(Shape):
    agreed: list[ActionLine]
    brought: list[ActionLine] = Field(
        description=prose("Left open by earlier meetings of the series: what this one opens with.")
    )


class NewAction(Sent):
    """Whose it is: yours, an organisation's, or somebody's by name."""

    id: OwnKey = None
    words: str = Field(max_length=LONGEST)
    due_on: Day
    is_mine: bool = False
    organisation: UUID | None = None
    owner_name: str = Field("", max_length=160)


class ActionChange(Sent):
    words: str = Field(max_length=LONGEST)
    due_on: Day


class ActionOutcome(Sent):
    outcome: str = Field("", max_length=LONGEST, description=prose("A sentence for the next meeting."))


class ActionDropped(Sent):
    reason: str = Field(max_length=LONGEST)


@router.get(
    "/actions",
    **told(
        prose("Open action points"), prose("Yours, your organisation's, and of events you keep; the next due first."),
        response=Page[ActionLine], **WRITING,
    ),
)  # fmt: skip
def list_actions(request: Call, cut: Query[Cut]) -> Page[ActionLine]:
    rows = kept_actions(_reader(request))
    return page_of(request, rows, cut, lambda found: [_line(request, row) for row in found], by=("due_on", "pk"))


@router.get(
    "/events/{uuid:event_id}/actions",
    **told(prose("What was agreed at an event"), response=EventActions, **WRITING),
)
def read_event_actions(request: Call, event_id: UUID) -> EventActions:
    event = event_for(request.actor, event_id)
    return EventActions(
        agreed=[_line(request, row) for row in actions_of(request.actor, event)],
        brought=[_line(request, row) for row in brought_for(request.actor, event)],
    )


@router.post(
    "/events/{uuid:event_id}/actions",
    **told(
        prose("Write down an action point"), prose("Its owner is told."), response=ActionLine, status=201, **WRITING
    ),
)
def create_action(request: Call, event_id: UUID, sent: NewAction) -> ActionLine:
    row = add_action(
        request.actor, event_for(request.actor, event_id), words=sent.words, due_on=sent.due_on, id=sent.id,
        person=_myself(request) if sent.is_mine else None, owner_name=sent.owner_name,
        organisation=organisation_or_none(request, sent.organisation), now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_action", args=[row.pk])
    return _answer(request, row.pk)


@router.get("/actions/{uuid:action_id}", **told(prose("Read an action point"), response=ActionLine, **WRITING))
def read_action(request: Call, action_id: UUID) -> ActionLine:
    return _answer(request, action_id)


@router.put(
    "/actions/{uuid:action_id}",
    **told(
        prose("Change or move an action point"), prose("The day promised first is kept."), response=ActionLine,
        versioned=True, **WRITING,
    ),
)  # fmt: skip
def replace_action(request: Call, action_id: UUID, sent: ActionChange) -> ActionLine:
    row = action_for(_reader(request), action_id)
    seen = seen_version(request)
    change_action(request.actor, row, words=sent.words, due_on=sent.due_on, seen=seen, now=timezone.now())
    return _answer(request, action_id)


@router.post(
    "/actions/{uuid:action_id}/finish",
    **told(prose("Say that it is done"), prose("Its owner, or who keeps the event."), response=ActionLine, **WRITING),
)
def finish_promised(request: Call, action_id: UUID, sent: ActionOutcome) -> ActionLine:
    row = action_for(_reader(request), action_id)
    finish_action(request.actor, row, outcome=sent.outcome, now=timezone.now())
    return _answer(request, action_id)


@router.post(
    "/actions/{uuid:action_id}/drop",
    **told(prose("Say that it is not done any more"), prose("The reason is kept."), response=ActionLine, **WRITING),
)
def drop_promised(request: Call, action_id: UUID, sent: ActionDropped) -> ActionLine:
    row = action_for(_reader(request), action_id)
    drop_action(request.actor, row, reason=sent.reason, now=timezone.now())
    return _answer(request, action_id)


def _reader(call: Call) -> Actor:
    """An organisation's token reads nothing that whoever answers for it has promised of their own."""
    bearer = require_token(call)
    return bearer.actor if bearer.organisation_id is None else replace(bearer.actor, person_id=None)


def _myself(call: Call) -> Person:
    me = _reader(call).person_id
    found = Person.objects.filter(pk=me).first() if me else None
    if found is None:
        raise Invalid("owner_needed", "is_mine", message=_("This token is nobody's own. Say whose it is."))
    return found


def _answer(call: Call, action_id: UUID) -> ActionLine:
    row = action_for(_reader(call), action_id)
    call.version = row.version
    return _line(call, row)


def _line(call: Call, row: ActionPoint) -> ActionLine:
    return ActionLine(
        id=row.pk, event=row.event_id, words=row.words, state=row.state_on(local_date(timezone.now(), row.event.clock)),
        due_on=row.due_on, first_due_on=row.first_due_on, owner=_owner(row),
        organisation=OrganisationRef.of(row.organisation) if row.organisation else None,
        is_mine=row.person_id is not None and row.person_id == _reader(call).person_id, outcome=row.outcome,
        ended_at=row.done_at or row.dropped_at,
    )  # fmt: skip


def _owner(row: ActionPoint) -> str:
    if row.person is not None:
        return row.person.name
    if row.organisation is not None:
        return row.organisation.name
    return str(row.owner_name.open()) if row.owner_name else ""
