"""The rows still in play during an elimination: sparse, exact, with the list of rows that touch each column.

A row's entries lie in one run of `column` and `value`, ascending by column. A changed row is written anew at the end;
the lists of a column keep what has left it until somebody walks them ("lazily deleted"); a full pool is rebuilt.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simpul.disclosure.compiling import compiled

Wide = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

LARGEST = (1 << 31) - 1  # of an entry or a factor: a sum of two products then fits into 64 bits


class Pool(NamedTuple):
    """`used` holds how many entries and how many list nodes are taken, and the largest entry there ever was."""

    column: Narrow
    value: Wide
    start: Wide
    length: Wide
    is_live: Flags
    live: Wide  # a column: how many live rows touch it
    head: Narrow  # a column: its first list node, -1 for none
    after: Narrow
    row: Narrow
    used: Wide


@compiled
def filled(starts: Wide, atoms: Narrow, columns: int, is_live: Flags) -> Pool:
    """The live rows of an incidence, each entry 1."""
    room = max(4 * atoms.size, 1 << 12)
    rows = starts.size - 1
    pool = Pool(
        np.empty(room, np.int32),
        np.empty(room, np.int64),
        np.zeros(rows, np.int64),
        np.zeros(rows, np.int64),
        is_live.copy(),
        np.zeros(columns, np.int64),
        np.full(columns, -1, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.zeros(3, np.int64),
    )
    pool.used[2] = 1
    for row in range(rows):
        if not is_live[row]:
            continue
        pool.start[row] = pool.used[0]
        pool.length[row] = starts[row + 1] - starts[row]
        for entry in range(starts[row], starts[row + 1]):
            pool.column[pool.used[0]] = atoms[entry]
            pool.value[pool.used[0]] = 1
            pool.used[0] += 1
            listed(pool, row, atoms[entry])
            pool.live[atoms[entry]] += 1
    return pool


@compiled
def listed(pool: Pool, row: int, column: int) -> None:
    node = pool.used[1]
    pool.row[node] = row
    pool.after[node] = pool.head[column]
    pool.head[column] = node
    pool.used[1] = node + 1


@compiled
def has_room(pool: Pool, need: int) -> bool:
    return bool(pool.used[0] + need <= pool.column.size and pool.used[1] + need <= pool.row.size)


@compiled
def rebuilt(pool: Pool, need: int) -> Pool:
    """The same rows without what was left behind, with room for `need` entries more."""
    total = 0
    for row in range(pool.start.size):
        if pool.is_live[row]:
            total += pool.length[row]
    room = pool.column.size
    while 2 * total + need > room:
        room *= 2
    fresh = Pool(
        np.empty(room, np.int32),
        np.empty(room, np.int64),
        pool.start,
        pool.length,
        pool.is_live,
        pool.live,
        np.full(pool.head.size, -1, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.zeros(3, np.int64),
    )
    fresh.used[2] = pool.used[2]
    for row in range(pool.start.size):
        if pool.is_live[row]:
            begin = fresh.used[0]
            for entry in range(pool.start[row], pool.start[row] + pool.length[row]):
                fresh.column[fresh.used[0]] = pool.column[entry]
                fresh.value[fresh.used[0]] = pool.value[entry]
                fresh.used[0] += 1
                listed(fresh, row, pool.column[entry])
            pool.start[row] = begin
    return fresh


@compiled
def dropped(pool: Pool, row: int) -> None:
    """The row is no longer in play."""
    pool.is_live[row] = False
    for entry in range(pool.start[row], pool.start[row] + pool.length[row]):
        pool.live[pool.column[entry]] -= 1


@compiled
def entry_of(pool: Pool, row: int, column: int) -> int:
    """Where the row's entry in this column lies, -1 where it has none."""
    low = pool.start[row]
    end = low + pool.length[row]
    high = end
    while low < high:
        middle = (low + high) // 2
        if pool.column[middle] < column:
            low = middle + 1
        else:
            high = middle
    if low < end and pool.column[low] == column:
        return int(low)
    return -1


@compiled
def rows_at(pool: Pool, column: int, seen: Wide, stamp: int) -> Narrow:
    """The live rows with an entry in this column, each once. `seen` is scratch: a row is new where it isn't `stamp`."""
    found = np.empty(max(pool.live[column], 1), np.int32)
    many = 0
    node = pool.head[column]
    while node >= 0:
        row = pool.row[node]
        node = pool.after[node]
        if pool.is_live[row] and seen[row] != stamp and entry_of(pool, row, column) >= 0:
            seen[row] = stamp
            found[many] = row
            many += 1
    return found[:many]


@compiled
def _appended(pool: Pool, column: int, value: int) -> None:
    pool.column[pool.used[0]] = column
    pool.value[pool.used[0]] = value
    pool.used[0] += 1
    pool.used[2] = max(pool.used[2], abs(value))


@compiled
def combined(pool: Pool, row: int, columns: Narrow, values: Wide, own: int, other: int) -> None:
    """`row` becomes `own` times itself plus `other` times the vector given. There must be room for both."""
    begin = pool.used[0]
    i, end = pool.start[row], pool.start[row] + pool.length[row]
    j = 0
    while i < end or j < columns.size:
        if j >= columns.size or (i < end and pool.column[i] < columns[j]):
            _appended(pool, pool.column[i], own * pool.value[i])
            i += 1
        elif i >= end or columns[j] < pool.column[i]:
            _appended(pool, columns[j], other * values[j])
            listed(pool, row, columns[j])
            pool.live[columns[j]] += 1
            j += 1
        else:
            value = own * pool.value[i] + other * values[j]
            if value != 0:
                _appended(pool, columns[j], value)
            else:
                pool.live[columns[j]] -= 1
            i += 1
            j += 1
    pool.start[row] = begin
    pool.length[row] = pool.used[0] - begin
