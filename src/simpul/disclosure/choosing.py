"""Which empty finest cells are atoms, where there are too many for all to be.

Each protected cell needs atoms to differ in. An empty one is taken beside one that holds something: alike in everything
that the cell leaves open, and in the coarser places and types around it. Then the two lie in nearly the same
published cells, and a count can move from one to the other without anybody noticing. Cells that hold nobody far around
are all taken beside the same people, those of whose kind there are most: thousands of them then ask the same, and a way
that is found for one is one for all.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from simpul.disclosure.cubes import View
from simpul.disclosure.dimensions import Dimension, Indices, Level
from simpul.disclosure.outlines import Outline
from simpul.disclosure.parts import Nodes, Part, cells_of_leaves, placed
from simpul.disclosure.pool import Flags

CHOSEN: Final = 3  # atoms at least in each protected cell
Chance = np.random.Generator


def atoms_of(
    outline: Outline,
    parts: Sequence[Part],
    names: Sequence[str],
    finest: Sequence[Nodes],
    held: tuple[Indices, Indices],
) -> Indices:
    """The atoms that hold something and how much, and a few more of each cell below its threshold; ascending."""
    atoms, (own, counts) = held[0], held
    chance = np.random.default_rng(1)
    many = int(np.prod([len(stands) for _, stands in finest], dtype=np.int64))
    for part in sorted(parts, key=lambda one: -len(one.view)):
        covered = part.covered(names)
        values = _per_cell(part, covered, own, finest, counts)
        there = _per_cell(part, covered, atoms, finest, np.ones_like(atoms))
        short = np.where(values < outline.thresholds_of(part.view), np.maximum(CHOSEN - there, 0), 0)
        cells = np.repeat(np.arange(len(short)), short.astype(np.int64))
        batch, node = _beside(outline, part, covered, cells, (own, finest), chance)
        atoms = np.sort(np.concatenate([atoms, batch * many + node]))
        atoms = atoms[np.append(True, atoms[1:] != atoms[:-1])[: len(atoms)]]
    return atoms


def _per_cell(part: Part, covered: Flags, atoms: Indices, finest: Sequence[Nodes], weights: Indices) -> Indices:
    batch, leaves = placed(atoms, finest)
    inside = covered[batch]
    cell = cells_of_leaves(part.view, [leaf[inside] for leaf in leaves])
    return np.bincount(cell, weights=weights[inside], minlength=len(part.view)).astype(np.int64)


def _beside(
    outline: Outline,
    part: Part,
    covered: Flags,
    cells: Indices,
    held: tuple[Indices, Sequence[Nodes]],
    chance: Chance,
) -> tuple[Indices, Indices]:
    """A batch and a finest node for each of these cells, beside one that holds something where there is one."""
    own, finest = held
    batch, leaves = placed(own, finest)
    inside = np.flatnonzero(covered[batch])
    leaves = tuple(leaf[inside] for leaf in leaves)
    like = _likest(outline.dimensions, part.view, cells, leaves, _patterns(batch[inside], leaves))
    asked = np.unravel_index(cells, tuple(len(level) for level in part.view.levels))
    found = []
    for level, (node_of, stands), node, leaf in zip(part.view.levels, finest, asked, leaves, strict=True):
        nodes = _within(level.node_of[stands], node, chance)
        theirs = leaf[np.maximum(like, 0)] if len(leaf) else np.zeros_like(nodes)
        is_alike = (like >= 0) & (level.node_of[theirs] == node)
        found.append(np.where(is_alike, node_of[theirs], nodes))
    any_batch = chance.choice(np.flatnonzero(covered), len(cells))
    theirs = batch[inside][np.maximum(like, 0)] if len(inside) else any_batch
    chosen = np.where(like >= 0, theirs, any_batch)
    return chosen, np.asarray(np.ravel_multi_index(found, tuple(len(stands) for _, stands in finest)), dtype=np.int64)


def _likest(
    dimensions: Sequence[Dimension], view: View, cells: Indices, leaves: Sequence[Indices], patterns: Indices
) -> Indices:
    """For each cell the place in `leaves` of something in the smallest cell around it that holds any; -1 for none.

    A cell that is asked for several times, one after the other, is given each time another pattern, the common first.
    """
    found = np.full(len(cells), -1, dtype=np.int64)
    turn = np.arange(len(cells)) - np.searchsorted(cells, cells)
    asked = np.unravel_index(cells, tuple(len(level) for level in view.levels))
    inner = [_first_leaves(level)[node] for level, node in zip(view.levels, asked, strict=True)]
    for wider in _wider(dimensions, view):
        open_still = np.flatnonzero(found < 0)
        if not len(open_still) or not len(leaves[0]):
            break
        theirs = cells_of_leaves(wider, leaves)
        _, order = np.unique(theirs * (int(patterns.max()) + 1) + patterns, return_index=True)
        many = np.bincount(theirs[order], minlength=len(wider))
        begin = np.cumsum(many) - many
        around = cells_of_leaves(wider, [leaf[open_still] for leaf in inner])
        some = many[around] > 0
        at = begin[around] + turn[open_still] % np.maximum(many[around], 1)
        found[open_still[some]] = order[at[some]]
    return found


def _patterns(batch: Indices, leaves: Sequence[Indices]) -> Indices:
    """Of what kind each is, in everything but the widest dimension, as a number: the most common kind is 0."""
    widest = max(range(len(leaves)), key=lambda place: int(leaves[place].max(initial=0)))
    rows = np.stack([batch, *(leaf for place, leaf in enumerate(leaves) if place != widest)])
    _, of, many = np.unique(rows, axis=1, return_inverse=True, return_counts=True)
    rank = np.empty(len(many), dtype=np.int64)
    rank[np.argsort(-many, kind="stable")] = np.arange(len(many))
    return rank[of.reshape(-1)]


def _first_leaves(level: Level) -> Indices:
    """The first leaf of each node."""
    return np.unique(level.node_of, return_index=True)[1].astype(np.int64)


def _wider(dimensions: Sequence[Dimension], view: View) -> Iterator[View]:
    """Ever wider views, one level of the dimension with most nodes at a time, until all is one cell."""
    levels = list(view.levels)
    while any(len(level) > 1 for level in levels):
        widest = max(range(len(levels)), key=lambda place: len(levels[place]))
        coarser = [level for level in dimensions[widest].levels if len(level) < len(levels[widest])]
        levels[widest] = max(coarser, key=len)
        yield View(tuple(levels))


def _within(coarse_of: Indices, asked: Indices, chance: Chance) -> Indices:
    """For each coarse node asked for, one of the fine nodes in it. `coarse_of` has one entry a fine node."""
    order = np.argsort(coarse_of, kind="stable")
    many = np.bincount(coarse_of)
    begin = np.cumsum(many) - many
    return np.asarray(order[begin[asked] + (chance.random(len(asked)) * many[asked]).astype(np.int64)])
