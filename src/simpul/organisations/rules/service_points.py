"""Who sees a service point, and where it is."""

from django.db.models import Q

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.institutions import InstitutionKind
from simpul.organisations.models import Organisation, ServicePoint
from simpul.organisations.rules.organisations import may, visible_to, within

KEEPERS = ("service_point.manage", "service_point.verify")


def points_visible_to(actor: Actor) -> Q:
    """All but safe houses and points of organisations in safety mode; these for who keeps or verifies the entry."""
    kept = Q(pk__in=())
    for permission in KEEPERS:
        kept |= within(actor.scope(permission), "owner_organisation__")
    institution = Q(organisation=None) | Q(organisation__in=Organisation.objects.filter(visible_to(actor)))
    return (~Q(kind=InstitutionKind.SAFE_HOUSE) & institution) | kept


def sees_address(actor: Actor, point: ServicePoint) -> bool:
    """A secret address is for who keeps or verifies the entry, and for nobody else, signed in or not."""
    if point.address_public:
        return True
    return any(may(actor, permission, point.owner_organisation) for permission in KEEPERS)


def authorise_point(actor: Actor, permission: str, point: ServicePoint) -> None:
    """NotFound where the point is out of the actor's sight, Denied where the permission is missing."""
    if may(actor, permission, point.owner_organisation):
        return
    if not ServicePoint.objects.filter(points_visible_to(actor), pk=point.pk).exists():
        raise NotFound("organisations.servicepoint", point.pk)
    raise Denied(permission, point.ref)
