"""Where notices about roles lead."""

from uuid import UUID

from django.urls import reverse

from simpul.access.queries import grant_for
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def grant_page(actor: Actor, grant_id: UUID) -> str | None:
    """The page of a role the actor may read; None where it is out of sight or no longer what is known."""
    try:
        grant_for(actor, grant_id)
    except NotFound:
        return None
    return reverse("access:grant", args=[grant_id])
