"""The dimensions of a table and the levels its margins are taken over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from simpul.disclosure.errors import Refused

TOTAL: Final = "Total"
Indices = npt.NDArray[np.int64]
Labels = tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A partition of a dimension's leaves: `node_of[leaf]` is the node a leaf lies in, `labels[node]` how it is told.

    `labels` has one entry a column of the dimension; `Total` where the level does not tell the column apart.
    """

    name: str
    labels: tuple[Labels, ...]
    node_of: Indices

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, eq=False)
class Dimension:
    """Columns of a table with the chains of ever finer levels they form, and the leaves that were found in it.

    `levels[0]` is always the total, the last level the leaves.
    """

    columns: tuple[str, ...]
    leaves: tuple[Labels, ...]
    levels: tuple[Level, ...]
    chains: tuple[Labels, ...] = ()

    def level(self, column: str) -> Level:
        """The level that tells this column apart and nothing finer. Refused("unknown_column") where there is none."""
        for level in self.levels:
            if level.name.rpartition(">")[2] == column:
                return level
        raise Refused("unknown_column", f"No dimension tells {column} apart.")


@dataclass(frozen=True)
class Shape:
    """How a dimension is declared: its columns, and chains of them from coarse to fine that end in the same column."""

    columns: tuple[str, ...]
    chains: tuple[Labels, ...]


def parse_shapes(text: str) -> tuple[Shape, ...]:
    """`prov>dist,grp>type,sex`: dimensions apart by commas, levels from coarse to fine by `>`.

    Overlapping hierarchies of one dimension stand side by side: `prov>dist|island>dist`. Refused("unknown_column")
    where chains do not end alike or a column stands twice.
    """
    shapes = [_shape(part) for part in text.split(",")]
    columns = [column for shape in shapes for column in shape.columns]
    if len(set(columns)) != len(columns):
        raise Refused("unknown_column", "A column belongs to one dimension.")
    return tuple(shapes)


def _shape(text: str) -> Shape:
    chains = tuple(tuple(name.strip() for name in chain.split(">")) for chain in text.split("|"))
    if any(not name for chain in chains for name in chain) or len({chain[-1] for chain in chains}) != 1:
        raise Refused("unknown_column", f"{text!r} is no dimension: write coarse>fine, with the same finest column.")
    finest = chains[0][-1]
    coarse = dict.fromkeys(name for chain in chains for name in chain if name != finest)
    return Shape((*coarse, finest), chains)


def dimension_of(shape: Shape, rows: Sequence[Labels]) -> tuple[Dimension, Indices]:
    """The dimension these rows span, and the leaf of each row. A row has one label a column of the shape.

    Leaves are sorted, so that the order of the rows changes nothing.
    """
    leaves = tuple(sorted(set(rows)))
    if any(TOTAL in leaf for leaf in leaves):
        raise Refused("reserved_label", f"{TOTAL!r} is the name of margins: no record may carry it.")
    position = {leaf: index for index, leaf in enumerate(leaves)}
    coarse = dict.fromkeys(chain[:depth] for chain in shape.chains for depth in range(len(chain)))
    levels = tuple(_level(shape, chain, leaves) for chain in (*coarse, shape.chains[0]))
    dimension = Dimension(shape.columns, leaves, levels, shape.chains)
    return dimension, np.array([position[row] for row in rows], dtype=np.int64)


def _level(shape: Shape, chain: Labels, leaves: Sequence[Labels]) -> Level:
    """The level that tells apart what the columns of `chain` tell apart; with the finest column that is every leaf."""
    whole = bool(chain) and chain[-1] == shape.columns[-1]
    told = [index for index, column in enumerate(shape.columns) if whole or column in chain]
    seen: dict[Labels, int] = {} if told else {(): 0}
    node_of = [seen.setdefault(tuple(leaf[i] for i in told), len(seen)) for leaf in leaves]
    labels = tuple(tuple(key[told.index(i)] if i in told else TOTAL for i in range(len(shape.columns))) for key in seen)
    name = ">".join(chain) if chain else TOTAL
    return Level(shape.columns[-1] if whole else name, labels, np.array(node_of, dtype=np.int64))
