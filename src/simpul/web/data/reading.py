"""From the published tables to counts at hand: which table tells of which level, and nothing else of `releases`."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from simpul.kernel.actor import Actor
from simpul.releases.kinds import ALL, depth_of, kind_of, lineage_of
from simpul.releases.queries.published import cells_for, cells_of, periods_for, tables_for
from simpul.releases.tables import Depth, Table
from simpul.web.data.counts import Counts
from simpul.web.data.periods import nearest


@dataclass(frozen=True, slots=True)
class Reading:
    """One place over all periods that are out, oldest first, by everything that is told of it."""

    table: Table
    periods: tuple[str, ...]
    counts: Counts
    latest: UUID | None  # the release that told the last of them


@dataclass(frozen=True, slots=True)
class Below:
    """The places directly below, of one type, in one period; of no period where none is out."""

    type: str
    period: str
    counts: Counts


def figure_address(key: UUID) -> str:
    """Where a published cell stands for good."""
    return reverse("data:figure", args=[key])


def readable(actor: Actor, level: int) -> list[Table]:
    """The tables of a level that this reader may read, the widest audience's first."""
    return [table for table in tables_for(actor) if table.level == level]


def read_place(actor: Actor, level: int, code: str) -> Reading:
    """Of the country for code "". Three statements, however many tables the reader's audience has."""
    first, *more = readable(actor, level)
    periods = periods_for(actor, first.key)
    cells = cells_of(actor, [table.key for table in (first, *more)], within=code) if periods else ()
    counts = Counts.of(first.cadence, cells, figure_address)
    return Reading(first, tuple(row.label for row in periods), counts, periods[-1].release_id if periods else None)


def read_below(actor: Actor, level: int, code: str, *, type: str, period: str) -> Below:  # noqa: A002
    """Of places at `level` in `code`, of the type or what it belongs to. Three statements."""
    table = readable(actor, level)[0]
    kind = told_as(type, table)
    period = nearest(period, [row.label for row in periods_for(actor, table.key)])
    cells = cells_for(actor, table.key, within=code, type=kind, sex=ALL, age=ALL) if period else ()
    return Below(kind, period, Counts.of(table.cadence, cells, figure_address))


def chain_of(type_: str) -> tuple[str, ...]:
    """From everything to the type: "", "violence", "K", "K.S"."""
    if depth_of(type_) <= Depth.BRANCH:
        return tuple(dict.fromkeys([ALL, type_]))
    return tuple(dict.fromkeys([ALL, *lineage_of(type_)]))


def told_as(type_: str, table: Table) -> str:
    """The type, or the family or branch it belongs to where the table tells no finer."""
    return [one for one in chain_of(kind_of(type_)) if depth_of(one) <= table.depth][-1]
