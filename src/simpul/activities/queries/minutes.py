"""The minutes of an event, for who keeps it."""

from simpul.activities.models import Event, Minutes
from simpul.activities.rules.events import require_manager
from simpul.kernel.actor import Actor


def minutes_of(actor: Actor, event: Event) -> Minutes | None:
    """NotFound, Denied("event.manage")."""
    require_manager(actor, event)
    return Minutes.objects.filter(event=event).first()
