"""Who may propose and approve, and what whose work lets them read."""

from uuid import UUID

from simpul.kernel.actor import Actor, Reach, Scope
from simpul.kernel.errors import Denied
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Node, Organisation
from simpul.organisations.rules.organisations import within
from simpul.releases.tables import Audience

READ, PROPOSE, APPROVE = "release.read", "release.propose", "release.approve"
# Who answers to a village, or stands by it.
_OF_VILLAGES = (
    OrganisationKind.VILLAGE_GOVERNMENT,
    OrganisationKind.VILLAGE_COUNCIL,
    OrganisationKind.VILLAGE_GROUP,
)


def may(actor: Actor, permission: str) -> bool:
    """Whether they hold it where the node is at home: what is published is of the whole node."""
    scope = actor.scope(permission)
    # A grant bound to an area is none over what is published of the whole country.
    unbound = Scope(tuple(entry for entry in scope.entries if entry.area_code is None), scope.everywhere)
    if unbound.everywhere or not unbound:
        return unbound.everywhere
    return Node.objects.filter(within(unbound, "host__", of_few=True)).exists()


def check_may(actor: Actor, permission: str) -> None:
    if not may(actor, permission):
        raise Denied(permission)


def check_may_follow(actor: Actor) -> None:
    """Whoever proposes or approves sees what is proposed."""
    if not may(actor, PROPOSE) and not may(actor, APPROVE):
        raise Denied(PROPOSE)


def person_of(actor: Actor) -> UUID:
    """Who it is that answers for it. Denied to whoever is nobody: two people approve, not two programs."""
    if actor.person_id is None or actor.via:
        raise Denied(APPROVE)
    return actor.person_id


def audience_of(actor: Actor) -> Audience:
    """The innermost audience they belong to. A village's own people and those who accompany them read as finely as
    anybody; other offices as the government does; everybody else as the public.
    """
    scope = actor.scope(READ)
    if not scope:
        return Audience.PUBLIC
    if scope.everywhere or scope.organisations(Reach.ACCOMPANIED):
        return Audience.VILLAGE
    held = Organisation.objects.filter(pk__in=scope.organisations())
    if held.filter(kind__in=_OF_VILLAGES).exists() or may(actor, PROPOSE):
        return Audience.VILLAGE
    return Audience.GOVERNMENT
