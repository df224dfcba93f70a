"""Where notices about roles and emergencies lead."""

from uuid import UUID

from django.urls import reverse

from simpul.access.queries import grant_for
from simpul.access.queries.emergencies import opening_for
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def grant_page(actor: Actor, grant_id: UUID) -> str | None:
    """The page of a role the actor may read; None where it is out of sight or no longer what is known."""
    try:
        grant_for(actor, grant_id)
    except NotFound:
        return None
    return reverse("access:grant", args=[grant_id])


def opening_page(actor: Actor, opening_id: UUID) -> str | None:
    try:
        opening_for(actor, opening_id)
    except NotFound:
        return None
    return reverse("access:opening", args=[opening_id])


def deputy_page(_actor: Actor, _deputy_id: UUID) -> str | None:
    """How it works, whoever stands in by now."""
    return reverse("access:emergencies")
