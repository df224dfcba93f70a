"""A cube of counts: dimensions with hierarchies, its atoms, and the declared cells that are sums of atoms."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from simpul.disclosure.columns import Named, labels_in, numbers_in
from simpul.disclosure.dimensions import Dimension, Indices, Labels, Level, Shape, dimension_of
from simpul.disclosure.errors import Refused

MOST_ATOMS: Final = 20_000_000


@dataclass(frozen=True)
class Incidence:
    """Which atoms a cell sums: those of cell `i` are `atoms[starts[i]:starts[i + 1]]`, ascending."""

    starts: Indices
    atoms: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, cell: int) -> npt.NDArray[np.int32]:
        return self.atoms[self.starts[cell] : self.starts[cell + 1]]

    def chosen(self, cells: Indices) -> "Incidence":
        """The same for these cells alone, in their order."""
        lengths = np.diff(self.starts)[cells]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
        return Incidence(starts, self.atoms[np.repeat(self.starts[cells], lengths) + within])

    def sums(self, values: Indices) -> Indices:
        """The cells' values where `values` are the atoms'."""
        total = np.concatenate([[0], np.cumsum(values[self.atoms])])
        return np.asarray(total[self.starts[1:]] - total[self.starts[:-1]], dtype=np.int64)


@dataclass(frozen=True)
class Cube:
    """Counts over the full cross of its dimensions' leaves; what no record names is 0. `counts` has one axis each."""

    dimensions: tuple[Dimension, ...]
    counts: Indices

    @cached_property
    def atoms(self) -> Indices:
        """The counts in one row, last dimension fastest."""
        return self.counts.reshape(-1)

    def every_view(self) -> "tuple[View, ...]":
        """The full cross of all margins."""
        return tuple(View(chosen) for chosen in itertools.product(*(d.levels for d in self.dimensions)))


@dataclass(frozen=True)
class View:
    """A declared table: one level of each dimension. Its cells are numbered with the last dimension fastest."""

    levels: tuple[Level, ...]

    def __len__(self) -> int:
        return int(np.prod([len(level) for level in self.levels], dtype=np.int64))

    def cell_of(self) -> Indices:
        """The cell each atom of the cube lies in."""
        found = np.zeros(1, dtype=np.int64)
        for level in self.levels:
            found = (found[:, None] * len(level) + level.node_of[None, :]).reshape(-1)
        return found

    def labels(self) -> Iterator[Labels]:
        """The labels of each cell, one a column, in the order of the cells."""
        for parts in itertools.product(*(level.labels for level in self.levels)):
            yield tuple(itertools.chain.from_iterable(parts))


@dataclass(frozen=True)
class Cells:
    """The declared cells of some views, one after the other: what they sum, their true values, what they are called."""

    cube: Cube
    views: tuple[View, ...]
    incidence: Incidence
    values: Indices

    def __len__(self) -> int:
        return len(self.values)

    def labels(self) -> Iterator[Labels]:
        for view in self.views:
            yield from view.labels()


def cube_of(table: Named, shapes: Sequence[Shape], count: str) -> Cube:
    """The cube of a table of records or of counts: a mapping of columns, a pandas or polars frame, an arrow table;
    `count` names the column that holds the numbers.

    Rows of the same leaf add up. Refused("unknown_column" | "negative_count" | "unreadable_table" | "too_large" |
    "overflow").
    """
    numbers = _counted(numbers_in(table, count))
    dimensions, places = [], []
    for shape in shapes:
        rows = list(zip(*(labels_in(table, name) for name in shape.columns), strict=True))
        dimension, leaf = dimension_of(shape, rows)
        dimensions.append(dimension)
        places.append(leaf)
    size = tuple(len(dimension.leaves) for dimension in dimensions)
    if int(np.prod(size, dtype=object)) > MOST_ATOMS:
        raise Refused("too_large", f"More than {MOST_ATOMS} finest cells: declare coarser columns.")
    counts = np.zeros(size, dtype=np.int64)
    np.add.at(counts, tuple(places), numbers)
    return Cube(tuple(dimensions), counts)


def _counted(numbers: list[int]) -> Indices:
    if any(number < 0 for number in numbers):
        raise Refused("negative_count", "A count is below zero: hold it until it can be a batch of its own.")
    if sum(numbers) >= 2**53:
        raise Refused("overflow", "The counts add up to more than this can carry.")
    return np.array(numbers, dtype=np.int64)


def cells_of(cube: Cube, views: Sequence[View]) -> Cells:
    """The declared cells of these views."""
    parts, values, lengths = [], [], []
    for view in views:
        cell = view.cell_of()
        parts.append(np.argsort(cell, kind="stable").astype(np.int32))
        lengths.append(np.bincount(cell, minlength=len(view)))
        values.append(np.bincount(cell, weights=cube.atoms, minlength=len(view)).astype(np.int64))
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)
    return Cells(cube, tuple(views), Incidence(starts, np.concatenate(parts)), np.concatenate(values))
