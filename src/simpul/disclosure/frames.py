"""The tables of some batches that share atoms, taken together: which cells are declared of them, and over which atoms.

An atom is a finest cell of what is declared of these batches, and a batch: where only provinces are told, places are
taken together by province. That loses nothing, since what a province holds could lie anywhere in it.

Of a great many finest cells nearly all are empty. Then those that hold something are atoms, and of the empty ones a few
of each protected cell, by a fixed chance: a table that changes these alone is a table like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from simpul.disclosure.batches import Batch
from simpul.disclosure.choosing import atoms_of
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.dimensions import Indices, Level
from simpul.disclosure.errors import Refused
from simpul.disclosure.outlines import Outline
from simpul.disclosure.parts import Nodes, Part, cells_of_leaves, parts_within, placed
from simpul.disclosure.periods import parse_batch
from simpul.disclosure.pool import Wide

MOST_ATOMS: Final = 2_000_000
EVERY: Final = 200_000  # up to so many finest cells, all of them are atoms


@dataclass(frozen=True, eq=False)
class Frame:
    """Atoms: their batch (its place in `batches`), one finest cell of the outline that stands for them, their counts.

    Cells: what they sum, their values and thresholds, part after part. `finest`: how far each dimension is told apart.
    """

    batches: tuple[str, ...]
    parts: tuple[Part, ...]
    finest: tuple[Nodes, ...]
    batch: Wide
    leaf: Wide
    worth: Wide
    incidence: Incidence
    values: Wide
    k: Wide

    def __len__(self) -> int:
        return len(self.values)


def frame_of(outline: Outline, batches: Sequence[Batch]) -> Frame:
    """The frame of these batches. Refused("too_large")."""
    batches = sorted(batches, key=lambda one: parse_batch(one.name))
    names = tuple(one.name for one in batches)
    parts = parts_within(outline, names)
    finest = tuple(
        _refined([part.view.levels[place] for part in parts], len(one.leaves))
        for place, one in enumerate(outline.dimensions)
    )
    sizes = tuple(len(stands) for _, stands in finest)
    many = int(np.prod(sizes, dtype=object))
    held, counts = _held(outline, batches, finest)
    if many * len(batches) <= EVERY:
        atoms = np.arange(many * len(batches))
    else:
        atoms = atoms_of(outline, parts, names, finest, (held, counts))
    if len(atoms) > MOST_ATOMS:
        raise Refused("too_large", f"More than {MOST_ATOMS} finest cells: declare coarser tables.")
    worth = np.zeros(len(atoms), dtype=np.int64)
    worth[np.searchsorted(atoms, held)] = counts
    batch, leaves = placed(atoms, finest)
    incidence = _incidence(parts, names, batch, leaves)
    return Frame(
        names,
        parts,
        finest,
        batch,
        np.ravel_multi_index(leaves, outline.sizes).astype(np.int64),
        worth,
        incidence,
        incidence.sums(worth),
        np.concatenate([outline.thresholds_of(part.view) for part in parts]),
    )


def _held(outline: Outline, batches: Sequence[Batch], finest: Sequence[Nodes]) -> tuple[Indices, Indices]:
    """The atoms that hold something, ascending, and how much. Atoms are numbered batch by batch."""
    sizes = tuple(len(stands) for _, stands in finest)
    many = int(np.prod(sizes, dtype=np.int64))
    found, counts = [], []
    for place, one in enumerate(batches):
        leaves = np.unravel_index(one.places, outline.sizes)
        nodes = [node_of[leaf] for (node_of, _), leaf in zip(finest, leaves, strict=True)]
        found.append(place * many + np.ravel_multi_index(nodes, sizes).astype(np.int64))
        counts.append(one.counts)
    atoms, inverse = np.unique(np.concatenate(found), return_inverse=True)
    sums = np.zeros(len(atoms), dtype=np.int64)
    np.add.at(sums, inverse.reshape(-1), np.concatenate(counts))
    return atoms, sums


def _refined(levels: Sequence[Level], leaves: int) -> Nodes:
    """The coarsest partition finer than all of these: the node of each leaf, and the first leaf of each node."""
    rows = np.array([level.node_of for level in {level.name: level for level in levels}.values()]).reshape(-1, leaves)
    _, first, node_of = np.unique(rows, axis=1, return_index=True, return_inverse=True)
    return node_of.reshape(-1).astype(np.int64), first.astype(np.int64)


def _incidence(parts: Sequence[Part], batches: Sequence[str], batch: Wide, leaves: Sequence[Indices]) -> Incidence:
    """What each cell sums; `batch` and `leaves` say where each atom lies."""
    lengths, atoms = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for part in parts:
        is_covered = np.array([part.period.covers(parse_batch(name)) for name in batches])
        inside = np.flatnonzero(is_covered[batch])
        cell = cells_of_leaves(part.view, [leaf[inside] for leaf in leaves])
        atoms.append(inside[np.argsort(cell, kind="stable")].astype(np.int32))
        lengths.append(np.bincount(cell, minlength=len(part.view)))
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)
    return Incidence(starts, np.concatenate(atoms))
