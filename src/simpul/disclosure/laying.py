"""Laying out one other table after another: what a class holds more or less, where that changes a cell still open."""

from typing import NamedTuple

import numpy as np

from simpul.disclosure.compiling import compiled
from simpul.disclosure.pool import Flags, Narrow, Wide
from simpul.disclosure.witnesses import Ways, gone

LOOKED_AT = 64  # people weighed to be moved


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


class Found(NamedTuple):
    """Tables, one after the other: how many atoms each changes, which, by how much."""

    lengths: Wide
    atoms: Narrow
    changes: Wide


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
def one_layout(layout: Layout, more: Wide, held: Wide) -> tuple[int, Narrow, Wide]:
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


@compiled
def turns(layout: Layout, turn: Turn, ways: Ways, most: int) -> tuple[Wide, Narrow, Wide]:
    """Tables of ways to the open cells, so many tried for each, until every cell had its turn; as `Found`."""
    lengths, atoms, changes = np.empty(64, np.int64), np.empty(1024, np.int32), np.empty(1024, np.int64)
    many, top, begin = 0, 0, 0
    while begin < turn.cells.size:
        begin, closed, own, by = _one_turn(layout, turn, ways, begin, most)
        if closed == 0:
            continue
        if many == lengths.size:
            lengths = np.concatenate((lengths, np.empty_like(lengths)))
        while top + own.size > atoms.size:
            atoms = np.concatenate((atoms, np.empty_like(atoms)))
            changes = np.concatenate((changes, np.empty_like(changes)))
        atoms[top : top + own.size] = own
        changes[top : top + own.size] = by
        lengths[many] = own.size
        many += 1
        top += own.size
    return lengths[:many], atoms[:top], changes[:top]
