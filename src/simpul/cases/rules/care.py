"""Who reads how a companion is, and what threatens them: themself, and whom they told."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.cases.models import Checkin, Threat
from simpul.cases.rules.desk import led_by
from simpul.cases.rules.sight import NOTHING, SUPERVISE
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor, Reach
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within

CHECKIN: Final = "cases.checkin"
THREAT: Final = "cases.threat"


def works_at(actor: Actor) -> set[UUID]:
    """The organisations at which the actor assists people."""
    entries = (*actor.scope(RECORD).entries, *actor.scope(COORDINATE).entries)
    return {e.organisation_id for e in entries if e.organisation_id and e.reach is Reach.OWN}


def require_working(actor: Actor, organisation: Organisation) -> UUID:
    """Their person. Denied("case.record") for who assists nobody there."""
    if actor.person_id is None or organisation.pk not in works_at(actor):
        raise Denied(RECORD, organisation.ref)
    return actor.person_id


def checkins_visible_to(actor: Actor) -> Q:
    """One's own, those one was chosen to read while one helps there too, and those written where the coordinator
    reads them.
    """
    if actor.person_id is None or actor.via:
        return NOTHING
    mine = Q(person=actor.person_id) | Q(shared_with=actor.person_id, organisation__in=works_at(actor))
    return mine | Q(with_coordinator=True, organisation__in=led_by(actor))


def threats_visible_to(actor: Actor) -> Q:
    """One's own, and those one was told: the coordinator of the group, the supervisor above it."""
    if actor.person_id is None or actor.via:
        return NOTHING
    told = Q(tells_coordinator=True, organisation__in=led_by(actor))
    above = Q(tells_supervisor=True) & within(actor.scope(SUPERVISE), "organisation__")
    return Q(person=actor.person_id) | told | above


def require_own(actor: Actor, row: Checkin) -> None:
    """NotFound for anybody's but one's own: who only reads it can't take it away."""
    if actor.person_id is None or row.person_id != actor.person_id or actor.via:
        raise NotFound(CHECKIN, row.pk)


def require_told(actor: Actor, row: Threat) -> None:
    """NotFound for who was not told of it."""
    if not Threat.objects.filter(threats_visible_to(actor), pk=row.pk).exists():
        raise NotFound(THREAT, row.pk)
