"""Ways to change what a protected cell holds and nothing that is published: whole numbers, found without a solver.

First a random walk along the moves of the kernel: tables in which most cells differ. Then, for each question still
open, the shortest way from the true table that changes it: a single move where one will do, else a local search that
makes a move and mends what fell below zero, one atom at a time. Ways are small, so many go into one table.
"""

from typing import Final, NamedTuple

import numpy as np

from simpul.disclosure.compiling import compiled
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.nullspace import Moves
from simpul.disclosure.pool import Flags, Narrow, Wide

EFFORTS: Final = ((10, 60), (100, 200), (400, 400))  # tries, steps: what is easy first
ANY: Final = 1  # of these, where any way will do: from another table it may be easy
MOST: Final = 100_000_000  # entries of moves looked at for one question: where moves are long, less is tried
LOOKED_AT = 16  # moves weighed at one atom
HASTE = 12  # by how much chance a move may be preferred to one of less harm, which counts four for each person
ANYHOW = 0.3  # of the moves made, whatever harm they do
LOST = 30  # atoms below zero: a search that has left so many behind seldom finds back
SHORT = 8  # atoms of a way that is good enough for whatever it changes
FEW = 64  # targets at its atoms: where there are more, it is quicker to seek a way for each


class Targets(NamedTuple):
    """The cells to be changed: those of target `t` are atoms `starts[t]:starts[t + 1]`."""

    starts: Wide
    atoms: Narrow


class Ways(NamedTuple):
    """Way `w` adds `change[e]` to atom `atoms[e]` for `e` in `starts[w]:starts[w + 1]`; `of[t]` is that of target `t`.

    -1 where none was found.
    """

    of: Wide
    starts: Wide
    atoms: Narrow
    change: Wide


class Search(NamedTuple):
    """A table under change: counts above their floor, which of them are below it, and the moves made so far."""

    counts: Wide
    below: Narrow
    place: Wide
    inside: Flags  # atoms of the target at hand
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
    """By how much more the table would lie below zero."""
    harm = 0
    for entry in range(moves.starts[move], moves.starts[move + 1]):
        before = search.counts[moves.atoms[entry]]
        harm += min(before, 0) - min(before + sign * moves.change[entry], 0)
    return harm


@compiled
def _mended(search: Search, moves: Moves) -> None:
    """Raise one of the atoms below zero, by the move that harms least; now and then by any."""
    atom = search.below[np.random.randint(search.used[0])]
    begin, many = moves.places[atom], moves.places[atom + 1] - moves.places[atom]
    best = begin + np.random.randint(many)
    if np.random.random() >= ANYHOW:
        least = 1 << 60
        for look in range(min(many, LOOKED_AT)):
            at = begin + (look if many <= LOOKED_AT else np.random.randint(many))
            harm = 4 * _harm(search, moves, moves.moves[at], 1 if moves.by[at] > 0 else -1) + np.random.randint(HASTE)
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
            if search.used[0] == 0 or search.used[0] > LOST:
                break
            _mended(search, moves)
        if search.used[0] == 0 and search.used[1] != 0:
            return True
        _undone(search, moves)
    return False


@compiled
def seeded(seed: int) -> None:
    """What follows is of this chance."""
    np.random.seed(seed)


@compiled
def walk_on(table: Wide, moves: Moves) -> None:
    """One more sweep of a random walk, in place."""
    _swept(table, moves)


@compiled
def _at_once(search: Search, moves: Moves, through: Wide, is_any: bool) -> bool:
    """Whether a single move will do: the shortest of these is made, or any of them."""
    best, best_sign = -1, 1
    begin = np.random.randint(through.size)
    for place in range(through.size):
        move = through[(begin + place) % through.size]
        length = moves.starts[move + 1] - moves.starts[move]
        if best >= 0 and (is_any or length >= moves.starts[best + 1] - moves.starts[best]):
            continue
        for sign in (1, -1):
            if _harm(search, moves, move, sign) == 0:
                best, best_sign = move, sign
                break
    if best >= 0:
        search.used[1] = 0
        search.used[2] = 0
        _logged(search, moves, best, best_sign)
    return best >= 0


@compiled
def _written(ways: Ways, search: Search, moves: Moves, worth: Wide, seen: Wide, way: int) -> Ways:
    """The ways with the one just found."""
    top = ways.starts[way]
    for step in range(search.used[2]):
        move = search.log[step]
        for entry in range(moves.starts[move], moves.starts[move + 1]):
            atom = moves.atoms[entry]
            if seen[atom] == way or search.counts[atom] == worth[atom]:
                continue
            seen[atom] = way
            if top == ways.atoms.size:
                atoms, change = np.empty(2 * top, np.int32), np.empty(2 * top, np.int64)
                atoms[:top] = ways.atoms
                change[:top] = ways.change
                ways = Ways(ways.of, ways.starts, atoms, change)
            ways.atoms[top] = atom
            ways.change[top] = search.counts[atom] - worth[atom]
            top += 1
    ways.starts[way + 1] = top
    return ways


@compiled
def _shared(ways: Ways, way: int, places: Wide, at: Narrow, sums: Wide) -> None:
    """Give the way to every target without one that it changes. `sums` is scratch of zeros."""
    for turn in range(3):
        for entry in range(ways.starts[way], ways.starts[way + 1]):
            atom = ways.atoms[entry]
            for place in range(places[atom], places[atom + 1]):
                target = at[place]
                if turn == 0:
                    sums[target] += ways.change[entry]
                elif turn == 2:
                    sums[target] = 0
                elif ways.of[target] < 0 and sums[target] != 0:
                    ways.of[target] = way


@compiled
def _is_easily_shared(ways: Ways, way: int, places: Wide) -> bool:
    """Whether a way found at once is short, and few targets lie at it."""
    begin, end = ways.starts[way], ways.starts[way + 1]
    many = 0
    for atom in ways.atoms[begin:end]:
        many += places[atom + 1] - places[atom]
    return bool(end - begin <= SHORT and many <= FEW)


@compiled
def _found(worth: Wide, moves: Moves, targets: Targets, places: Wide, at: Narrow, efforts: Wide, is_any: bool) -> Ways:
    """A way for each target that one is found for. Atom `a` lies in the targets `at[places[a]:places[a + 1]]`."""
    many = targets.starts.size - 1
    search = Search(
        worth.copy(),
        np.empty(worth.size, np.int32),
        np.zeros(worth.size, np.int64),
        np.zeros(worth.size, np.bool_),
        np.empty(efforts[-1, 1] + 1, np.int64),
        np.empty(efforts[-1, 1] + 1, np.int64),
        np.zeros(3, np.int64),
    )
    ways = Ways(np.full(many, -1), np.zeros(many + 1, np.int64), np.empty(1024, np.int32), np.empty(1024, np.int64))
    through, sums = np.empty(moves.moves.size, np.int64), np.zeros(moves.starts.size, np.int64)
    seen, changes = np.full(worth.size, -1, np.int64), np.zeros(many, np.int64)
    way = 0
    for effort in range(-1, len(efforts)):
        for target in range(many):
            if ways.of[target] >= 0:
                continue
            atoms = targets.atoms[targets.starts[target] : targets.starts[target + 1]]
            length = _through(moves, atoms, through, sums)
            if length == 0:
                continue
            search.inside[atoms] = True
            if effort < 0:
                is_found = _at_once(search, moves, through[:length], is_any)
            else:
                is_found = _changed(search, moves, through[:length], efforts[effort, 0], efforts[effort, 1])
            search.inside[atoms] = False
            if is_found:
                ways = _written(ways, search, moves, worth, seen, way)
                _undone(search, moves)
                ways.of[target] = way
                if effort >= 0 or _is_easily_shared(ways, way, places):
                    _shared(ways, way, places, at, changes)
                way += 1
    return Ways(ways.of, ways.starts[: way + 1], ways.atoms, ways.change)


def ways_to(worth: Wide, moves: Moves, targets: Incidence, *, is_any: bool) -> Ways:
    """A way for each of these targets, as far as one is found: a short one, or any. `worth`: what the atoms hold."""
    target = np.repeat(np.arange(len(targets), dtype=np.int32), np.diff(targets.starts))
    order = np.argsort(targets.atoms, kind="stable")
    places = np.searchsorted(targets.atoms[order], np.arange(len(worth) + 1)).astype(np.int64)
    efforts = _efforts(moves, is_any=is_any)
    return _found(worth, moves, Targets(targets.starts, targets.atoms), places, target[order], efforts, is_any)


def _efforts(moves: Moves, *, is_any: bool) -> Wide:
    """The tries and steps that are worth it for moves of this length, at least the first."""
    length = len(moves.atoms) // max(len(moves.starts) - 1, 1) + 1
    asked = EFFORTS[:ANY] if is_any else EFFORTS
    kept = [one for one in asked if one[0] * one[1] * LOOKED_AT * length <= MOST]
    return np.array(kept or asked[:1], dtype=np.int64)


@compiled
def gone(table: Wide, ways: Ways, way: int) -> bool:
    """Go the way, in place, where nothing falls below zero."""
    for entry in range(ways.starts[way], ways.starts[way + 1]):
        if table[ways.atoms[entry]] + ways.change[entry] < 0:
            return False
    for entry in range(ways.starts[way], ways.starts[way + 1]):
        table[ways.atoms[entry]] += ways.change[entry]
    return True


@compiled
def gone_each(table: Wide, ways: Ways, asked: Wide) -> None:
    """Go each of these ways where nothing falls below zero, in place."""
    for way in asked:
        gone(table, ways, way)
