"""Networks across levels: who is in them, through whom, on a day, as it was known; and what an organisation is in.

Nothing here is stored: each answer is one statement over memberships, and counts every organisation once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import DeclaredReach, Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES, MembershipRole
from simpul.organisations.queries.walk import Sight, climb, key, step_down, tree, ways
from simpul.organisations.rules.graph import Sql, stored
from simpul.organisations.rules.organisations import visible_to
from simpul.records.models import known_at, true_on

# What a list shows of an organisation; the rest loads when asked for.
_LISTED: Final = ", ".join(
    f'o."{column}"' for column in ("id", "kind", "name", "acronym", "sort_key", "seat_id", "in_safety_mode")
)
_TIES: Final = 120  # more lines than anybody can follow in a drawing
_KINDS: Final = ", ".join(f"'{kind.value}'" for kind in sorted(NETWORKS))


@dataclass(frozen=True, slots=True)
class NetworkMember:
    """`depth` is the shortest way down from the network asked about; `via` the networks it is directly in, of these."""

    organisation: Organisation
    depth: int
    via: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """All distinct. `total` = `networks` + `organisations`; `in_several`: directly in two or more of the networks."""

    total: int
    direct: int
    networks: int
    organisations: int
    in_several: int


@dataclass(frozen=True, slots=True)
class NetworkCounts:
    """One network of the tree: its direct members and all below it, each counted once within it.

    Their sum over networks is larger than the distinct total wherever somebody is in two.
    """

    network: Organisation
    depth: int
    direct: int
    reach: int


@dataclass(frozen=True, slots=True)
class NetworkAbove:
    network: Organisation
    depth: int


def members_of_network(
    actor: Actor, network: Organisation, *, on: date, levels: int | None = None, as_of: datetime | None = None
) -> list[NetworkMember]:
    """Members through `levels` levels (None: all), each once, by name. One query."""
    sight = Sight.of(actor, on, as_of)
    (below, params), (via, via_params) = tree(sight, network.pk, levels), ways(sight, levels)
    sql = (
        f"WITH RECURSIVE {below}, {via} SELECT {_LISTED}, n.depth, via.network_id "  # noqa: S608 - names are ours
        "FROM nearest n JOIN organisations_organisation o ON o.id = n.id JOIN via ON via.id = n.id "
        "WHERE n.depth > 0 ORDER BY o.sort_key, o.id, via.network_id"
    )
    rows: list[Any] = list(Organisation.objects.raw(sql, [*params, *via_params]))
    return [
        NetworkMember(first, first.depth, tuple(key(row.network_id) for row in (first, *others)))
        for _, (first, *others) in ((pk, list(group)) for pk, group in groupby(rows, key=lambda row: row.pk))
    ]


def member_organisations(
    actor: Actor, network: Organisation, *, on: date, levels: int | None = None, as_of: datetime | None = None
) -> QuerySet[Organisation]:
    """The same members as a queryset, for pages of a long list and for filters."""
    below, params = tree(Sight.of(actor, on, as_of), network.pk, levels)
    ids = RawSQL(f"WITH RECURSIVE {below} SELECT id FROM nearest WHERE depth > 0", params)  # noqa: S608, S611
    return Organisation.objects.filter(pk__in=ids).order_by("sort_key", "id")


def count_members(
    actor: Actor, network: Organisation, *, on: date, levels: int | None = None, as_of: datetime | None = None
) -> MemberCounts:
    """How many members through `levels` levels. One query."""
    sight = Sight.of(actor, on, as_of)
    (below, params), (via, via_params) = tree(sight, network.pk, levels), ways(sight, levels)
    sql = (
        f"WITH RECURSIVE {below}, {via}, "  # noqa: S608 - names are ours
        "several AS (SELECT id FROM via GROUP BY id HAVING count(*) > 1) "
        "SELECT count(*), coalesce(sum(CASE WHEN n.depth = 1 THEN 1 ELSE 0 END), 0), "
        f"coalesce(sum(CASE WHEN o.kind IN ({_KINDS}) THEN 1 ELSE 0 END), 0), "
        "coalesce(sum(CASE WHEN n.id IN (SELECT id FROM several) THEN 1 ELSE 0 END), 0) "
        "FROM nearest n JOIN organisations_organisation o ON o.id = n.id WHERE n.depth > 0"
    )
    [(total, direct, networks, several)] = _rows((sql, [*params, *via_params]))
    return MemberCounts(total, direct, networks, total - networks, several)


def members_per_network(
    actor: Actor, network: Organisation, *, on: date, levels: int | None = None, as_of: datetime | None = None
) -> list[NetworkCounts]:
    """Each network of the tree, the one asked about first, with its own members and its own reach. One query."""
    sight = Sight.of(actor, on, as_of)
    below, params = tree(sight, network.pk, levels)
    (first, first_params), (onward, onward_params) = step_down(sight, "b"), step_down(sight, "r")
    sql = (
        f"WITH RECURSIVE {below}, "  # noqa: S608 - names are ours
        "branch(id, depth) AS (SELECT n.id, n.depth FROM nearest n JOIN organisations_organisation o ON o.id = n.id "
        f"WHERE o.kind IN ({_KINDS})), "
        f"reached(top, id, is_direct) AS (SELECT b.id, m.member_id, 1 FROM branch b {first} UNION "
        f"SELECT r.top, m.member_id, 0 FROM reached r {onward}), "
        "counted AS (SELECT top, count(DISTINCT id) AS reach, sum(is_direct) AS direct FROM reached GROUP BY top) "
        f"SELECT {_LISTED}, b.depth, coalesce(c.direct, 0) AS direct, coalesce(c.reach, 0) AS reach "
        "FROM branch b JOIN organisations_organisation o ON o.id = b.id LEFT JOIN counted c ON c.top = b.id "
        "ORDER BY b.depth, o.sort_key, o.id"
    )
    found: list[Any] = list(Organisation.objects.raw(sql, [*params, *first_params, *onward_params]))
    return [NetworkCounts(row, row.depth, int(row.direct), int(row.reach)) for row in found]


def networks_of(
    actor: Actor, organisation: Organisation, *, on: date, as_of: datetime | None = None
) -> list[NetworkAbove]:
    """The networks it is a member of, directly (depth 1) and through others, nearest first. One query."""
    above, params = climb(Sight.of(actor, on, as_of), organisation.pk)
    sql = (
        f"WITH RECURSIVE {above} SELECT {_LISTED}, a.depth FROM above a "  # noqa: S608 - names are ours
        "JOIN organisations_organisation o ON o.id = a.id WHERE a.depth > 0 ORDER BY a.depth, o.sort_key, o.id"
    )
    found: list[Any] = list(Organisation.objects.raw(sql, params))
    return [NetworkAbove(row, row.depth) for row in found]


def ties_around(
    actor: Actor, organisation: Organisation, *, on: date, as_of: datetime | None = None, most_members: int = 8
) -> tuple[list[Membership], list[Membership]]:
    """What a drawing of it needs: the ties from it up through all its networks, and the first of its own members.

    Of members one more than `most_members` is given where there are more. Ties upward of the organisation itself come
    in every role, those of the networks above in the counted ones. One query.
    """
    above, params = climb(Sight.of(actor, on, as_of), organisation.pk)
    sql = (
        f"WITH RECURSIVE {above} "  # noqa: S608 - names are ours
        "SELECT m.id FROM above a JOIN organisations_membership m ON m.member_id = a.id "
        "UNION ALL SELECT m.id FROM organisations_membership m WHERE m.network_id = %s"
    )
    ids = RawSQL(sql, [*params, *stored([organisation.pk])])  # noqa: S611 - as above
    binding = Q(member=organisation) | Q(role__in=COUNTED_ROLES)
    rows = memberships_for(actor, on=on, as_of=as_of).filter(binding, pk__in=ids)
    below = Case(When(network=organisation, then=Value(1)), default=Value(0))
    found = list(rows.order_by(below, "member__sort_key", "network__sort_key", "id")[: _TIES + most_members + 1])
    split = next((n for n, row in enumerate(found) if row.network_id == organisation.pk), len(found))
    return found[:split], found[split:][: most_members + 1]


def memberships_for(actor: Actor, *, on: date | None = None, as_of: datetime | None = None) -> QuerySet[Membership]:
    """Rows in any role whose two ends the actor may see, with both; `on` None: of all times."""
    rows = Membership.objects.filter(known_at(as_of), visible_to(actor, "member__"), visible_to(actor, "network__"))
    rows = rows if on is None else rows.filter(true_on(on))
    return rows.select_related("member", "network")


def membership_ever(actor: Actor, membership_id: UUID) -> Membership:
    """One whose two ends the actor may see, also one that was corrected since. NotFound for others."""
    rows = Membership.objects.filter(visible_to(actor, "member__"), visible_to(actor, "network__"), pk=membership_id)
    found = rows.select_related("member", "network").first()
    if found is None:
        raise NotFound("organisations.membership", membership_id)
    return found


def secretariats(
    actor: Actor, network: Organisation, *, on: date, as_of: datetime | None = None
) -> QuerySet[Membership]:
    """Who hosts the network's secretariat on that day."""
    rows = memberships_for(actor, on=on, as_of=as_of).filter(network=network, role=MembershipRole.SECRETARIAT)
    return rows.order_by("member__sort_key", "id")


def declared_reach(network: Organisation, *, on: date, as_of: datetime | None = None) -> DeclaredReach | None:
    """What the network last said of itself by that day."""
    rows = DeclaredReach.objects.filter(known_at(as_of), network=network, declared_on__lte=on)
    return rows.order_by("-declared_on").first()


def _rows(statement: Sql) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        rows: list[tuple[int, ...]] = cursor.fetchall()
        return rows
