"""Reading threads: one recursive query for the walk, then one question a kind for what the reader may see."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists

from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import NotFound
from simpul.kernel.refs import RecordRef
from simpul.records.models import known_at
from simpul.threads import registry, rules
from simpul.threads.models import Link
from simpul.threads.registry import Knot
from simpul.threads.relations import RELATIONS

DEPTH: Final = 8  # complaint, case, figure, brief, submission, adoption, regulation, effect
BATCH: Final = 1000


class Direction(IntEnum):
    """Down the thread, from what came first to what came of it, or up."""

    BACKWARD = -1
    FORWARD = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a walk. `level` is how many links its far end lies from the start by way of it, negative backward."""

    link: Link
    level: int

    @property
    def near(self) -> RecordRef:
        return self.link.source if self.level > 0 else self.link.target

    @property
    def far(self) -> RecordRef:
        return self.link.target if self.level > 0 else self.link.source


# From the ends already reached to the ends one link on. UNION drops repeats, so a circle costs at most `depth` rounds
# over its own knots; `nearest` keeps the shortest way to each. Column names are ours, values are parameters.
_WALK: Final = """
{name}(depth, kind, uuid) AS (
    SELECT 0, CAST(%s AS varchar(80)), CAST(%s AS {uuid})
    UNION
    SELECT w.depth + 1, l.{far}_kind, l.{far}_id
    FROM {name} w JOIN threads_link l ON l.{near}_kind = w.kind AND l.{near}_id = w.uuid
    WHERE w.depth < %s AND {known}
), {name}_nearest AS (SELECT kind, uuid, min(depth) AS depth FROM {name} GROUP BY kind, uuid)"""
_LINKS: Final = """
SELECT l.*, {sign} * (n.depth + 1) AS level
FROM {name}_nearest n JOIN threads_link l ON l.{near}_kind = n.kind AND l.{near}_id = n.uuid
WHERE n.depth < %s AND {known}"""
_ENDS: Final = {
    Direction.BACKWARD: ("backward", "target", "source"),
    Direction.FORWARD: ("forward", "source", "target"),
}


def chain_from(
    ref: RecordRef, *, direction: Direction | None = None, max_depth: int = DEPTH, as_of: datetime | None = None
) -> list[Step]:
    """Every link within `max_depth` links of `ref`, in one query: both ways where no direction is named.

    Ordered from the start outward, within a level as they were recorded. It asks nothing about who may see what: pages
    use `thread_for`.
    """
    directions = (direction,) if direction else tuple(Direction)
    known, known_params = _known(as_of)
    uuid = Link._meta.get_field("source_id").get_db_prep_value(ref.uuid, connection)
    uuid_type = "uuid" if connection.vendor == "postgresql" else "char(32)"
    walks, links = [], []
    walk_params: list[Any] = []
    link_params: list[Any] = []
    for way in directions:
        name, near, far = _ENDS[way]
        names = {"name": name, "near": near, "far": far, "known": known, "uuid": uuid_type, "sign": int(way)}
        walks.append(_WALK.format(**names))
        walk_params += [ref.kind, uuid, max_depth - 1, *known_params]
        links.append(_LINKS.format(**names))
        link_params += [max_depth, *known_params]
    steps = f"SELECT * FROM ({' UNION ALL '.join(links)}) steps ORDER BY abs(level), level, recorded_at, id"  # noqa: S608 - names are ours
    found = Link.objects.raw(f"WITH RECURSIVE {','.join(walks)} {steps}", walk_params + link_params)
    return [Step(link, link.level) for link in found]  # type: ignore[attr-defined]


def _known(as_of: datetime | None) -> tuple[str, list[Any]]:
    """As `records.models.known_at`, for SQL over the link `l`."""
    if as_of is None:
        return "l.superseded_at IS NULL", []
    instant = connection.ops.adapt_datetimefield_value(as_of)
    return "l.recorded_at <= %s AND (l.superseded_at IS NULL OR l.superseded_at > %s)", [instant, instant]


def linked(kind: str, key: Any, *, relation: str, as_of: datetime) -> Exists:
    """Whether a record of that kind is, as known then, `relation` to any other: for a query of any context, which gives
    its key as an OuterRef.
    """
    return Exists(Link.objects.filter(known_at(as_of), source_kind=kind, source_id=key, relation=relation))


@dataclass(frozen=True, slots=True)
class Tie:
    """How a knot hangs on another one of the same thread; `other` is the one nearer to the start, None if sealed."""

    link_id: UUID
    relation: str
    other: RecordRef | None
    forward: bool

    @property
    def label(self) -> str:
        """In words, read from `other` to the knot."""
        row = RELATIONS.get(self.relation)
        return "" if row is None else str(row.forward if self.forward else row.backward)


@dataclass(frozen=True, slots=True)
class ThreadKnot:
    """A row of a drawn thread. `level` 0 is where it was asked from; `knot` None: sealed, no title may be shown."""

    ref: RecordRef | None
    level: int
    knot: Knot | None
    ties: tuple[Tie, ...] = ()

    @property
    def is_sealed(self) -> bool:
        return self.knot is None


def thread_for(
    actor: Actor, ref: RecordRef, *, max_depth: int = DEPTH, as_of: datetime | None = None
) -> list[ThreadKnot]:
    """The thread through `ref` as this actor may see it, from its far past to its far future. NotFound where `ref`
    itself is out of sight.

    A knot that may not be seen is left out together with everything that hangs on it alone, so that neither a gap nor
    a level gives it away. Behind a sealed relation it is drawn without title and without its id.
    """
    steps = chain_from(ref, max_depth=max_depth, as_of=as_of)
    knots = registry.resolve({ref, *(s.far for s in steps)}, actor)
    if ref not in knots:
        raise NotFound(ref.kind, ref.uuid)
    past = _visible_walk(ref, [s for s in steps if s.level < 0], knots, Direction.BACKWARD, max_depth)
    future = _visible_walk(ref, [s for s in steps if s.level > 0], knots, Direction.FORWARD, max_depth)
    return [*reversed(past), ThreadKnot(ref, 0, knots[ref]), *future]


@dataclass(slots=True)
class _Reached:
    level: int
    ties: list[Tie] = field(default_factory=list)


def _visible_walk(
    start: RecordRef, steps: list[Step], knots: dict[RecordRef, Knot], way: Direction, max_depth: int
) -> list[ThreadKnot]:
    """Breadth first over what may be seen: levels are those of the visible thread, not of the hidden one."""
    onward: dict[RecordRef, list[Step]] = defaultdict(list)
    for step in steps:
        if step.far in knots or rules.is_sealed(step.link.relation):
            onward[step.near].append(step)
    reached = {start: _Reached(0)}
    edge = [start]
    for level in range(1, max_depth + 1):
        following: list[RecordRef] = []
        for step in (s for reached_ref in edge for s in onward[reached_ref]):
            if step.far not in reached:
                reached[step.far] = _Reached(level)
                following.append(step.far)
            if reached[step.far].level == level:
                near = step.near if step.near in knots else None
                tie = Tie(step.link.pk, step.link.relation, near, way is Direction.FORWARD)
                reached[step.far].ties.append(tie)
        edge = following
    del reached[start]
    return [
        ThreadKnot(ref if ref in knots else None, way * r.level, knots.get(ref), tuple(r.ties))
        for ref, r in reached.items()
    ]


@dataclass(frozen=True, slots=True)
class Dangling:
    """A current link one of whose ends is gone, or is of a kind nobody resolves."""

    link_id: UUID
    ref: RecordRef
    reason: str  # "missing" or "unregistered"


def dangling() -> Iterator[Dangling]:
    """The links `simpul check` complains about, oldest first, read in batches."""
    checker = System("check")
    links = Link.objects.filter(superseded_at=None).order_by("recorded_at", "id").iterator(chunk_size=BATCH)
    while batch := list(islice(links, BATCH)):
        known = registry.resolve({end for link in batch for end in (link.source, link.target)}, checker)
        for link in batch:
            for end in (link.source, link.target):
                if end not in known:
                    reason = "missing" if end.kind in registry.kinds() else "unregistered"
                    yield Dangling(link.pk, end, reason)
