"""A step in the life of an event, under its lock, and its line in the history."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Event, EventStep
from simpul.activities.states import LIFE, Act
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, Message
from simpul.records.locks import lock_graph

_REFUSED = {
    Act.PUBLISH: _("This event is announced already, or over."),
    Act.RESCHEDULE: _("Only an event that has not been held can be moved. Plan another one like it instead."),
    Act.CANCEL: _("Only an event that has not been held can be cancelled."),
    Act.HOLD: _("A cancelled event was not held. Plan another one like it instead."),
    Act.CLOSE: _("Note first that the event was held."),
    Act.REOPEN: _("Only a closed event can be opened again."),
}


def locked(event: Event) -> Event:
    """The event as it is now; nobody else moves it until the transaction ends."""
    lock_graph(f"activities.event.{event.pk}")
    return Event.objects.select_related("owner_organisation", "area", "series").get(pk=event.pk)


def last_act(event: Event) -> EventStep | None:
    return event.steps.order_by("number").last()


def check_step(event: Event, act: Act, reason: str) -> None:
    """Invalid("reason_needed", "reason"), Conflict("transition_refused")."""
    try:
        LIFE.transition(event.state, act, reason=reason)
    except Conflict as error:
        if error.code == "reason_needed":
            message: Message = _("Say why, in a sentence: those who registered read it.")
            raise Invalid("reason_needed", "reason", message=message) from error
        raise Conflict(error.code, message=_REFUSED[act], theirs=error.theirs) from error


def note_step(
    actor: Actor,
    event: Event,
    act: Act,
    *,
    now: datetime,
    reason: str = "",
    was: tuple[datetime, datetime] | None = None,
) -> EventStep:
    last = last_act(event)
    return EventStep.objects.create(
        event=event,
        number=last.number + 1 if last else 1,
        act=act,
        reason=reason,
        was_starts_at=was[0] if was else None,
        was_ends_at=was[1] if was else None,
        recorded_at=now,
        recorded_by=actor.person_id,
    )
