"""Where notices about announcements lead."""

from uuid import UUID

from django.urls import reverse

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.queries.announcements import announcement_for


def page_of_announcement(actor: Actor, key: UUID) -> str | None:
    try:
        return reverse("secretariat:announcement", args=[announcement_for(actor, key).pk])
    except NotFound:
        return None
