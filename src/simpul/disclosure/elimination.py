"""Span elimination with the strict zero rule: which candidates can be published without giving a protected cell away.

Exact in 64-bit integers. A candidate is taken in the order given and reduced by what was published before:

- nothing is left: it follows from what is published, and is published free;
- what is left lies wholly in atoms of no worth: suppressed, so that the published span never holds a vector supported
  on zeros, and that no count is negative gives nothing away beyond linear dependence;
- a protected row, reduced likewise, is a multiple of it: suppressed, it would make that row known;
- else published: one of its atoms of worth becomes a pivot and is eliminated from every row still in play.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from simpul.disclosure.compiling import compiled
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.errors import Refused
from simpul.disclosure.pool import (
    LARGEST,
    Flags,
    Narrow,
    Pool,
    Wide,
    combined,
    dropped,
    entry_of,
    filled,
    has_room,
    rebuilt,
    rows_at,
)


class Fate(IntEnum):
    """What becomes of a declared cell."""

    PROTECTED = 0
    PUBLISHED = 1
    FREE = 2
    SUPPRESSED = 3


class Echelon(NamedTuple):
    """The published rows, reduced: row `i` is entries `starts[i]:starts[i + 1]`; later rows are 0 at `pivots[i]`."""

    pivots: Narrow
    rows: Wide  # which declared cell each was
    starts: Wide
    columns: Narrow
    values: Wide


class Kept(NamedTuple):
    """An echelon being written; `used` holds its rows and entries."""

    pivots: Narrow
    rows: Wide
    starts: Wide
    columns: Narrow
    values: Wide
    used: Wide


class State(NamedTuple):
    """An elimination under way."""

    pool: Pool
    kept: Kept
    fates: Wide


@compiled
def _better(pool: Pool, worth: Wide, entry: int, best: int) -> bool:
    """Whether this entry makes the better pivot: a unit, few live rows, much worth, then the lower atom."""
    if best < 0:
        return True
    one, two = pool.column[entry], pool.column[best]
    ones = (abs(pool.value[entry]) != 1, pool.live[one], -worth[one], one)
    twos = (abs(pool.value[best]) != 1, pool.live[two], -worth[two], two)
    return bool(ones < twos)


@compiled
def _pivot(pool: Pool, row: int, worth: Wide) -> int:
    """The entry to pivot on, -1 where every atom of the row is of no worth."""
    best = -1
    for entry in range(pool.start[row], pool.start[row] + pool.length[row]):
        if worth[pool.column[entry]] > 0 and _better(pool, worth, entry, best):
            best = entry
    return best


@compiled
def _is_multiple(pool: Pool, one: int, two: int, first: int, second: int) -> bool:
    """Whether two rows of one length are multiples; `first` and `second` are their entries in one column."""
    shift = pool.start[two] - pool.start[one]
    for entry in range(pool.start[one], pool.start[one] + pool.length[one]):
        if pool.column[entry] != pool.column[entry + shift]:
            return False
        if pool.value[entry] * pool.value[second] != pool.value[entry + shift] * pool.value[first]:
            return False
    return True


@compiled
def _reveals(pool: Pool, row: int, entry: int, touched: Narrow, is_protected: Flags) -> bool:
    for other in touched:
        if is_protected[other] and pool.length[other] == pool.length[row]:
            theirs = entry_of(pool, other, pool.column[entry])
            if _is_multiple(pool, row, other, entry, theirs):
                return True
    return False


@compiled
def _kept(kept: Kept, pool: Pool, row: int, entry: int) -> Kept:
    """The echelon with this row, grown where it was full."""
    length = pool.length[row]
    many, top = kept.used[0], kept.used[1]
    if top + length > kept.columns.size:
        room = 2 * kept.columns.size + length
        columns, values = np.empty(room, np.int32), np.empty(room, np.int64)
        columns[:top] = kept.columns[:top]
        values[:top] = kept.values[:top]
        kept = Kept(kept.pivots, kept.rows, kept.starts, columns, values, kept.used)
    begin = pool.start[row]
    kept.columns[top : top + length] = pool.column[begin : begin + length]
    kept.values[top : top + length] = pool.value[begin : begin + length]
    kept.pivots[many] = pool.column[entry]
    kept.rows[many] = row
    kept.starts[many + 1] = top + length
    kept.used[0] = many + 1
    kept.used[1] = top + length
    return kept


@compiled
def _eliminated(pool: Pool, kept: Kept, pivot_value: int, touched: Narrow) -> Pool:
    """The pool after the last row of the echelon was taken out of the rows that touch its pivot."""
    last = kept.used[0] - 1
    columns = kept.columns[kept.starts[last] : kept.starts[last + 1]]
    values = kept.values[kept.starts[last] : kept.starts[last + 1]]
    for row in touched:
        need = pool.length[row] + columns.size
        if not has_room(pool, need):
            pool = rebuilt(pool, need)
        theirs = pool.value[entry_of(pool, row, kept.pivots[last])]
        if abs(pivot_value) == 1:
            combined(pool, row, columns, values, 1, -theirs * pivot_value)
        else:
            combined(pool, row, columns, values, pivot_value, -theirs)
    pool.head[kept.pivots[last]] = -1
    return pool


@compiled
def _begun(starts: Wide, atoms: Narrow, columns: int, order: Wide, is_protected: Flags) -> State:
    """All rows that are to be looked at, none of them taken."""
    is_live = is_protected.copy()
    is_live[order] = True
    kept = Kept(
        np.empty(order.size, np.int32),
        np.empty(order.size, np.int64),
        np.zeros(order.size + 1, np.int64),
        np.empty(max(atoms.size, 16), np.int32),
        np.empty(max(atoms.size, 16), np.int64),
        np.zeros(2, np.int64),
    )
    return State(filled(starts, atoms, columns, is_live), kept, np.zeros(starts.size - 1, np.int64))


@compiled
def _copied(state: State) -> State:
    """The same, to go on from twice."""
    pool, kept = state.pool, state.kept
    mine = Pool(
        pool.column,
        pool.value,
        pool.start.copy(),
        pool.length.copy(),
        pool.is_live.copy(),
        pool.live.copy(),
        pool.head,
        pool.after,
        pool.row,
        pool.used,
    )
    own = Kept(
        kept.pivots.copy(),
        kept.rows.copy(),
        kept.starts.copy(),
        kept.columns[: kept.used[1]].copy(),
        kept.values[: kept.used[1]].copy(),
        kept.used.copy(),
    )
    return State(rebuilt(mine, 0), own, state.fates.copy())


@compiled
def _run(state: State, worth: Wide, order: Wide, is_protected: Flags, is_fixed: bool) -> State:
    """These rows taken, one after the other. Given up where numbers grow too large, or a fixed row must not be out."""
    pool, kept, fates = state
    seen = np.full(fates.size, -1, np.int64)
    for place in range(order.size):
        row = order[place]
        if pool.length[row] == 0:
            fates[row] = 2
            pool.is_live[row] = False
            continue
        entry = _pivot(pool, row, worth)
        dropped(pool, row)
        fates[row] = 3
        if entry >= 0:
            touched = rows_at(pool, pool.column[entry], seen, place)
            if not _reveals(pool, row, entry, touched, is_protected):
                fates[row] = 1
                kept = _kept(kept, pool, row, entry)
                pool = _eliminated(pool, kept, pool.value[entry], touched)
        if pool.used[2] > LARGEST or (is_fixed and fates[row] == 3):
            break
    return State(pool, kept, fates)


def eliminate(
    incidence: Incidence, worth: Wide, fixed: Wide, orders: Sequence[Wide], is_protected: Flags
) -> list[tuple[Wide, Echelon]]:
    """For each of the orders the fate of each declared cell, and the echelon of what is published.

    `worth` is the atoms' counts above the least they are known to have. The `fixed` cells are published already and
    stay so: they are taken once for all orders, which have the same cells. Cells neither protected nor in these stay
    out: withheld by name.

    Refused("overflow"), or Refused("not_protectable") where what is published already gives a protected cell away.
    """
    every = np.concatenate([fixed, orders[0]])
    begun = _begun(incidence.starts, incidence.atoms, worth.size, every, is_protected)
    begun = _run(begun, worth, fixed, is_protected, True)
    _check_small(begun)
    if (begun.fates[fixed] == Fate.SUPPRESSED).any():
        raise Refused("not_protectable", "What is published already gives a protected cell away.")
    found = []
    for left, order in enumerate(orders, start=1 - len(orders)):
        state = _copied(begun) if left else begun
        state = _run(state, worth, order, is_protected, False)
        _check_small(state)
        fates = state.fates
        fates[(fates == Fate.PROTECTED) & ~is_protected] = Fate.SUPPRESSED
        found.append((fates, _echelon(state.kept)))
    return found


def _check_small(state: State) -> None:
    if state.pool.used[2] > LARGEST:
        raise Refused("overflow", "Exact arithmetic outgrew 64 bits.")


def _echelon(kept: Kept) -> Echelon:
    rows, entries = int(kept.used[0]), int(kept.used[1])
    return Echelon(
        kept.pivots[:rows], kept.rows[:rows], kept.starts[: rows + 1], kept.columns[:entries], kept.values[:entries]
    )
