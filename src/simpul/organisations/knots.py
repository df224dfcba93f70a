"""How organisations, programmes and memberships appear in a thread, to one reader."""

from uuid import UUID

from django.db.models import BooleanField, Case, Value, When
from django.utils.translation import get_language

from simpul.kernel.actor import Actor
from simpul.kernel.localized import REQUIRED
from simpul.organisations.models import Membership, Organisation, Programme, ServicePoint
from simpul.organisations.rules.organisations import visible_to, within
from simpul.organisations.rules.service_points import points_visible_to
from simpul.threads.registry import Knot


def organisation_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    rows = Organisation.objects.filter(visible_to(actor), pk__in=ids).annotate(linkable=_linkable(actor))
    return {row.pk: Knot(row.name, linkable=row.linkable) for row in rows.only("name")}


def programme_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    """Seen wherever their owner is."""
    rows = Programme.objects.filter(visible_to(actor, "owner__"), pk__in=ids)
    language = get_language() or REQUIRED
    return {
        row.pk: Knot(row.name.to(language) if row.name else str(row), linkable=row.linkable)
        for row in rows.annotate(linkable=_linkable(actor, "owner__"))
    }


def service_point_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    """Linked by who may link for the organisation that keeps the entry."""
    rows = ServicePoint.objects.filter(points_visible_to(actor), pk__in=ids)
    linkable = _linkable(actor, "owner_organisation__")
    return {row.pk: Knot(row.name, linkable=row.linkable) for row in rows.annotate(linkable=linkable)}


def membership_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    """Seen by who sees both ends, linked by who may link for the network."""
    rows = Membership.objects.filter(visible_to(actor, "member__"), visible_to(actor, "network__"), pk__in=ids)
    return {
        row.pk: Knot(f"{row.member.name} – {row.network.name}", state=row.role, linkable=row.linkable)
        for row in rows.select_related("member", "network").annotate(linkable=_linkable(actor, "network__"))
    }


def _linkable(actor: Actor, path: str = "") -> Case:
    holds = within(actor.scope("thread.link"), path)
    return Case(When(holds, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
