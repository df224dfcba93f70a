"""The ties of an organisation: those up through all its networks and down through its members, for a drawing; and what
lies between two organisations.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from simpul.kernel.actor import Actor
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.queries.networks import networks_of
from simpul.organisations.queries.walk import Sight, climb, tree
from simpul.organisations.rules.organisations import hidden_from
from simpul.records.models import known_at, true_on

MOST_TIES: Final = 6_000
FARTHEST: Final = 6  # steps; beyond, everybody is somehow tied to everybody
_WIDEST: Final = 20_000  # organisations reached from one side
_ENDS: Final = ("id", "kind", "name", "sort_key", "in_safety_mode")
_SHOWN: Final = (
    "role",
    "valid_from",
    "valid_until",
    "is_confirmed",
    *(f"{end}__{column}" for end in ("member", "network") for column in _ENDS),
)


@dataclass(frozen=True, slots=True)
class Ties:
    """Rows in any role, each with both ends. `is_cut`: there are more than could be read."""

    rows: tuple[Membership, ...]
    is_cut: bool


def ties_through(
    actor: Actor, centre: Organisation, *, on: date, levels: int | None = None, as_of: datetime | None = None,
    most: int | None = None,
) -> Ties:  # fmt: skip
    """Up from `centre` through all its networks, down from it through `levels` levels (None: all). One query.

    The walk goes by the roles that make members; each organisation it comes to brings its ties in every role. By name,
    the first `most` (None: `MOST_TIES`).
    """
    sight = Sight.of(actor, on, as_of)
    (below, below_params), (above, above_params) = tree(sight, centre.pk, levels), climb(sight, centre.pk)
    (member, member_params), (network, network_params) = sight.sees("m.member_id"), sight.sees("m.network_id")
    deepest = "" if levels is None else "AND n.depth < %s"
    # CROSS JOIN: from the few that were reached by index to their ties, whatever a planner guesses.
    ids = (
        f"WITH RECURSIVE {below}, {above} "  # noqa: S608 - names are ours
        "SELECT m.id FROM nearest n CROSS JOIN organisations_membership m "
        f"WHERE m.network_id = n.id {deepest} AND {member} "
        "UNION SELECT m.id FROM above a CROSS JOIN organisations_membership m "
        f"WHERE m.member_id = a.id AND {network}"
    )
    limit = [] if levels is None else [levels]
    params = [*below_params, *above_params, *limit, *member_params, *network_params]
    rows = Membership.objects.filter(known_at(as_of), true_on(on), pk__in=RawSQL(ids, params))  # noqa: S611 - as above
    most = MOST_TIES if most is None else most
    found = list(_with_ends(rows)[: most + 1])
    return Ties(tuple(found[:most]), len(found) > most)


def levels_from(centre: Organisation, ties: Iterable[Membership]) -> dict[UUID, int]:
    """How far from `centre` each end of its ties is, by the shortest way: below 0 up its networks, above 0 down.

    An end that was cut off from it has none.
    """
    above, below = defaultdict[UUID, list[UUID]](list), defaultdict[UUID, list[UUID]](list)
    for tie in ties:
        above[tie.member_id].append(tie.network_id)
        below[tie.network_id].append(tie.member_id)
    levels = {centre.pk: 0}
    for onward, step in ((above, -1), (below, 1)):
        edge, level = [centre.pk], 0
        while edge:
            level += step
            edge = [pk for pk in dict.fromkeys(there for here in edge for there in onward[here]) if pk not in levels]
            levels |= dict.fromkeys(edge, level)
    return levels


def _with_ends(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return (
        rows.select_related("member", "network").only(*_SHOWN).order_by("member__sort_key", "network__sort_key", "id")
    )


@dataclass(frozen=True, slots=True)
class CommonNetwork:
    """Both are in it, directly (1) or through others (more)."""

    network: Organisation
    first_depth: int
    second_depth: int


def common_networks(actor: Actor, first: Organisation, second: Organisation, *, on: date) -> list[CommonNetwork]:
    """The networks both are in on that day, the nearest first. Two queries."""
    depths = {row.network.pk: row.depth for row in networks_of(actor, second, on=on)}
    shared = [
        CommonNetwork(row.network, row.depth, depths[row.network.pk])
        for row in networks_of(actor, first, on=on)
        if row.network.pk in depths
    ]
    return sorted(shared, key=lambda row: (row.first_depth + row.second_depth, row.network.sort_key))


def shortest_way(actor: Actor, first: Organisation, second: Organisation, *, on: date) -> list[Membership] | None:
    """The ties from one to the other by the fewest steps, through members and networks alike, on that day.

    [] for one and the same, None where they are farther than `FARTHEST` steps apart. It searches from both sides at
    once, a query a step, and always from the side that has come to fewer.
    """
    if first.pk == second.pk:
        return []
    sides = (_Side({first.pk: None}, [first.pk]), _Side({second.pk: None}, [second.pk]))
    for _step in range(FARTHEST):
        near, far = sorted(sides, key=lambda side: len(side.edge))
        met = _widen(actor, near, far, on)
        if met is not None:
            return [*reversed(sides[0].back(met)), *sides[1].back(met)]
        if not near.edge or len(near.came_by) > _WIDEST:
            return None
    return None


def stops_of(start: Organisation, way: Iterable[Membership]) -> Iterator[tuple[Membership, Organisation]]:
    """Each tie of a way from `start`, with the end of it that one comes to."""
    here = start.pk
    for tie in way:
        there = tie.network if tie.member_id == here else tie.member
        yield tie, there
        here = there.pk


@dataclass(slots=True)
class _Side:
    """What was reached from one end, by which tie (None: the end itself), and where to go on from."""

    came_by: dict[UUID, Membership | None]
    edge: list[UUID]

    def back(self, start: UUID) -> list[Membership]:
        """The ties from `start` back to this end."""
        way: list[Membership] = []
        here, tie = start, self.came_by[start]
        while tie is not None:
            way.append(tie)
            here = tie.network_id if tie.member_id == here else tie.member_id
            tie = self.came_by[here]
        return way


def _widen(actor: Actor, side: _Side, other: _Side, on: date) -> UUID | None:
    """One step from all of the edge; where the sides meet, if they do: by name, so that it is always the same place."""
    edge, reached = set(side.edge), []
    for tie in _ties_of(actor, edge, on):
        for here, there in ((tie.member_id, tie.network_id), (tie.network_id, tie.member_id)):
            if here in edge and there not in side.came_by:
                side.came_by[there] = tie
                reached.append(there)
    side.edge = reached
    return next((uuid for uuid in reached if uuid in other.came_by), None)


def _ties_of(actor: Actor, ids: Iterable[UUID], on: date) -> QuerySet[Membership]:
    wanted, hidden = list(ids), hidden_from(actor)
    rows = Membership.objects.filter(
        known_at(None), true_on(on), Q(member__in=wanted) | Q(network__in=wanted), role__in=COUNTED_ROLES
    )
    return _with_ends(rows.exclude(member__in=hidden).exclude(network__in=hidden))
