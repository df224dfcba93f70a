"""The ways in which atoms can change while everything published stays as it is: an integer basis of the kernel."""

from math import gcd
from typing import NamedTuple

import numpy as np

from simpul.disclosure.compiling import compiled
from simpul.disclosure.elimination import Echelon
from simpul.disclosure.errors import Refused
from simpul.disclosure.pool import LARGEST, Narrow, Wide


class Moves(NamedTuple):
    """One move a free atom, and the same by atom.

    Move `m` adds `change[e]` to atom `atoms[e]` for `e` in `starts[m]:starts[m + 1]`; atom `a` is changed by the moves
    `moves[e]`, by `by[e]`, for `e` in `places[a]:places[a + 1]`.
    """

    starts: Wide
    atoms: Narrow
    change: Wide
    places: Wide
    moves: Narrow
    by: Wide


class Reduced(NamedTuple):
    """Rows with entries in their own pivot (`lead[i]` > 0, not among the entries) and in free atoms alone."""

    lead: Wide
    starts: Wide
    lengths: Wide
    columns: Narrow
    values: Wide


@compiled
def _gcd(one: int, two: int) -> int:
    while two:
        one, two = two, one % two
    return abs(one)


@compiled
def _scale(echelon: Echelon, row: int, rank: Wide, lead: Wide) -> int:
    """What the row must be multiplied by so that later pivots leave it without fractions. 1 where all are units."""
    scale = 1
    for entry in range(echelon.starts[row], echelon.starts[row + 1]):
        other = rank[echelon.columns[entry]]
        if other > row:
            part = lead[other] // _gcd(lead[other], echelon.values[entry])
            scale = scale // _gcd(scale, part) * part
    return scale


@compiled
def _gathered(echelon: Echelon, row: int, rank: Wide, done: Reduced, sums: Wide, marks: Wide, found: Narrow) -> int:
    """The row's entries in free atoms, in `sums`; `found` lists them. The scaled lead goes to `done.lead[row]`."""
    scale = _scale(echelon, row, rank, done.lead)
    many = 0
    for entry in range(echelon.starts[row], echelon.starts[row + 1]):
        column = echelon.columns[entry]
        value = echelon.values[entry] * scale
        other = rank[column]
        if other == row:
            done.lead[row] = value
            continue
        begin, end = (0, 1) if other < 0 else (done.starts[other], done.starts[other] + done.lengths[other])
        for e in range(begin, end):
            to = column if other < 0 else done.columns[e]
            if marks[to] != row:
                marks[to] = row
                sums[to] = 0
                found[many] = to
                many += 1
            sums[to] += value if other < 0 else -(value // done.lead[other]) * done.values[e]
    return many


@compiled
def _written(done: Reduced, row: int, top: int, sums: Wide, found: Narrow) -> tuple[Reduced, int, int]:
    """The rows with this one, divided by what its entries share; where it ends; its largest entry."""
    if top + found.size > done.columns.size:
        room = 2 * done.columns.size + found.size
        columns, values = np.empty(room, np.int32), np.empty(room, np.int64)
        columns[:top] = done.columns[:top]
        values[:top] = done.values[:top]
        done = Reduced(done.lead, done.starts, done.lengths, columns, values)
    share = abs(done.lead[row])
    for column in found:
        share = _gcd(share, sums[column])
    if done.lead[row] < 0:
        share = -share
    done.lead[row] //= share
    done.starts[row] = top
    largest = done.lead[row]
    for column in found:
        if sums[column] != 0:
            done.columns[top] = column
            done.values[top] = sums[column] // share
            largest = max(largest, abs(done.values[top]))
            top += 1
    done.lengths[row] = top - done.starts[row]
    return done, top, largest


@compiled
def _reduced(echelon: Echelon, atoms: int) -> tuple[Reduced, int]:
    """Every row with all later pivots taken out, from the last to the first; and the largest entry."""
    rows = echelon.pivots.size
    rank = np.full(atoms, -1, np.int64)
    for row in range(rows):
        rank[echelon.pivots[row]] = row
    done = Reduced(
        np.zeros(rows, np.int64),
        np.zeros(rows, np.int64),
        np.zeros(rows, np.int64),
        np.empty(max(echelon.columns.size, 16), np.int32),
        np.empty(max(echelon.columns.size, 16), np.int64),
    )
    sums, marks, found = np.zeros(atoms, np.int64), np.full(atoms, -1, np.int64), np.empty(atoms, np.int32)
    top, largest = 0, 1
    for row in range(rows - 1, -1, -1):
        many = _gathered(echelon, row, rank, done, sums, marks, found)
        done, top, big = _written(done, row, top, sums, found[:many])
        largest = max(largest, big)
        if largest > LARGEST:
            break
    return done, largest


def moves_of(echelon: Echelon, atoms: int) -> Moves:
    """An integer basis of what leaves every published cell as it is, one move a free atom. Refused("overflow")."""
    done, largest = _reduced(echelon, atoms)
    if largest > LARGEST:
        raise Refused("overflow", "Exact arithmetic outgrew 64 bits.")
    is_free = np.ones(atoms, dtype=np.bool_)
    is_free[echelon.pivots] = False
    free = np.flatnonzero(is_free)
    row = np.repeat(np.arange(len(echelon.pivots)), done.lengths)
    entry = np.repeat(done.starts, done.lengths) + _counted(done.lengths)
    column, value = done.columns[entry], done.values[entry]
    times = _multiples(atoms, done.lead[row], column, value)
    move = np.concatenate([column, free])
    atom = np.concatenate([echelon.pivots[row], free])
    # The lead divides the product, not always the multiple: with a lead of 2, an entry of 2 needs none.
    change = np.concatenate([-value * times[column] // done.lead[row], times[free]])
    return both_ways(np.searchsorted(free, move), atom, change, len(free), atoms)


def _multiples(atoms: int, lead: Wide, column: Narrow, value: Wide) -> Wide:
    """What each free atom's move is multiplied by so that it is whole: 1 wherever every lead is a unit."""
    times = np.ones(atoms, dtype=np.int64)
    for place in np.flatnonzero(lead != 1):
        part = int(lead[place]) // gcd(int(lead[place]), int(value[place]))
        at = int(column[place])
        times[at] = int(times[at]) // gcd(int(times[at]), part) * part
    return times


def _counted(lengths: Wide) -> Wide:
    """0, 1, ... for each length, one after the other."""
    ends = np.cumsum(lengths)
    return np.asarray(np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths), dtype=np.int64)


def both_ways(move: Wide, atom: Wide, change: Wide, moves: int, atoms: int) -> Moves:
    one, two = np.lexsort((atom, move)), np.lexsort((move, atom))
    return Moves(
        np.searchsorted(move[one], np.arange(moves + 1)).astype(np.int64),
        atom[one].astype(np.int32),
        change[one],
        np.searchsorted(atom[two], np.arange(atoms + 1)).astype(np.int64),
        move[two].astype(np.int32),
        change[two],
    )
