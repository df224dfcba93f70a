"""Atoms that lie in the same published cells: nobody can tell them apart, so they are one class.

Before anything is decided, atoms are taken together that lie in the same cells of those that may be published: whatever
is, its span is constant on them, so a protected cell that holds a part of a class never lies in it, and need not be
looked at while deciding. Afterwards those are that lie in the same published cells. What a class holds may lie anywhere
in it: a protected cell that shares a class which is not empty is as good as proved, and all cells that touch the same
classes ask the same. Of a nearly empty table with thousands of blank cells some dozens of questions are left.
"""

from typing import NamedTuple

import numpy as np

from simpul.disclosure.compiling import compiled
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.elimination import Echelon
from simpul.disclosure.pool import Flags, Narrow, Wide


class Classes(NamedTuple):
    """`of[a]` is the class of atom `a`; class `c` has `members[starts[c]:starts[c + 1]]`, those of most worth first.

    `worth` is what each holds together.
    """

    of: Wide
    starts: Wide
    members: Narrow
    worth: Wide


class Touched(NamedTuple):
    """The classes that cells touch: cell `t` those of `classes[starts[t]:starts[t + 1]]`.

    `is_part[e]` of an entry of the cells' incidence: the cell does not hold all of that atom's class. `is_whole[t]`: it
    holds all of every class it touches. `is_free[t]`: it shares a class that is not empty, so that what it holds can
    change without anybody noticing. `marks`: the same for cells that touch the same classes.
    """

    starts: Wide
    classes: Narrow
    is_part: Flags
    is_whole: Flags
    is_free: Flags
    marks: Wide


def classes_by(rows: Incidence, values: Wide, worth: Wide) -> Classes:
    """Atoms for which these rows hold the same values.

    By two 64-bit marks: were two unlike atoms ever to share both, the checker would refuse what comes of it.
    """
    row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    weights = np.random.default_rng(1).integers(1, 2**62, (2, len(rows)))
    marks = np.zeros((2, len(worth)), dtype=np.int64)
    for mark, weight in zip(marks, weights, strict=True):
        np.add.at(mark, rows.atoms, weight[row] * values)
    order = np.lexsort((marks[1], marks[0]))
    begins = np.append(True, (marks[:, order[1:]] != marks[:, order[:-1]]).any(axis=0))[: len(worth)]
    of = np.empty(len(worth), dtype=np.int64)
    of[order] = np.cumsum(begins) - 1
    return _classes(of, int(begins.sum()), worth)


def _classes(of: Wide, many: int, worth: Wide) -> Classes:
    members = np.lexsort((-worth, of)).astype(np.int32)
    sums = np.zeros(many, dtype=np.int64)
    np.add.at(sums, of, worth)
    return Classes(of, np.searchsorted(of[members], np.arange(many + 1)).astype(np.int64), members, sums)


def joined(fine: Classes, coarse: Classes, worth: Wide) -> Classes:
    """The classes of atoms, where `coarse` are classes of the classes `fine`."""
    return _classes(coarse.of[fine.of], len(coarse.worth), worth)


def on_classes(echelon: Echelon, worth: Wide) -> tuple[Echelon, Classes]:
    """The published rows with classes for atoms, and these classes."""
    classes = classes_by(Incidence(echelon.starts, echelon.columns), echelon.values, worth)
    stands = np.empty(len(classes.worth), dtype=np.int64)
    stands[classes.of] = np.arange(len(worth))
    stands[classes.of[echelon.pivots]] = echelon.pivots
    kept = stands[classes.of[echelon.columns]] == echelon.columns
    reduced = Echelon(
        classes.of[echelon.pivots].astype(np.int32),
        echelon.rows,
        np.concatenate([[0], np.cumsum(kept)])[echelon.starts].astype(np.int64),
        classes.of[echelon.columns[kept]].astype(np.int32),
        echelon.values[kept],
    )
    return reduced, classes


@compiled
def _touched(starts: Wide, atoms: Narrow, classes: Classes, weights: Wide) -> Touched:
    cells = starts.size - 1
    seen, many = np.full(classes.worth.size, -1, np.int64), np.zeros(classes.worth.size, np.int64)
    found = Touched(
        np.zeros(cells + 1, np.int64),
        np.empty(atoms.size, np.int32),
        np.empty(atoms.size, np.bool_),
        np.ones(cells, np.bool_),
        np.zeros(cells, np.bool_),
        np.zeros(cells, np.int64),
    )
    top = 0
    for cell in range(cells):
        for entry in range(starts[cell], starts[cell + 1]):
            one = classes.of[atoms[entry]]
            if seen[one] != cell:
                seen[one], many[one] = cell, 0
                found.classes[top] = one
                found.marks[cell] += weights[one]
                top += 1
            many[one] += 1
        for entry in range(starts[cell], starts[cell + 1]):
            one = classes.of[atoms[entry]]
            found.is_part[entry] = many[one] < classes.starts[one + 1] - classes.starts[one]
            if found.is_part[entry]:
                found.is_whole[cell] = False
                if classes.worth[one] > 0:
                    found.is_free[cell] = True
        found.starts[cell + 1] = top
    return found


def touched_by(cells: Incidence, classes: Classes) -> Touched:
    """What these cells touch."""
    weights = np.random.default_rng(2).integers(1, 2**62, len(classes.worth))
    found = _touched(cells.starts, cells.atoms, classes, weights)
    return found._replace(classes=found.classes[: found.starts[-1]])


def questions_of(touched: Touched, is_open: Flags) -> tuple[Incidence, Wide]:
    """The classes that those of the cells touch which are open and not free, each set of classes once.

    And which of these sets each cell touches, -1 for none.
    """
    asked = np.flatnonzero(is_open & ~touched.is_free)
    _, first, inverse = np.unique(touched.marks[asked], return_index=True, return_inverse=True)
    of = np.full(len(is_open), -1, dtype=np.int64)
    of[asked] = inverse.reshape(-1)
    return Incidence(touched.starts, touched.classes).chosen(asked[first]), of
