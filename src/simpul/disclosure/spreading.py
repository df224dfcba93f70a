"""From tables that say what each class holds to whole tables: it is laid where cells are still unproved.

A random walk gives the first. Then each table goes as many ways to change an open question as fit together, and what a
class holds more is laid where it changes a cell that no table has changed. The last are those of the true counts of the
classes: there people only change places within their class. Tables of the later kinds differ from the truth in little.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from simpul.disclosure.classes import Classes, Touched, questions_of
from simpul.disclosure.compiling import compiled
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.nullspace import Moves
from simpul.disclosure.pool import Flags, Narrow, Wide
from simpul.disclosure.witnesses import Ways, gone, gone_each, seeded, walk_on, ways_to

SEED: Final = 1
ROUNDS: Final = (8, 20)  # of the walk: sweeps in each, before a search
AT_ONCE: Final = 4096  # ways tried for a table, at least
SHARE: Final = 32  # of those that are open, tried for a table
FEW: Final = 512  # cells left, for which other ways are tried
LOOKED_AT = 64  # people weighed to be moved


class Others(NamedTuple):
    """`many` other tables that fit what is published: table `table[e]` has `change[e]` more in atom `atom[e]`."""

    many: int
    table: Wide
    atom: Wide
    change: Wide

    def and_(self, more: "Others") -> "Others":
        """These, then those."""
        return Others(
            self.many + more.many,
            np.concatenate([self.table, more.table + self.many]),
            np.concatenate([self.atom, more.atom]),
            np.concatenate([self.change, more.change]),
        )

    def weighed(self, atoms: int, seed: int) -> Wide:
        """The differences of all tables, each times a number of chance, summed for each atom; wraps round.

        What is summed of these and is not 0 differs in some table.
        """
        weights = np.random.default_rng(seed).integers(1, 2**62, self.many)
        found = np.zeros(atoms, dtype=np.int64)
        np.add.at(found, self.atom, weights[self.table] * self.change)
        return found


class Layout(NamedTuple):
    """A table under way: `counts` are `worth` but for the atoms in `moved`; `change` is what cells have more so far.

    Of class `c` the first `left[c]` of `wanted`, from where its members start, lie in cells still open. Atom `a` lies
    in the cells `cells[places[a]:places[a + 1]]`, `is_part` as in `Touched`. `used`: how many atoms are in `moved`.
    """

    worth: Wide
    counts: Wide
    starts: Wide
    members: Narrow
    wanted: Narrow
    left: Wide
    places: Wide
    cells: Narrow
    is_part: Flags
    is_open: Flags
    change: Wide
    moved: Narrow
    is_moved: Flags
    used: Wide


class Turn(NamedTuple):
    """Cells with the way each asks for (`of`, by cell), and what the classes hold: `worth`, but for those `changed`."""

    cells: Wide
    of: Wide
    worth: Wide
    held: Wide
    changed: Wide
    is_changed: Flags


@compiled
def _shifted(layout: Layout, atom: int, step: int) -> None:
    if not layout.is_moved[atom]:
        layout.is_moved[atom] = True
        layout.moved[layout.used[0]] = atom
        layout.used[0] += 1
    layout.counts[atom] += step
    for entry in range(layout.places[atom], layout.places[atom + 1]):
        layout.change[layout.cells[entry]] += step


@compiled
def _asked(layout: Layout, atom: int) -> int:
    """An open cell that a person here would change, -1 where all are changed already, -2 where none is open."""
    found = -2
    for entry in range(layout.places[atom], layout.places[atom + 1]):
        cell = layout.cells[entry]
        if layout.is_open[cell] and layout.is_part[entry]:
            if layout.change[cell] == 0:
                return int(cell)
            found = -1
    return found


@compiled
def _lies(layout: Layout, atom: int, cell: int) -> bool:
    return bool((layout.cells[layout.places[atom] : layout.places[atom + 1]] == cell).any())


@compiled
def _exchanged(layout: Layout, one: int, turn: int, donors: int, atom: int, cell: int) -> None:
    """Move a person of the class into the cell, to this atom; or out of it, where all that may be moved stand in it."""
    begin, end = layout.starts[one], layout.starts[one + 1]
    inside = -1
    for place in range(begin + turn, begin + min(donors, turn + LOOKED_AT)):
        other = layout.members[place]
        if 0 < layout.counts[other] <= layout.worth[other]:
            if not _lies(layout, other, cell):
                _shifted(layout, other, -1)
                _shifted(layout, atom, 1)
                return
            inside = other
    for place in range(end - 1, begin - 1, -1):
        if inside >= 0 and not _lies(layout, layout.members[place], cell):
            _shifted(layout, inside, -1)
            _shifted(layout, layout.members[place], 1)
            return


@compiled
def _reduced(layout: Layout, one: int, less: int) -> None:
    """Take so many people out of the class."""
    place = layout.starts[one]
    while less > 0:
        atom = layout.members[place]
        step = min(layout.counts[atom], less)
        _shifted(layout, atom, -step)
        less -= step
        place += 1


@compiled
def _laid(layout: Layout, one: int, more: int) -> None:
    """Lay out one class that is to hold so many more than in truth."""
    begin, end = layout.starts[one], layout.starts[one + 1]
    _reduced(layout, one, -more)
    donors = 0
    while begin + donors < end and layout.worth[layout.members[begin + donors]] > 0:
        donors += 1
    turn = 0
    place = layout.left[one] - 1
    while place >= 0 and (more > 0 or turn < donors):
        atom = layout.wanted[begin + place]
        cell = _asked(layout, atom)
        if cell == -2:
            layout.left[one] -= 1
            layout.wanted[begin + place] = layout.wanted[begin + layout.left[one]]
        elif cell >= 0 and more > 0:
            more -= 1
            _shifted(layout, atom, 1)
        elif cell >= 0:
            _exchanged(layout, one, turn, donors, atom, cell)
        while turn < donors and layout.counts[layout.members[begin + turn]] == 0:
            turn += 1
        place -= 1
    if more > 0:
        _shifted(layout, layout.members[begin], more)


@compiled
def _closed(layout: Layout) -> int:
    """Close the open cells that have changed; how many."""
    closed = 0
    for atom in layout.moved[: layout.used[0]]:
        for entry in range(layout.places[atom], layout.places[atom + 1]):
            cell = layout.cells[entry]
            if layout.is_open[cell] and layout.change[cell] != 0:
                layout.is_open[cell] = False
                closed += 1
    return closed


@compiled
def _finished(layout: Layout) -> tuple[int, Narrow, Wide]:
    """How many cells this table closed, its atoms and their changes; the layout is as before it."""
    closed = _closed(layout)
    atoms = layout.moved[: layout.used[0]].copy()
    changes = np.empty(atoms.size, np.int64)
    for place in range(atoms.size):
        atom = atoms[place]
        changes[place] = layout.counts[atom] - layout.worth[atom]
        for entry in range(layout.places[atom], layout.places[atom + 1]):
            layout.change[layout.cells[entry]] = 0
        layout.counts[atom] = layout.worth[atom]
        layout.is_moved[atom] = False
    layout.used[0] = 0
    return closed, atoms, changes


@compiled
def _one_layout(layout: Layout, more: Wide, held: Wide) -> tuple[int, Narrow, Wide]:
    """Lay out a table whose classes hold `held`, `more` than in truth."""
    for one in range(more.size):
        if more[one] != 0 or (held[one] > 0 and layout.left[one] > 0):
            _laid(layout, one, more[one])
    return _finished(layout)


@compiled
def _gone_from(turn: Turn, ways: Ways, is_open: Flags, begin: int, most: int) -> tuple[int, int]:
    """Go ways to open cells, from the `begin`th on, until `most` were tried; the next, and how many classes changed."""
    many, tried = 0, 0
    while begin < turn.cells.size and tried < most:
        cell = turn.cells[begin]
        if is_open[cell]:
            tried += 1
            way = turn.of[cell]
            if gone(turn.held, ways, way):
                for entry in range(ways.starts[way], ways.starts[way + 1]):
                    one = ways.atoms[entry]
                    if not turn.is_changed[one]:
                        turn.is_changed[one] = True
                        turn.changed[many] = one
                        many += 1
        begin += 1
    return begin, many


@compiled
def _one_turn(layout: Layout, turn: Turn, ways: Ways, begin: int, most: int) -> tuple[int, int, Narrow, Wide]:
    """One table of ways to the open cells from the `begin`th on; where the next begins, then as `_finished`."""
    begin, many = _gone_from(turn, ways, layout.is_open, begin, most)
    for one in turn.changed[:many]:
        if turn.held[one] != turn.worth[one]:
            _laid(layout, one, turn.held[one] - turn.worth[one])
        turn.held[one] = turn.worth[one]
        turn.is_changed[one] = False
    closed, atoms, changes = _finished(layout)
    return begin, closed, atoms, changes


@dataclass
class Spreading:
    """Other tables under way."""

    classes: Classes
    moves: Moves
    layout: Layout
    table: Wide  # where the random walk is
    found: list[tuple[Narrow, Wide]] = field(default_factory=list)

    def lay(self, table: Wide) -> int:
        """Lay out what each class is to hold; how many cells that closed. Kept where it is any."""
        closed, atoms, changes = _one_layout(self.layout, table - self.classes.worth, table)
        if closed:
            self.found.append((atoms, changes))
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
        cells, before = np.flatnonzero(of >= 0), len(of) + 1
        ways = ways_to(worth, self.moves, questions, is_any=False)
        of_way = np.where(of < 0, -1, ways.of[of]) if len(ways.of) else of
        turn = Turn(cells, of_way, worth, worth.copy(), np.empty_like(worth), np.zeros(len(worth), dtype=np.bool_))
        while FEW < len(cells) < before:
            before = len(cells)
            reached = cells[of_way[cells] >= 0]
            turn = turn._replace(cells=_mixed(reached, np.diff(ways.starts)[of_way[reached]]))
            self._turn(turn, ways, max(AT_ONCE, len(cells) // SHARE + 1))
            cells = cells[is_open[cells]]
        before = len(cells) + 1
        while 0 < len(cells) < before:  # one may be laid where it changes another cell that asks the same
            before = len(cells)
            self._turn(turn._replace(cells=cells[of_way[cells] >= 0]), ways, 1)
            cells = cells[is_open[cells]]
        before = len(cells) + 1
        while 0 < len(cells) < before:
            before = len(cells)
            self._go_on(questions, of[cells])
            cells = cells[is_open[cells]]

    def _go_on(self, questions: Incidence, asked: Wide) -> None:
        """One more sweep of the walk, and from there ways to these questions, laid out for all that ask them."""
        walk_on(self.table, self.moves)
        ways = ways_to(self.table, self.moves, questions.chosen(np.unique(asked)), is_any=True)
        table = self.table.copy()
        gone_each(table, ways, np.random.default_rng(SEED).permutation(np.unique(ways.of[ways.of >= 0])))
        while not self.is_done and self.lay(table):
            pass

    def _turn(self, turn: Turn, ways: Ways, most: int) -> None:
        """Once through the cells, so many to a table."""
        begin = 0
        while begin < len(turn.cells):
            begin, closed, atoms, changes = _one_turn(self.layout, turn, ways, begin, most)
            if closed:
                self.found.append((atoms, changes))

    def exchange(self) -> None:
        """What shares a class that is not empty: for as long as it closes anything."""
        while not self.is_done and self.lay(self.classes.worth):
            pass

    def others(self) -> Others:
        """What was found."""
        lengths = [len(atoms) for atoms, _ in self.found]
        empty = [np.zeros(0, dtype=np.int64)]
        atom = np.concatenate([*empty, *(atoms for atoms, _ in self.found)]).astype(np.int64)
        change = np.concatenate([*empty, *(changes for _, changes in self.found)])
        table = np.repeat(np.arange(len(self.found)), lengths)
        kept = change != 0
        return Others(len(self.found), table[kept], atom[kept], change[kept])


def _mixed(cells: Wide, lengths: Wide) -> Wide:
    """The cells with the shortest ways first, dealt out so that each part of them has short ones and long ones."""
    chance = np.random.default_rng(len(cells))
    order = np.lexsort((chance.random(len(cells)), lengths))
    dealt: Wide = cells[np.concatenate([order[begin::SHARE] for begin in range(SHARE)])]
    return dealt


def spread(worth: Wide, classes: Classes, moves: Moves, targets: Incidence, touched: Touched) -> tuple[Others, Flags]:
    """Other tables that change the targets, and which of these none of them changes."""
    under_way = Spreading(classes, moves, _layout(worth, classes, targets, touched.is_part), classes.worth.copy())
    is_open = under_way.layout.is_open
    # What is open after a few sweeps and a search is worth more of both: else it is withheld, and much else with it.
    for sweeps in ROUNDS:
        under_way.walk(sweeps)
        under_way.exchange()
        if is_open.any():
            under_way.search(*questions_of(touched, is_open))
            under_way.exchange()
        if not is_open.any():
            break
    return under_way.others(), is_open


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
