"""Other tables that fit everything published: whole numbers, none below zero, found by walking, without a solver.

First a random walk along the moves of the kernel, which changes most protected cells within a few sweeps; then, for
each cell still the same in all of them, a local search: make a move through it, and mend what fell below zero one atom
at a time. A table found so is left as it stands for the next cell, so that one table serves many.

How far each table lies from the true one is kept sparse, as differences: they are as confidential as the counts.
"""

from typing import Final, NamedTuple

import numpy as np

from simpul.disclosure.compiling import compiled
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.nullspace import Moves
from simpul.disclosure.pool import Flags, Narrow, Wide

SWEEPS: Final = 20
EFFORTS: Final = ((3, 30, 10), (20, 100, 10), (100, 200, 120))  # tries, steps, rounds: what is easy first
FEW_TRIES = 3  # in a table that serves another target already
FEW_STEPS = 30
LOOKED_AT = 16  # moves weighed at one atom


class Targets(NamedTuple):
    """The cells to be changed: those of target `t` are atoms `starts[t]:starts[t + 1]`."""

    starts: Wide
    atoms: Narrow


class Search(NamedTuple):
    """A table under change: counts above their floor, which of them are below it, and the moves made so far."""

    counts: Wide
    worth: Wide  # what they truly are
    below: Narrow
    place: Wide
    inside: Flags  # atoms of the target at hand
    held: Flags  # atoms of targets that this table has changed
    log: Wide
    sign: Wide
    used: Wide  # how many are below, the target's change, how many moves are logged


@compiled
def _made(table: Wide, moves: Moves, move: int, sign: int) -> bool:
    """Make the move where nothing falls below zero."""
    for entry in range(moves.starts[move], moves.starts[move + 1]):
        if table[moves.atoms[entry]] + sign * moves.change[entry] < 0:
            return False
    for entry in range(moves.starts[move], moves.starts[move + 1]):
        table[moves.atoms[entry]] += sign * moves.change[entry]
    return True


@compiled
def _swept(table: Wide, moves: Moves) -> None:
    """Each move once, in an order and a direction of chance; the other way where the first is barred."""
    order = np.random.permutation(moves.starts.size - 1)
    for move in order:
        sign = 1 if np.random.random() < 0.5 else -1
        if not _made(table, moves, move, sign):
            _made(table, moves, move, -sign)


@compiled
def _counted(differs: Wide, targets: Targets, is_open: Flags) -> int:
    """Close the targets whose sum differs; how many that were."""
    closed = 0
    for target in range(is_open.size):
        if not is_open[target]:
            continue
        change = 0
        for entry in range(targets.starts[target], targets.starts[target + 1]):
            change += differs[targets.atoms[entry]]
        if change != 0:
            is_open[target] = False
            closed += 1
    return closed


@compiled
def _walked(worth: Wide, moves: Moves, targets: Targets, is_open: Flags, sweeps: int, seed: int) -> Wide:
    """The tables of a random walk that closed any target, as differences, one row each."""
    np.random.seed(seed)
    table = worth.copy()
    found = np.empty((sweeps, worth.size), np.int64)
    many = 0
    for _ in range(sweeps):
        _swept(table, moves)
        found[many] = table - worth
        if _counted(found[many], targets, is_open):
            many += 1
        if not is_open.any():
            break
    return found[:many]


@compiled
def _apply(search: Search, moves: Moves, move: int, sign: int) -> None:
    """Make the move whatever falls below zero, and keep account of that."""
    for entry in range(moves.starts[move], moves.starts[move + 1]):
        atom = moves.atoms[entry]
        before = search.counts[atom]
        after = before + sign * moves.change[entry]
        search.counts[atom] = after
        if search.inside[atom]:
            search.used[1] += after - before
        if before >= 0 and after < 0:
            search.below[search.used[0]] = atom
            search.place[atom] = search.used[0]
            search.used[0] += 1
        elif before < 0 and after >= 0:
            search.used[0] -= 1
            last = search.below[search.used[0]]
            search.below[search.place[atom]] = last
            search.place[last] = search.place[atom]


@compiled
def _logged(search: Search, moves: Moves, move: int, sign: int) -> None:
    _apply(search, moves, move, sign)
    search.log[search.used[2]] = move
    search.sign[search.used[2]] = sign
    search.used[2] += 1


@compiled
def _undone(search: Search, moves: Moves) -> None:
    while search.used[2] > 0:
        search.used[2] -= 1
        _apply(search, moves, search.log[search.used[2]], -search.sign[search.used[2]])


@compiled
def _harm(search: Search, moves: Moves, move: int, sign: int) -> int:
    """By how much more the table would lie below zero; undoing what another target needed counts as much as 8."""
    harm = 0
    for entry in range(moves.starts[move], moves.starts[move + 1]):
        atom = moves.atoms[entry]
        before = search.counts[atom]
        after = before + sign * moves.change[entry]
        harm += min(before, 0) - min(after, 0) + 8 * (search.held[atom] and after == search.worth[atom])
    return harm


@compiled
def _mended(search: Search, moves: Moves) -> None:
    """Raise one of the atoms below zero, by the move that harms least; now and then by any."""
    atom = search.below[np.random.randint(search.used[0])]
    begin, many = moves.places[atom], moves.places[atom + 1] - moves.places[atom]
    best = begin + np.random.randint(many)
    if np.random.random() >= 0.1:
        least = 1 << 60
        for look in range(min(many, LOOKED_AT)):
            at = begin + (look if many <= LOOKED_AT else np.random.randint(many))
            harm = 4 * _harm(search, moves, moves.moves[at], 1 if moves.by[at] > 0 else -1) + np.random.randint(4)
            if harm < least:
                least, best = harm, at
    _logged(search, moves, moves.moves[best], 1 if moves.by[best] > 0 else -1)


@compiled
def _through(moves: Moves, atoms: Narrow, through: Wide, sums: Wide) -> int:
    """The moves that change the sum of these atoms, in `through`; how many. `sums` is scratch of zeros."""
    many = 0
    for atom in atoms:
        for entry in range(moves.places[atom], moves.places[atom + 1]):
            sums[moves.moves[entry]] += moves.by[entry]
    for atom in atoms:
        for entry in range(moves.places[atom], moves.places[atom + 1]):
            move = moves.moves[entry]
            if sums[move] != 0:
                through[many] = move
                many += 1
            sums[move] = 0
    return many


@compiled
def _changed(search: Search, moves: Moves, through: Wide, tries: int, steps: int) -> bool:
    """Whether the target could be changed from where the table stands; if not, the table is as it was."""
    for _ in range(tries):
        search.used[1] = 0
        search.used[2] = 0
        _logged(search, moves, through[np.random.randint(through.size)], 1 if np.random.random() < 0.5 else -1)
        for _step in range(steps):
            if search.used[0] == 0:
                break
            _mended(search, moves)
        if search.used[0] == 0 and search.used[1] != 0:
            return True
        _undone(search, moves)
    return False


@compiled
def _sum_at(differs: Wide, worth: Wide, targets: Targets, target: int) -> int:
    total = 0
    for entry in range(targets.starts[target], targets.starts[target + 1]):
        atom = targets.atoms[entry]
        total += differs[atom] - worth[atom]
    return total


@compiled
def _one_table(search: Search, worth: Wide, moves: Moves, targets: Targets, is_open: Flags, limits: Wide) -> None:
    """Change as many open targets as can be, one after the other, in one table."""
    through = np.empty(moves.moves.size, np.int64)
    sums = np.zeros(moves.starts.size, np.int64)
    changed = 0
    for target in np.random.permutation(is_open.size):
        if not is_open[target] or _sum_at(search.counts, worth, targets, target) != 0:
            continue
        atoms = targets.atoms[targets.starts[target] : targets.starts[target + 1]]
        many = _through(moves, atoms, through, sums)
        if many:
            search.inside[atoms] = True
            tries, steps = (FEW_TRIES, FEW_STEPS) if changed else (limits[0], limits[1])
            if _changed(search, moves, through[:many], tries, steps):
                search.held[atoms] = True
                changed += 1
            search.inside[atoms] = False


@compiled
def _searched(worth: Wide, moves: Moves, targets: Targets, is_open: Flags, limits: Wide, seed: int) -> Wide:
    """The tables of a search that closed any target, as differences, one row each. `limits`: tries, steps, rounds."""
    np.random.seed(seed)
    found = np.empty((limits[2], worth.size), np.int64)
    many = 0
    for _ in range(limits[2]):
        if not is_open.any():
            break
        search = Search(
            worth.copy(),
            worth,
            np.empty(worth.size, np.int32),
            np.zeros(worth.size, np.int64),
            np.zeros(worth.size, np.bool_),
            np.zeros(worth.size, np.bool_),
            np.empty(limits[1] + 1, np.int64),
            np.empty(limits[1] + 1, np.int64),
            np.zeros(3, np.int64),
        )
        _one_table(search, worth, moves, targets, is_open, limits)
        found[many] = search.counts - worth
        if not _counted(found[many], targets, is_open):
            break
        many += 1
    return found[:many]


def find_tables(worth: Wide, moves: Moves, targets: Incidence, *, seed: int) -> tuple[Wide, Flags]:
    """Tables that fit everything published, and which targets are the same in all of them.

    `worth`: the atoms' counts above the least they are known to have. Tables are differences to the true one, a row
    each, shape (tables, atoms). The same `seed` gives the same tables.
    """
    wanted = Targets(targets.starts, targets.atoms)
    is_open = np.ones(len(targets), dtype=np.bool_)
    if len(moves.starts) < 2 or not len(targets):
        return np.zeros((0, len(worth)), dtype=np.int64), is_open
    found = [_walked(worth, moves, wanted, is_open, SWEEPS, seed)]
    for number, effort in enumerate(EFFORTS, start=1):
        limits = np.array(effort, dtype=np.int64)
        found.append(_searched(worth, moves, wanted, is_open, limits, seed + number))
    return np.concatenate(found), is_open
