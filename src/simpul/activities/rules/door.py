"""Whether somebody may be noted at an event, by name."""

from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Event
from simpul.activities.rules.events import require_receiver
from simpul.activities.states import EventState
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict


def refuse_over(event: Event) -> None:
    """Conflict("cancelled" | "closed")."""
    if event.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled."))
    if event.state is EventState.CLOSED:
        message = _("This event is closed. Open it again to note somebody.")
        raise Conflict("closed", message=message)


def require_open_door(actor: Actor, event: Event) -> None:
    """NotFound, Denied("attendance.record"), Conflict("counts_only" | "cancelled" | "closed")."""
    require_receiver(actor, event)
    refuse_over(event)
    if event.is_sensitive:
        message = _("Nobody is named at this event. Count heads instead.")
        raise Conflict("counts_only", message=message)
