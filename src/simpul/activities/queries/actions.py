"""Action points: of one event, what a meeting opens with, what somebody has promised."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.activities.models import ActionPoint, Event
from simpul.activities.rules.events import require_manager
from simpul.activities.rules.outcomes import ACTION, actions_visible_to, owned_by
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound

OPEN = Q(done_at=None, dropped_at=None)


def _rows() -> QuerySet[ActionPoint]:
    return ActionPoint.objects.select_related(
        "event__owner_organisation", "event__series", "person", "organisation"
    ).order_by("due_on", "id")


def actions_of(actor: Actor, event: Event) -> QuerySet[ActionPoint]:
    """Agreed at it, the next due first. For who keeps it. NotFound, Denied("event.manage")."""
    require_manager(actor, event)
    return _rows().filter(event=event)


def brought_to(event: Event) -> QuerySet[ActionPoint]:
    """What was agreed at earlier meetings of its series and is not done: what this one opens with. Without asking who
    reads it.
    """
    if event.series_id is None:
        return ActionPoint.objects.none()
    return _rows().filter(OPEN, event__series=event.series_id, event__starts_at__lt=event.starts_at)


def brought_for(actor: Actor, event: Event) -> QuerySet[ActionPoint]:
    """As `brought_to`, for who keeps the event."""
    require_manager(actor, event)
    return brought_to(event)


def own_actions(actor: Actor) -> QuerySet[ActionPoint]:
    """What the actor, or an organisation of theirs, has promised and not done, the next due first."""
    return _rows().filter(owned_by(actor), OPEN)


def kept_actions(actor: Actor) -> QuerySet[ActionPoint]:
    """Open ones that the actor sees: their own, and of the events that they organise."""
    return _rows().filter(actions_visible_to(actor), OPEN)


def overdue_actions(actor: Actor, *, today: date) -> QuerySet[ActionPoint]:
    return kept_actions(actor).filter(due_on__lt=today)


def action_for(actor: Actor, action_id: UUID) -> ActionPoint:
    """NotFound for what is out of sight."""
    found = _rows().filter(actions_visible_to(actor), pk=action_id).first()
    if found is None:
        raise NotFound(ACTION, action_id)
    return found
