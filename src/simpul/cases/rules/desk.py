"""Who decides how the desk of an organisation works: its coordinator, and not one of a part of its area."""

from uuid import UUID

from simpul.cases.stages import COORDINATE
from simpul.kernel.actor import Actor, Reach, System
from simpul.kernel.errors import Denied
from simpul.organisations.models import Organisation


def led_by(actor: Actor) -> set[UUID]:
    """The organisations whose desk the actor leads."""
    return {
        e.organisation_id
        for e in actor.scope(COORDINATE).entries
        if e.organisation_id and e.area_code is None and e.reach is Reach.OWN
    }


def require_leading(actor: Actor, organisation: Organisation) -> None:
    """Denied("case.coordinate")."""
    if not isinstance(actor, System) and organisation.pk not in led_by(actor):
        raise Denied(COORDINATE, organisation.ref)
