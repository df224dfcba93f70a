"""An organisation among its networks, drawn: one line of names from the widest network down, and a thread for each tie.

It is a list with arcs beside it, so that at 360 px the names keep their size, and a reader that sees no arcs has the
list, and the table behind it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.organisations.models import Membership, Organisation, UnitPlacement
from simpul.organisations.models.memberships import MembershipRole
from simpul.web.components import Text

ROW: Final = 60  # px, as in organisations.css
WIDTH: Final = 64
SPINE: Final = WIDTH - 10
Place = Literal["above", "self", "below"]


@dataclass(frozen=True, slots=True)
class Node:
    organisation: Organisation
    place: Place
    note: Text
    y: int  # the middle of its row

    @property
    def href(self) -> str:
        return reverse("organisations:profile", args=[self.organisation.pk])


@dataclass(frozen=True, slots=True)
class Arc:
    """`path` for SVG. `own`: a tie of the organisation itself; `loose`: a role that makes no member."""

    path: str
    own: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    nodes: Sequence[Node]
    arcs: Sequence[Arc]
    ties: Sequence[Membership]
    more_members: bool
    width: int = WIDTH
    spine: int = SPINE

    @property
    def height(self) -> int:
        return ROW * len(self.nodes)

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"

    @property
    def middles(self) -> list[int]:
        return [node.y for node in self.nodes]


def draw(
    organisation: Organisation,
    upward: Sequence[Membership],
    members: Sequence[Membership],
    placements: Iterable[UnitPlacement],
    *,
    most_members: int,
) -> Drawing | None:
    """None where it is tied to nobody."""
    parents = [p for p in placements if p.organisation_id == organisation.pk]
    units = [p for p in placements if p.parent_id == organisation.pk]
    shown = members[:most_members]
    above = [*_networks_above(organisation, upward), *((p.parent, _("it is a unit of this one")) for p in parents)]
    below = [*((p.organisation, _("unit")) for p in units), *((m.member, _("member")) for m in shown)]
    if not above and not below:
        return None
    nodes = _nodes(organisation, above, below)
    at = {node.organisation.pk: node.y for node in reversed(nodes)}
    arcs = [*_arcs(at, organisation, [*upward, *shown]), *_unit_arcs(at, [*parents, *units])]
    return Drawing(nodes, arcs, [*upward, *shown], len(members) > most_members)


def _networks_above(organisation: Organisation, upward: Sequence[Membership]) -> list[tuple[Organisation, Text]]:
    """The farthest first; a level is the shortest way up. What is said of each: the role in it, or how far it is."""
    networks = {tie.network_id: tie.network for tie in upward}
    onward: dict[UUID, list[UUID]] = defaultdict(list)
    roles: dict[UUID, list[str]] = defaultdict(list)
    for tie in upward:
        onward[tie.member_id].append(tie.network_id)
        if tie.member_id == organisation.pk:
            roles[tie.network_id].append(str(MembershipRole(tie.role).label))
    level, edge = {organisation.pk: 0}, [organisation.pk]
    for depth in range(1, len(networks) + 1):
        edge = [n for n in dict.fromkeys(n for pk in edge for n in onward[pk]) if n not in level]
        level |= dict.fromkeys(edge, depth)
    ordered = sorted(networks.values(), key=lambda o: (-level.get(o.pk, 0), o.sort_key))
    return [(o, ", ".join(dict.fromkeys(roles[o.pk])) or _("through another network")) for o in ordered]


def _nodes(
    organisation: Organisation, above: Iterable[tuple[Organisation, Text]], below: Iterable[tuple[Organisation, Text]]
) -> list[Node]:
    rows: list[tuple[Organisation, Place, Text]] = [(o, "above", note) for o, note in above]
    rows.append((organisation, "self", ""))
    rows += [(o, "below", note) for o, note in below]
    return [Node(o, place, note, ROW * n + ROW // 2) for n, (o, place, note) in enumerate(rows)]


def _arcs(at: dict[UUID, int], organisation: Organisation, ties: Iterable[Membership]) -> list[Arc]:
    return [
        Arc(_path(at[t.member_id], at[t.network_id]), organisation.pk in (t.member_id, t.network_id), not t.is_counted)
        for t in ties
        if t.member_id in at and t.network_id in at
    ]


def _unit_arcs(at: dict[UUID, int], placements: Iterable[UnitPlacement]) -> list[Arc]:
    return [Arc(_path(at[p.organisation_id], at[p.parent_id]), own=True, loose=False) for p in placements]


def _path(start: int, end: int) -> str:
    """An arc to the left of the spine, the wider the farther apart the two are."""
    reach = SPINE - min(SPINE, 12 + 7 * abs(start - end) // ROW)
    return f"M{SPINE} {start}C{reach} {start} {reach} {end} {SPINE} {end}"
