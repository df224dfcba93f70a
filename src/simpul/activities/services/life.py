"""What becomes of an event: announced, moved, cancelled, held, closed. Each is a line in its history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import check_announceable, check_consistent
from simpul.activities.models import Event, Registration
from simpul.activities.moving import check_step, last_act, locked, note_step
from simpul.activities.publishing import publish
from simpul.activities.rules.events import require_manager
from simpul.activities.states import Act, EventState
from simpul.activities.telling import tell_of_change
from simpul.activities.times import check_times, days_of
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.shapes import words


def publish_event(actor: Actor, event: Event, *, now: datetime) -> Event:
    """Announce it to whom it may be shown. Twice changes nothing more. Invalid("place_needed"), Conflict."""
    require_manager(actor, event)
    with transaction.atomic():
        fresh = locked(event)
        if fresh.state is EventState.PUBLISHED:
            return fresh
        check_step(fresh, Act.PUBLISH, "")
        check_consistent(fresh)
        check_announceable(fresh)
        return _write(actor, fresh, Act.PUBLISH, now=now, published_at=now)


def cancel_event(actor: Actor, event: Event, *, reason: str, now: datetime) -> Event:
    """It does not take place; those who registered or were invited are told why. Registrations stay as they are.

    The same reason again changes nothing more. Invalid("reason_needed"), Conflict("transition_refused").
    """
    require_manager(actor, event)
    why = words(300)("reason", reason)
    with transaction.atomic():
        fresh = locked(event)
        if fresh.state is EventState.CANCELLED and fresh.cancelled_reason == why:
            return fresh
        check_step(fresh, Act.CANCEL, why)
        announced = fresh.state is EventState.PUBLISHED
        fresh = _write(
            actor, fresh, Act.CANCEL, now=now, reason=why, cancelled_at=now, cancelled_reason=why,
            sequence=fresh.sequence + 1,
        )  # fmt: skip
        if announced:
            tell_of_change(fresh, now=now)
    return fresh


def reschedule_event(
    actor: Actor, event: Event, *, starts_at: datetime, ends_at: datetime, reason: str = "", now: datetime
) -> Event:
    """Move it, and its sessions by as much as its beginning; those concerned are told once it was announced.

    An announced event needs a reason. The times it already has change nothing. Invalid("ends_before_start" |
    "reason_needed"), Conflict("transition_refused" | "sessions_outside") where a session would lie outside.
    """
    require_manager(actor, event)
    check_times(starts_at, ends_at)
    why = words(300)("reason", reason)
    with transaction.atomic():
        fresh = locked(event)
        if (fresh.starts_at, fresh.ends_at) == (starts_at, ends_at):
            return fresh
        check_step(fresh, Act.RESCHEDULE, why)
        was = (fresh.starts_at, fresh.ends_at)
        _move_sessions(fresh, starts_at, ends_at)
        first, last = days_of(starts_at, ends_at, fresh.clock)
        announced = fresh.state is EventState.PUBLISHED
        fresh = _write(
            actor, fresh, Act.RESCHEDULE, now=now, reason=why, was=was, starts_at=starts_at, ends_at=ends_at,
            starts_on=first, ends_on=last, sequence=fresh.sequence + 1,
        )  # fmt: skip
        Registration.objects.filter(event=fresh).update(reminded_at=None)
        if announced:
            tell_of_change(fresh, now=now)
    return fresh


def _move_sessions(event: Event, starts_at: datetime, ends_at: datetime) -> None:
    shift = starts_at - event.starts_at
    rows = list(event.sessions.all())
    if len(rows) == 1 and (rows[0].starts_at, rows[0].ends_at) == (event.starts_at, event.ends_at):
        event.sessions.update(starts_at=starts_at, ends_at=ends_at)
        return
    if any(row.starts_at + shift < starts_at or row.ends_at + shift > ends_at for row in rows):
        message = _("A session would lie outside the new time. Shorten or move the sessions first.")
        raise Conflict("sessions_outside", message=message)
    for row in rows:
        row.starts_at, row.ends_at = row.starts_at + shift, row.ends_at + shift
        row.save(update_fields=["starts_at", "ends_at"])


def hold_event(actor: Actor, event: Event, *, now: datetime) -> Event:
    """Note that it took place. Twice changes nothing more. Invalid("not_yet"), Conflict("transition_refused")."""
    require_manager(actor, event)
    with transaction.atomic():
        fresh = locked(event)
        if fresh.state is EventState.HELD:
            return fresh
        check_step(fresh, Act.HOLD, "")
        if fresh.starts_at > now:
            raise Invalid("not_yet", message=_("It has not begun yet. Move it first if it was held earlier."))
        return _write(actor, fresh, Act.HOLD, now=now, held_at=now)


def close_event(actor: Actor, event: Event, *, now: datetime) -> Event:
    """Nothing more is noted of it. Twice changes nothing more. Conflict("transition_refused")."""
    require_manager(actor, event)
    with transaction.atomic():
        fresh = locked(event)
        if fresh.state is EventState.CLOSED:
            return fresh
        check_step(fresh, Act.CLOSE, "")
        return _write(actor, fresh, Act.CLOSE, now=now, closed_at=now)


def reopen_event(actor: Actor, event: Event, *, reason: str, now: datetime) -> Event:
    """Something was forgotten. Invalid("reason_needed"), Conflict("transition_refused")."""
    require_manager(actor, event)
    why = words(300)("reason", reason)
    with transaction.atomic():
        fresh = locked(event)
        last = last_act(fresh)
        if fresh.state is EventState.HELD and last and (last.act, last.reason) == (Act.REOPEN, why):
            return fresh
        check_step(fresh, Act.REOPEN, why)
        return _write(actor, fresh, Act.REOPEN, now=now, reason=why, closed_at=None)


def _write(
    actor: Actor,
    event: Event,
    act: Act,
    *,
    now: datetime,
    reason: str = "",
    was: tuple[datetime, datetime] | None = None,
    **fields: object,
) -> Event:
    """The event with `fields`, its version raised, under the lock that the caller holds."""
    for name, value in {**fields, "changed_at": now, "version": event.version + 1}.items():
        setattr(event, name, value)
    event.save(update_fields=[*fields, "changed_at", "version"])
    note_step(actor, event, act, now=now, reason=reason, was=was)
    publish(event)
    audit.record(actor, f"activities.{act}_event", event.ref, details={"state": event.state})
    return event
