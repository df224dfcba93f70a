"""From tables that say what each class holds to whole tables: it is laid where cells are still unproved.

A random walk gives the first. Then each table goes as many ways to change an open question as fit together, and what a
class holds more is laid where it changes a cell that no table has changed. The last are those of the true counts of the
classes: there people only change places within their class. Tables of the later kinds differ from the truth in little.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from simpul.disclosure.classes import Classes, Touched, questions_of
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.laying import Found, Layout, Turn, one_layout, turns
from simpul.disclosure.nullspace import Moves
from simpul.disclosure.pool import Flags, Narrow, Wide
from simpul.disclosure.witnesses import Ways, gone_each, seeded, walk_on, ways_to

SEED: Final = 1
ROUNDS: Final = (8, 20)  # of the walk: sweeps in each, before a search
AT_ONCE: Final = 4096  # ways tried for a table, at least
SHARE: Final = 32  # of those that are open, tried for a table
TRIED: Final = 32  # ways for each cell that a table closes
FEW: Final = 512  # cells left, for which other ways are tried
WORTH_A_WALK: Final = 0.1  # of these closed by a sweep and its ways, each in few tables; else one way a table


class Others(NamedTuple):
    """`many` other tables that fit what is published: table `table[e]` has `change[e]` more in atom `atom[e]`.

    Narrow: of a year there are tens of millions of entries.
    """

    many: int
    table: Narrow
    atom: Narrow
    change: Narrow

    def and_(self, more: "Others") -> "Others":
        """These, then those."""
        return Others(
            self.many + more.many,
            np.concatenate([self.table, more.table + self.many]),
            np.concatenate([self.atom, more.atom]),
            np.concatenate([self.change, more.change]),
        )

    def fitting(self, rows: Incidence, atoms: int) -> "Others":
        """Those that leave every one of these sums as it is. By 64-bit marks: the checker sums all of them anew."""
        row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
        marks = np.zeros(atoms, dtype=np.int64)
        np.add.at(marks, rows.atoms, np.random.default_rng(3).integers(1, 2**62, len(rows))[row])
        return self._only(self._sums(marks) == 0)

    def distinct(self, atoms: int) -> "Others":
        """Each of them once. By 64-bit marks, too."""
        sums = self._sums(np.random.default_rng(4).integers(1, 2**62, atoms))
        is_first = np.zeros(self.many, dtype=np.bool_)
        is_first[np.unique(sums, return_index=True)[1]] = True
        return self._only(is_first)

    def _sums(self, marks: Wide) -> Wide:
        """For each table, what it changes times the atoms' marks; wraps round."""
        sums = np.zeros(self.many, dtype=np.int64)
        np.add.at(sums, self.table, marks[self.atom] * self.change)
        return sums

    def _only(self, tables: Flags) -> "Others":
        kept, number = tables[self.table], (np.cumsum(tables) - 1).astype(np.int32)
        return Others(int(tables.sum()), number[self.table[kept]], self.atom[kept], self.change[kept])

    def weighed(self, atoms: int, seed: int) -> Wide:
        """The differences of all tables, each times a number of chance, summed for each atom; wraps round.

        What is summed of these and is not 0 differs in some table.
        """
        weights = np.random.default_rng(seed).integers(1, 2**62, self.many)
        found = np.zeros(atoms, dtype=np.int64)
        np.add.at(found, self.atom, weights[self.table] * self.change)
        return found


@dataclass
class Spreading:
    """Other tables under way."""

    classes: Classes
    moves: Moves
    layout: Layout
    table: Wide  # where the random walk is
    found: list[Found] = field(default_factory=list)

    def lay(self, table: Wide) -> int:
        """Lay out what each class is to hold; how many cells that closed. Kept where it is any."""
        closed, atoms, changes = one_layout(self.layout, table - self.classes.worth, table)
        if closed:
            self.found.append(Found(np.array([len(atoms)]), atoms, changes))
        return closed

    @property
    def is_done(self) -> bool:
        return not self.layout.is_open.any()

    def walk(self, sweeps: int) -> None:
        """A random walk, for as long as each sweep closes some part of what is open."""
        seeded(SEED)
        for _ in range(sweeps):
            if self.is_done:
                break
            walk_on(self.table, self.moves)
            self.lay(self.table)

    def search(self, questions: Incidence, of: Wide) -> None:
        """Ways to change what is left, many of them in one table; those that bar each other in a table each.

        What has none from the truth is sought from where the random walk went on to.
        """
        worth, is_open = self.classes.worth, self.layout.is_open
        cells = np.flatnonzero(of >= 0)
        ways = ways_to(worth, self.moves, questions, is_any=False)
        of_way = np.where(of < 0, -1, ways.of[of]) if len(ways.of) else of
        turn = Turn(cells, of_way, worth, worth.copy(), np.empty_like(worth), np.zeros(len(worth), dtype=np.bool_))
        self._mix(cells[of_way[cells] >= 0], turn, ways)
        cells = cells[is_open[cells]]
        if sum(len(one.lengths) for one in self.found) < FEW:  # where there are many tables, some more are cheaper
            cells = self._go_on(questions, of, cells, least=WORTH_A_WALK)
        before = len(cells) + 1
        while 0 < len(cells) < before:  # one may be laid where it changes another cell that asks the same
            before = len(cells)
            self._turn(turn._replace(cells=cells[of_way[cells] >= 0]), ways, 1)
            cells = cells[is_open[cells]]
        self._go_on(questions, of, cells, least=0)

    def _mix(self, cells: Wide, turn: Turn, ways: Ways) -> None:
        """As many ways in a table as fit together, until few cells are left, or no table closes any.

        Tables that bar most of what was tried for them are given less to try.
        """
        lengths = np.diff(ways.starts)[turn.of[cells]]
        order, before = cells[np.lexsort((np.random.default_rng(SEED).random(len(cells)), lengths))], len(cells) + 1
        luck = len(cells)
        while FEW < len(order) < before:
            before = len(order)
            tables = self._turn(turn._replace(cells=_dealt(order)), ways, min(max(AT_ONCE, before // SHARE + 1), luck))
            order = order[self.layout.is_open[order]]
            luck = max(TRIED * (before - len(order)) // max(tables, 1), 1)

    def _go_on(self, questions: Incidence, of: Wide, cells: Wide, *, least: float) -> Wide:
        """More sweeps of the walk, and from there ways to what these cells ask, laid out for all that ask the same:
        for as long as each closes some of them, and at least that share. What is left of them.
        """
        closed = len(cells)
        while len(cells) and 0 < closed >= least * (len(cells) + closed):
            before = len(cells)
            walk_on(self.table, self.moves)
            ways = ways_to(self.table, self.moves, questions.chosen(np.unique(of[cells])), is_any=True)
            table = self.table.copy()
            gone_each(table, ways, np.random.default_rng(SEED).permutation(np.unique(ways.of[ways.of >= 0])))
            while not self.is_done and self.lay(table):
                pass
            cells = cells[self.layout.is_open[cells]]
            closed = before - len(cells)
        return cells

    def _turn(self, turn: Turn, ways: Ways, most: int) -> int:
        """Once through the cells, so many to a table; how many tables."""
        found = Found(*turns(self.layout, turn, ways, most))
        self.found.append(found)
        return len(found.lengths)

    def exchange(self) -> None:
        """What shares a class that is not empty: for as long as it closes anything."""
        while not self.is_done and self.lay(self.classes.worth):
            pass

    def others(self) -> Others:
        """What was found."""
        empty = Found(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64))
        lengths, atoms, change = (np.concatenate(each) for each in zip(empty, *self.found, strict=True))
        table, change = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths), change.astype(np.int32)
        kept = change != 0
        return Others(len(lengths), table[kept], atoms[kept], change[kept])


def _dealt(cells: Wide) -> Wide:
    """Dealt out so that each part has some of the first, with the shortest ways, and some of the last."""
    return np.concatenate([cells[begin::SHARE] for begin in range(SHARE)])


def spread(
    worth: Wide, classes: Classes, moves: Moves, targets: Incidence, touched: Touched, known: Others | None = None
) -> tuple[Others, Flags]:
    """Other tables that change the targets, beside those `known`, and which of these none of them changes."""
    under_way = Spreading(classes, moves, _layout(worth, classes, targets, touched.is_part), classes.worth.copy())
    is_open = under_way.layout.is_open
    if known is not None:
        is_open &= targets.sums(known.weighed(len(worth), SEED)) == 0
    # What is open after a few sweeps and a search is worth more of both: else it is withheld, and much else with it.
    for sweeps in ROUNDS:
        under_way.walk(sweeps)
        under_way.exchange()
        if is_open.any():
            under_way.search(*questions_of(touched, is_open))
            under_way.exchange()
        if not is_open.any():
            break
    others = under_way.others()
    return (others if known is None else known.and_(others)), is_open


def _layout(worth: Wide, classes: Classes, targets: Incidence, is_part: Flags) -> Layout:
    cell = np.repeat(np.arange(len(targets), dtype=np.int32), np.diff(targets.starts))
    order = np.argsort(targets.atoms, kind="stable")
    is_wanted = np.zeros(len(worth), dtype=np.bool_)
    is_wanted[targets.atoms[is_part]] = True
    many = len(classes.worth)
    wanted = classes.members.copy()
    inside = is_wanted[wanted]
    left = np.bincount(classes.of[wanted[inside]], minlength=many).astype(np.int64)
    at = classes.starts[:-1]
    place = np.arange(int(left.sum())) - np.repeat(np.cumsum(left) - left, left) + np.repeat(at, left)
    wanted[place] = classes.members[inside]
    return Layout(
        worth,
        worth.copy(),
        classes.starts,
        classes.members,
        wanted,
        left,
        np.searchsorted(targets.atoms[order], np.arange(len(worth) + 1)).astype(np.int64),
        cell[order],
        is_part[order],
        np.ones(len(targets), dtype=np.bool_),
        np.zeros(len(targets), dtype=np.int64),
        np.empty(len(worth), dtype=np.int32),
        np.zeros(len(worth), dtype=np.bool_),
        np.zeros(1, dtype=np.int64),
    )
