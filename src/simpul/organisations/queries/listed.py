"""What a list of organisations says beside each name, in one query however many rows; and where none is at work."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from simpul.kernel.actor import Actor
from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Confirmation, DirectoryFacet, Organisation, OrganisationName
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.queries.networks import memberships_for
from simpul.organisations.rules.organisations import visible_to
from simpul.records.models import known_at
from simpul.territory.models import Area


@dataclass(frozen=True, slots=True)
class Former:
    """The last name it bore before the one it has: as a date knows it, or not at all."""

    name: str
    since: PartialDate | None
    until: PartialDate | None


@dataclass(frozen=True, slots=True)
class Beside:
    """`last_confirmed`: when somebody last found it at work; None: never."""

    last_confirmed: date | None
    former: Former | None


def beside(organisations: Collection[Organisation]) -> dict[UUID, Beside]:
    """What stands beside each name. One query."""
    seen = Confirmation.objects.filter(organisation=OuterRef("pk")).order_by("-confirmed_on")
    names = OrganisationName.objects.filter(known_at(None), organisation=OuterRef("pk"), valid_until__isnull=False)
    before = names.exclude(name=OuterRef("name")).order_by("-valid_until", "-id")
    fields = ("name", "valid_from", "from_precision", "valid_until", "until_precision")
    rows = Organisation.objects.filter(pk__in=[o.pk for o in organisations]).values_list(
        "pk",
        Subquery(seen.values("confirmed_on")[:1]),
        *(Subquery(before.values(field)[:1]) for field in fields),
    )
    return {pk: Beside(last, _former(*former) if former[0] else None) for pk, last, *former in rows}


def _former(name: str, start: date | None, start_as: str, end: date | None, end_as: str) -> Former:
    return Former(
        name,
        PartialDate(start, Precision(start_as)) if start else None,
        PartialDate(end, Precision(end_as)) if end else None,
    )


def direct_networks(
    actor: Actor, ids: Collection[UUID], *, on: date, among: Collection[UUID] | None = None
) -> dict[UUID, list[Organisation]]:
    """The networks each is directly a member of on that day, by name; of those `among` where that is given."""
    rows = memberships_for(actor, on=on).filter(role__in=COUNTED_ROLES, member__in=ids)
    if among is not None:
        rows = rows.filter(network__in=among)
    found: dict[UUID, list[Organisation]] = defaultdict(list)
    for row in rows.order_by("network__sort_key", "network_id"):
        if row.network not in found[row.member_id]:
            found[row.member_id].append(row.network)
    return dict(found)


def networks_to_choose_from(actor: Actor, most: int) -> list[Organisation]:
    """The first networks by name, one more than `most` where there are more."""
    rows = Organisation.objects.filter(visible_to(actor), kind__in=NETWORKS).order_by("sort_key", "id")
    return list(rows.only("id", "name")[: most + 1])


def with_active(areas: QuerySet[Area], since: date) -> list[tuple[Area, bool]]:
    """Each with whether somebody listed is seated or works there who was found at work since that day. One query."""
    seen = Confirmation.objects.filter(organisation=OuterRef("organisation"), confirmed_on__gte=since)
    facet = Concat(Value("area:"), OuterRef("code"), output_field=CharField())
    at_work = Exists(DirectoryFacet.objects.filter(Exists(seen), facet=facet, hidden=False))
    return [(area, area.at_work) for area in areas.annotate(at_work=at_work)]
