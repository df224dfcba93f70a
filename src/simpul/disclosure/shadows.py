"""What coarser periods will protect, as far as the batches at hand can tell: so that no later release is impossible.

A month that tells provinces by type may leave nobody to stand in a place of a quarter's table by sex, though each month
by itself is safe; then the quarter, whatever it hides, could not be proved beside its months. So a finer period treats
as protected what it holds of every cell of the coarser tables, as finely as its own tables tell places and types apart:
what is 0, and what is below the threshold and told apart as finely. Of anything else a person can change places unseen.
When nothing of the coarser period is told, each of its cells then differs in a table of some of its finer periods.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simpul.disclosure.cubes import Incidence, View
from simpul.disclosure.dimensions import Level
from simpul.disclosure.frames import Frame
from simpul.disclosure.outlines import Outline
from simpul.disclosure.parts import Nodes, cells_of_leaves
from simpul.disclosure.periods import parse_batch, periods_around
from simpul.disclosure.pool import Flags


@dataclass(frozen=True)
class Image:
    """A coarser period's table as the frame tells it apart: `is_exact` cells hold no more than one of the table."""

    covered: Flags
    view: View
    is_exact: Flags


def shadows_of(outline: Outline, frame: Frame) -> Incidence:
    """The atoms of each such cell, ascending."""
    leaves = [np.asarray(one) for one in np.unravel_index(frame.leaf, outline.sizes)]
    lengths, atoms = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for image in _images(outline, frame):
        inside = np.flatnonzero(image.covered[frame.batch])
        cell = cells_of_leaves(image.view, [leaf[inside] for leaf in leaves])
        values = np.zeros(len(image.view), dtype=np.int64)
        np.add.at(values, cell, frame.worth[inside])
        kept = (values < np.where(image.is_exact, outline.thresholds_of(image.view), 1))[cell]
        order = np.argsort(cell[kept], kind="stable")
        atoms.append(inside[kept][order].astype(np.int32))
        many = np.bincount(cell[kept], minlength=len(image.view))
        lengths.append(many[many > 0])
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)
    return Incidence(starts, np.concatenate(atoms))


def _images(outline: Outline, frame: Frame) -> Iterator[Image]:
    """Each once, of every table in every period that the batches of the frame are a part of."""
    batches = [parse_batch(name) for name in frame.batches]
    whole = {part.period for part in frame.parts}
    seen = set()
    for one, view in outline.tables:
        ways = [_image(level, nodes) for level, nodes in zip(view.levels, frame.finest, strict=True)]
        is_exact = np.ones(1, dtype=np.bool_)
        for _, exact in ways:
            is_exact = np.logical_and.outer(is_exact, exact).reshape(-1)
        for period in periods_around(one.cadence, frame.batches):
            covered = np.array([period.covers(batch) for batch in batches])
            name = (covered.tobytes(), *((len(level), level.node_of.tobytes()) for level, _ in ways))
            if period not in whole and name not in seen:
                seen.add(name)
                yield Image(covered, View(tuple(level for level, _ in ways)), is_exact)


def _image(level: Level, finest: Nodes) -> tuple[Level, Flags]:
    """The level as far as it is told apart: itself where that is finer, else the finest; which nodes hold but one."""
    node_of, stands = finest
    is_split = np.zeros(len(stands), dtype=np.bool_)
    is_split[node_of[level.node_of != level.node_of[stands][node_of]]] = True
    if not is_split.any():
        return level, np.ones(len(level), dtype=np.bool_)
    return Level(level.name, (level.labels[0],) * len(stands), node_of), ~is_split
