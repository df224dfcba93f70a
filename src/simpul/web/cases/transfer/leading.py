"""Where a notice about handing a case over leads: to the question, to the group's page of it, or to the list."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from simpul.cases.queries.transfers import handed_on_for, offers_for, transfer_for
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def page_of_transfer(actor: Actor, transfer_id: UUID) -> str | None:
    """None where it is out of the actor's sight by now."""
    now = timezone.now()
    if offers_for(actor, now=now).filter(pk=transfer_id).exists():
        return reverse("transfer:offer", args=[transfer_id])
    try:
        transfer_for(actor, transfer_id, now=now)
        return reverse("transfer:one", args=[transfer_id])
    except NotFound:
        pass
    return reverse("transfer:list") if handed_on_for(actor).filter(pk=transfer_id).exists() else None
