"""Action points: agreed, moved, done, dropped; and reminding those who promised them."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access.queries.accounts import accounts_at
from simpul.activities.models import ActionPoint, Event
from simpul.activities.notice_kinds import ACTION_GIVEN, ACTION_OVERDUE, ACTION_SOON
from simpul.activities.rules.events import require_manager
from simpul.activities.rules.outcomes import require_doer
from simpul.activities.states import EventState
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import require_sight
from simpul.organisations.shapes import words
from simpul.people.models import Person
from simpul.records.locks import claim_version, lock_graph

BEFORE: Final = timedelta(days=3)
LONGEST: Final = 300
FARTHEST: Final = timedelta(days=3660)
EVENTS: Final = System("events")
_SPACE: Final = uuid5(NAMESPACE_URL, "simpul:notices:actions")


def add_action(
    actor: Actor,
    event: Event,
    *,
    words: str,
    due_on: date,
    now: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
    owner_name: str = "",
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> ActionPoint:
    """What was agreed, and whose it is: somebody with an account, an organisation, or a name that organisers follow.

    The owner is told. The same id again is the same point. Invalid("words_needed" | "owner_needed" | "too_long" |
    "due_before" | "too_far"), Conflict("cancelled" | "id_taken").
    """
    require_manager(actor, event)
    if organisation is not None:
        require_sight(actor, organisation)
    if event.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled."))
    point = ActionPoint(
        id=id or uuid7(), event=event, words=_said(words), person=person, organisation=organisation,
        owner_name=_named(owner_name) or None, due_on=_due(event, due_on), first_due_on=due_on, created_at=now,
        created_by=actor.person_id,
    )  # fmt: skip
    if person is None and organisation is None and point.owner_name is None:
        raise Invalid("owner_needed", "owner_name", message=_("Say who does it: without a name nobody does."))
    with transaction.atomic():
        lock_graph(f"activities.action.{point.pk}")
        if found := ActionPoint.objects.filter(pk=point.pk).first():
            if found.event_id == event.pk:
                return found
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        point.save(force_insert=True)
        _notify(point, ACTION_GIVEN, now=now)
        audit.record(actor, "activities.add_action", point.ref, details={"event": event.pk, "due_on": due_on})
    return point


def _said(text: str) -> str:
    said: str = words(LONGEST)("words", text)
    if not said:
        raise Invalid("words_needed", "words", message=_("Say what is to be done."))
    return said


def _named(text: str) -> str:
    name: str = words(160)("owner_name", text)
    return name


def _due(event: Event, day: date) -> date:
    if day < event.starts_on:
        raise Invalid("due_before", "due_on", message=_("This day is before the meeting at which it was agreed."))
    if day > event.starts_on + FARTHEST:
        raise Invalid("too_far", "due_on", message=_("This day is more than ten years away. Check the year."))
    return day


def change_action(
    actor: Actor, point: ActionPoint, *, words: str, due_on: date, seen: int, now: datetime
) -> ActionPoint:
    """Put it in other words, or move its day; the day promised first is kept. By who keeps the event.

    Invalid as `add_action`, Conflict("ended" | "edited_meanwhile").
    """
    require_manager(actor, point.event)
    changes: dict[str, object] = {"words": _said(words), "due_on": _due(point.event, due_on)}
    if not point.is_open:
        raise Conflict("ended", message=_("This is done or dropped already. Write down a new one."))
    moved = point.due_on != due_on
    with transaction.atomic():
        if moved:
            changes |= {"reminded_at": None, "overdue_told_at": None}
        fresh = claim_version(point, seen, changes)
        if moved:
            _notify(fresh, ACTION_GIVEN, now=now)
        audit.record(actor, "activities.change_action", point.ref, details={"fields": sorted(changes)[:2]})
    return fresh


def finish_action(actor: Actor, point: ActionPoint, *, outcome: str = "", now: datetime) -> ActionPoint:
    """It is done. By its owner, or who keeps the event. Twice changes nothing more. Conflict("ended") once dropped."""
    require_doer(actor, point)
    return _end(actor, point, "finish_action", outcome=words(LONGEST)("outcome", outcome), done_at=now)


def drop_action(actor: Actor, point: ActionPoint, *, reason: str, now: datetime) -> ActionPoint:
    """It is not done any more. By who keeps the event. Twice changes nothing. Invalid("reason_needed"), Conflict."""
    require_manager(actor, point.event)
    why = words(LONGEST)("reason", reason)
    if not why:
        raise Invalid("reason_needed", "reason", message=_("Say why, in a word or two."))
    return _end(actor, point, "drop_action", outcome=why, dropped_at=now)


def _end(
    actor: Actor,
    point: ActionPoint,
    act: str,
    *,
    outcome: str,
    done_at: datetime | None = None,
    dropped_at: datetime | None = None,
) -> ActionPoint:
    with transaction.atomic():
        lock_graph(f"activities.action.{point.pk}")
        fresh = ActionPoint.objects.select_related("event__owner_organisation").get(pk=point.pk)
        if (fresh.done_at and done_at) or (fresh.dropped_at and dropped_at):
            return fresh
        if not fresh.is_open:
            raise Conflict("ended", message=_("This is done or dropped already. Write down a new one."))
        fresh.done_at, fresh.dropped_at, fresh.outcome, fresh.ended_by = done_at, dropped_at, outcome, actor.person_id
        fresh.version += 1
        fresh.save(update_fields=["done_at", "dropped_at", "outcome", "ended_by", "version"])
        audit.record(actor, f"activities.{act}", fresh.ref, details={"event": fresh.event_id})
    return fresh


def remind_action(actor: Actor, point: ActionPoint, *, now: datetime) -> bool:
    """Tell its owner that it is due within three days, or overdue: each once for each day it was set to. Whether."""
    require_manager(actor, point.event)
    today = local_date(now, point.event.clock)
    overdue = point.due_on < today
    field, kind = ("overdue_told_at", ACTION_OVERDUE) if overdue else ("reminded_at", ACTION_SOON)
    if point.due_on > today + BEFORE:
        return False
    with transaction.atomic():
        rows = ActionPoint.objects.filter(pk=point.pk, done_at=None, dropped_at=None, due_on=point.due_on)
        if not rows.filter(**{field: None}).update(**{field: now}):
            return False
        _notify(point, kind, now=now)
        audit.record(actor, "activities.remind_action", point.ref, details={"overdue": overdue})
    return True


def _notify(point: ActionPoint, kind: str, *, now: datetime) -> None:
    """The owner's account; of an organisation those of its people. Nobody with an account is no fault."""
    key = uuid5(_SPACE, f"{point.pk}/{kind}/{point.due_on}")
    try:
        send_notice(
            EVENTS, kind=kind, about=point.ref, recipients=sorted(_accounts(point, now)),
            params={"day": point.due_on}, id=key, now=now,
        )  # fmt: skip
    except Invalid:
        return


def _accounts(point: ActionPoint, now: datetime) -> set[UUID]:
    if point.person_id is not None:
        found = Person.objects.filter(pk=point.person_id).values_list("user_id", flat=True)
        return {key for key in found if key}
    return accounts_at([point.organisation_id], now=now) if point.organisation_id else set()
