"""Who sees lists of people for a mobile service, and counts of outreach: the group that keeps them."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import QueueEntry, QueueTicket
from simpul.cases.rules.sight import EVERYTHING, covered
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict, NotFound

TICKET = "cases.queueticket"


def kept_visible_to(actor: Actor) -> Q:
    """Over lists and counts alike: those of the groups at which the actor keeps cases, within the grants' areas.

    Nobody's grants reach into another group, no supervisor's and no operator's either.
    """
    if isinstance(actor, System):
        return EVERYTHING
    return covered(actor.scope(RECORD)) | covered(actor.scope(COORDINATE))


def require_ticket(actor: Actor, ticket_id: UUID) -> None:
    """NotFound, exactly as for a list that does not exist."""
    if not QueueTicket.objects.filter(kept_visible_to(actor), pk=ticket_id).exists():
        raise NotFound(TICKET, ticket_id)


def standing_entry(actor: Actor, entry_id: UUID) -> QueueEntry:
    """Somebody on a list in sight who was not taken off it; NotFound for anybody else."""
    seen = QueueTicket.objects.filter(kept_visible_to(actor))
    rows = QueueEntry.objects.filter(pk=entry_id, ticket__in=seen, removed_at=None)
    found = rows.select_related("ticket__area").first()
    if found is None:
        raise NotFound(TICKET, entry_id)
    return found


def require_usable(entry: QueueEntry) -> None:
    """Conflict("restricted") while they have the use of their data stopped."""
    if entry.restricted_at is not None:
        message = _("The person had the use of their data stopped. Ask the coordinator before anything else is done.")
        raise Conflict("restricted", message=message)
