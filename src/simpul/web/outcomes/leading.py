"""Where notices about events and action points lead."""

from uuid import UUID

from django.urls import reverse

from simpul.activities.queries.actions import action_for
from simpul.activities.queries.events import event_for
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def page_of_action(actor: Actor, key: UUID) -> str | None:
    try:
        return reverse("outcomes:action", args=[action_for(actor, key).pk])
    except NotFound:
        return None


def page_of_event(actor: Actor, key: UUID) -> str | None:
    try:
        return reverse("activities:event", args=[event_for(actor, key).pk])
    except NotFound:
        return None
