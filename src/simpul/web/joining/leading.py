"""Where notices about applications and about organisations lead."""

from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.queries.applications import application_for
from simpul.organisations.queries.profiles import last_confirmation_of, organisation_for
from simpul.organisations.queries.vouching import stage_on
from simpul.organisations.rules.organisations import may

EDIT: Final = "organisation.edit"


def page_of_application(actor: Actor, key: UUID) -> str | None:
    try:
        return reverse("joining:application", args=[application_for(actor, key).pk])
    except NotFound:
        return None


def page_of_organisation(actor: Actor, key: UUID) -> str | None:
    """Where it is confirmed, for who may while somebody has to; else where it is read."""
    try:
        found = organisation_for(actor, key)
    except NotFound:
        return None
    if may(actor, EDIT, found) and _is_asked(found):
        return reverse("editing:active", args=[key])
    return reverse("organisations:profile", args=[key])


def _is_asked(organisation: Organisation) -> bool:
    last = last_confirmation_of(organisation)
    return last is None or stage_on(last.confirmed_on, local_date(timezone.now(), Zone.WIB)) is not None
