"""The declared tables of some batches, each in each of its periods, and where finest cells lie in them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simpul.disclosure.cubes import View
from simpul.disclosure.dimensions import Indices
from simpul.disclosure.outlines import Outline
from simpul.disclosure.periods import Period, parse_batch, periods_within
from simpul.disclosure.pool import Flags

# Of a dimension as far as tables tell it apart: the node of each leaf, and the first leaf of each node.
Nodes = tuple[Indices, Indices]


@dataclass(frozen=True)
class Part:
    """One declared table in one period; its cells are `begin` and those that follow."""

    declared: int
    tier: str
    period: Period
    view: View
    begin: int

    @property
    def cells(self) -> slice:
        return slice(self.begin, self.begin + len(self.view))

    def covered(self, batches: Sequence[str]) -> Flags:
        """Which of these batches are counted in it."""
        return np.array([self.period.covers(parse_batch(name)) for name in batches])


def parts_within(outline: Outline, batches: Sequence[str]) -> tuple[Part, ...]:
    """Every declared table in every period that these batches hold whole."""
    found: list[Part] = []
    begin = 0
    for number, (one, view) in enumerate(outline.tables):
        for period in periods_within(one.cadence, batches, outline.begins):
            found.append(Part(number, one.tier, period, view, begin))
            begin += len(view)
    return tuple(found)


def cells_of_leaves(view: View, leaves: Sequence[Indices]) -> Indices:
    """The cell of a table that each finest cell lies in; `leaves` has one array a dimension."""
    nodes = [level.node_of[leaf] for level, leaf in zip(view.levels, leaves, strict=True)]
    return np.asarray(np.ravel_multi_index(nodes, tuple(len(level) for level in view.levels)), dtype=np.int64)


def placed(atoms: Indices, finest: Sequence[Nodes]) -> tuple[Indices, tuple[Indices, ...]]:
    """The batch of each atom, and for each dimension the leaf that stands for it."""
    sizes = tuple(len(stands) for _, stands in finest)
    batch, node = np.divmod(atoms, int(np.prod(sizes, dtype=np.int64)))
    nodes = np.unravel_index(node, sizes)
    return batch, tuple(stands[one] for (_, stands), one in zip(finest, nodes, strict=True))
