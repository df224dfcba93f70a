"""Who is at work in an area, and where nobody is. Counts what is listed: nobody hidden is found by subtracting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from simpul.kernel.actor import Actor
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import (
    Confirmation,
    DirectoryFacet,
    Membership,
    Organisation,
    Programme,
    ProgrammeArea,
)
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.rules.organisations import may_see_hidden, visible_to
from simpul.records.models import known_at, true_on
from simpul.territory.names import lineage_of

SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Presence:
    """Organisations seated or working in an area, and how many of them were found at work on `since` or later."""

    listed: int = 0
    active: int = 0


@dataclass(frozen=True, slots=True)
class Here:
    """One organisation of an area, and when it was last found at work."""

    organisation: Organisation
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class NetworkHere:
    """A network and how many of its direct members are in the area."""

    network: Organisation
    members: int


def presence_in(actor: Actor, codes: Collection[str], *, since: date) -> dict[str, Presence]:
    """Area code -> who is there; areas without anybody are left out. One query."""
    rows = DirectoryFacet.objects.filter(_listed(actor), facet__in=[f"area:{code}" for code in codes])
    at_work = Confirmation.objects.filter(organisation=OuterRef("organisation"), confirmed_on__gte=since)
    counted = (
        rows.annotate(at_work=Exists(at_work))
        .order_by()
        .values_list("facet")
        .annotate(listed=Count("pk"), active=Count("pk", filter=Q(at_work=True)))
    )
    return {facet.removeprefix("area:"): Presence(listed, active) for facet, listed, active in counted}


def organisations_in(actor: Actor, code: str, *, limit: int = SHOWN) -> list[Here]:
    """The first of those seated or working there, by name; networks are `networks_in`. One query."""
    facets = DirectoryFacet.objects.filter(visible_to(actor, "organisation__"), facet=f"area:{code}")
    last = Confirmation.objects.filter(organisation=OuterRef("organisation")).order_by("-confirmed_on")
    rows = (
        facets.exclude(organisation__kind__in=NETWORKS)
        .select_related("organisation", "organisation__seat")
        .annotate(confirmed_on=Subquery(last.values("confirmed_on")[:1]))
        .order_by("sort_key", "organisation_id")[:limit]
    )
    return [Here(row.organisation, row.confirmed_on) for row in rows]


def networks_in(actor: Actor, code: str, day: date, *, limit: int = SHOWN) -> list[NetworkHere]:
    """Networks with direct members there on that day, those with the most first. One query."""
    here = DirectoryFacet.objects.filter(_listed(actor), facet=f"area:{code}").values("organisation")
    theirs = Membership.objects.filter(true_on(day), known_at(None), role__in=COUNTED_ROLES, member__in=here)
    counted = (
        Organisation.objects.filter(visible_to(actor), admissions__in=theirs)
        .annotate(members_here=Count("admissions__member", distinct=True))
        .order_by("-members_here", "sort_key", "id")
    )
    return [NetworkHere(row, row.members_here) for row in counted[:limit]]


def programmes_in(actor: Actor, code: str, day: date, *, limit: int = SHOWN) -> QuerySet[Programme]:
    """Programmes that on that day cover the area, a part of it, or what it lies in."""
    covering = ProgrammeArea.objects.filter(
        Q(area__code__within=code) | Q(area__in=lineage_of(code)), true_on(day), known_at(None)
    )
    rows = Programme.objects.filter(visible_to(actor, "owner__"), true_on(day), pk__in=covering.values("programme"))
    return rows.select_related("owner").order_by("acronym", "id")[:limit]


def _listed(actor: Actor) -> Q:
    return Q(hidden=False) | may_see_hidden(actor, "organisation_id")
