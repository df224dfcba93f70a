"""What is declared of a year before any of it is counted: dimensions, tables with their cadence, thresholds, audiences.

An outline is fixed for its year. It says which cells there are, whether or not a record falls into them: a place that
is left out because nobody reported there would tell its 0.
"""

import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from simpul.disclosure.chains import key_of
from simpul.disclosure.cubes import View
from simpul.disclosure.dimensions import TOTAL, Dimension, Indices, Labels, Level, Shape, dimension_of
from simpul.disclosure.errors import Refused
from simpul.disclosure.periods import Cadence, Period, parse_batch

PUBLIC: Final = "public"


@dataclass(frozen=True)
class Declared:
    """A table that is published: the columns it tells apart (all others are totals), how often, and to whom."""

    by: tuple[str, ...]
    cadence: Cadence
    tier: str = PUBLIC


@dataclass(frozen=True)
class Thresholds:
    """`least` for any cell, and higher ones by label: `{"K.S": 10, "PA": 10}` is of all that lies below these labels.

    A cell that sums several has the highest of all it could hold, whatever it does hold: a total of 7 in which sexual
    violence may be is a count of at most 7 of it, and a threshold that looked at the counts would tell them.
    """

    least: int = 5
    by_label: Mapping[str, int] = field(default_factory=dict)

    def of_leaves(self, dimension: Dimension) -> Indices:
        """One a leaf."""
        found = [max((self.by_label.get(label, 0) for label in leaf), default=0) for leaf in dimension.leaves]
        return np.maximum(np.array(found, dtype=np.int64), self.least)


def dimension(columns: Sequence[str], leaves: Iterable[Sequence[str]], chains: Sequence[Labels] = ()) -> Dimension:
    """A dimension from its columns, coarse to fine, and every finest entry there is, as one label a column.

    `chains` where hierarchies overlap: `(("province", "village"), ("island", "village"))`. Refused("wrong_outline")
    where a finest label stands twice, Refused("reserved_label").
    """
    rows = [tuple(leaf) for leaf in leaves]
    if not rows or any(len(row) != len(columns) for row in rows):
        raise Refused("wrong_outline", "A dimension has at least one entry, and each entry one label a column.")
    if len({row[-1] for row in rows}) != len(set(rows)):
        raise Refused("wrong_outline", f"A {columns[-1]} stands in two places.")
    made, _ = dimension_of(Shape(tuple(columns), tuple(map(tuple, chains)) or (tuple(columns),)), rows)
    return made


def margins_of(
    dimensions: Sequence[Dimension],
    *,
    by: Sequence[str],
    cadence: Cadence,
    tier: str = PUBLIC,
    least: Sequence[str] = (),
) -> tuple[Declared, ...]:
    """The table by these columns and its margins: every coarser level of their dimensions, down to the total.

    `least` names columns that are always told apart, so that a margin published elsewhere is not declared twice.
    """
    ways: list[list[str]] = []
    for one in dimensions:
        named = [column for column in one.columns if column in by]
        floor = [one.level(column) for column in one.columns if column in least]
        finest = one.level(named[-1]) if named else one.levels[0]
        chosen = [
            level
            for level in one.levels
            if _is_coarser(level, finest) and all(_is_coarser(coarse, level) for coarse in floor)
        ]
        ways.append([level.name.rpartition(">")[2] for level in chosen])
    known = {column for one in dimensions for column in one.columns}
    if not set(by) | set(least) <= known:
        raise Refused("unknown_column", "A table is declared by columns of the outline.")
    return tuple(
        Declared(tuple(name for name in names if name != TOTAL), cadence, tier) for names in itertools.product(*ways)
    )


def _is_coarser(coarse: Level, fine: Level) -> bool:
    """Whether each node of `fine` lies in one node of `coarse`."""
    return len(set(zip(coarse.node_of.tolist(), fine.node_of.tolist(), strict=True))) == len(fine)


@dataclass(frozen=True, eq=False)
class Outline:
    """A year of one family of audiences. `tiers`: from the widest (the public) to the narrowest; each reads the wider.

    Zeros are hidden. Refused("wrong_outline" | "unknown_column" | "unknown_period").
    """

    year: int
    dimensions: tuple[Dimension, ...]
    declared: tuple[Declared, ...]
    k: Thresholds = field(default_factory=Thresholds)
    tiers: tuple[str, ...] = (PUBLIC,)
    begins: str = ""

    def __post_init__(self) -> None:
        if not self.begins:
            object.__setattr__(self, "begins", f"{self.year}-01")
        if parse_batch(self.begins).year != self.year or "+" in self.begins:
            raise Refused("wrong_outline", "A book begins with a month of its year.")
        columns = [column for one in self.dimensions for column in one.columns]
        if len(set(columns)) != len(columns):
            raise Refused("wrong_outline", "A column belongs to one dimension.")
        if not self.declared or any(one.tier not in self.tiers for one in self.declared):
            raise Refused("wrong_outline", "A table is declared for one of the tiers.")
        if any(not set(one.by) <= set(columns) for one in self.declared):
            raise Refused("unknown_column", "A table is declared by columns of the outline.")
        if any(limit < 1 for limit in (self.k.least, *self.k.by_label.values())):
            raise Refused("wrong_outline", "A threshold is at least 1.")
        seen = [(one.cadence, tuple(level.name for level in view.levels)) for one, view in self.tables]
        if len(set(seen)) != len(seen):
            raise Refused("wrong_outline", "A table is declared once: who reads a wider tier reads it too.")

    @cached_property
    def tables(self) -> tuple[tuple[Declared, View], ...]:
        """Each declared table with the level of each dimension that it tells apart."""
        found = []
        for one in self.declared:
            levels = []
            for each in self.dimensions:
                named = [column for column in each.columns if column in one.by]
                levels.append(each.level(named[-1]) if named else each.levels[0])
            found.append((one, View(tuple(levels))))
        return tuple(found)

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """For each declared table the names of its cells in a line, in their order."""
        return tuple(tuple(map(key_of, view.labels())) for _, view in self.tables)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many leaves each dimension has: a finest cell is numbered with the last dimension fastest."""
        return tuple(len(one.leaves) for one in self.dimensions)

    @cached_property
    def _of_leaves(self) -> tuple[Indices, ...]:
        return tuple(self.k.of_leaves(one) for one in self.dimensions)

    def thresholds_of(self, view: View) -> Indices:
        """One a cell of the table."""
        whole = np.zeros(1, dtype=np.int64)
        for limits, level in zip(self._of_leaves, view.levels, strict=True):
            highest = np.zeros(len(level), dtype=np.int64)
            np.maximum.at(highest, level.node_of, limits)
            whole = np.maximum(whole[:, None], highest[None, :]).reshape(-1)
        return whole

    def cadences(self, tier: str) -> tuple[Cadence, ...]:
        """Those of a tier's tables, from fine to coarse."""
        return tuple(
            cadence for cadence in Cadence if any(o.cadence == cadence for o in self.declared if o.tier == tier)
        )

    def months(self, period: Period) -> tuple[str, ...]:
        """The months of a period that the book has."""
        return tuple(month for month in period.months if month >= self.begins)

    def visible(self, tier: str) -> tuple[str, ...]:
        """The tiers whose releases a tier reads: its own and the wider ones. Refused("unknown_tier")."""
        if tier not in self.tiers:
            raise Refused("unknown_tier", f"The book has no tier {tier!r}.")
        return self.tiers[: self.tiers.index(tier) + 1]

    @cached_property
    def text(self) -> str:
        """All of it as canonical JSON."""
        said = {
            "year": self.year,
            "begins": self.begins,
            "tiers": self.tiers,
            "k": {"least": self.k.least, "by_label": dict(self.k.by_label)},
            "dimensions": [
                {"columns": one.columns, "chains": one.chains, "leaves": one.leaves} for one in self.dimensions
            ],
            "declared": [{"by": one.by, "cadence": one.cadence, "tier": one.tier} for one in self.declared],
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def outline_from(text: str) -> Outline:
    """The outline whose `text` this is. Refused("wrong_outline")."""
    try:
        said = json.loads(text)
        return Outline(
            year=said["year"],
            begins=said["begins"],
            tiers=tuple(said["tiers"]),
            k=Thresholds(said["k"]["least"], said["k"]["by_label"]),
            dimensions=tuple(dimension(one["columns"], one["leaves"], one["chains"]) for one in said["dimensions"]),
            declared=tuple(
                Declared(tuple(one["by"]), Cadence(one["cadence"]), one["tier"]) for one in said["declared"]
            ),
        )
    except (ValueError, KeyError, TypeError):
        raise Refused("wrong_outline", "The outline can't be read.") from None
