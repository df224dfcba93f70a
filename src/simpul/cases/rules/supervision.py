"""Whose figures somebody sees: of the groups they accompany or lead, and never of a case that is hidden from them."""

from uuid import UUID

from django.db.models import Q

from simpul.cases.rules.desk import led_by
from simpul.cases.rules.sight import EVERYTHING, SUPERVISE, excluding
from simpul.cases.stages import COORDINATE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.organisations.rules.organisations import NOTHING, within


def watched_by(actor: Actor) -> Q:
    """Organisations: groups that are accompanied, and those whose desk one leads."""
    if actor.person_id is None:
        return NOTHING
    return within(actor.scope(SUPERVISE)) | Q(pk__in=led_by(actor))


def require_watching(actor: Actor) -> None:
    """Denied("case.supervise") for who accompanies and leads no group."""
    if not actor.may(SUPERVISE) and not actor.may(COORDINATE):
        raise Denied(SUPERVISE)


def counted_for(person_id: UUID | None) -> Q:
    """Cases that may be in a figure this person reads: all but those that must not exist for them."""
    return ~excluding(person_id) if person_id else EVERYTHING
