"""Short moves beside the long ones: what two moves have in common cancels where one is taken less the other.

A basis that comes of an elimination is as long as its pivots are far from a free atom: where many tables overlap, each
move changes hundreds of atoms. Two atoms that lie in nearly the same published cells have nearly the same move, and the
difference of the two is often four people who change places: of such ways many fit into one table. Like moves are
found by sorting atoms by the cells they lie in, several times, cells in an order of chance. The basis stays: its moves
take people from pivots alone, where there are some, so that it often has a way where no short move has one.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from simpul.disclosure.compiling import compiled
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.nullspace import Moves, both_ways
from simpul.disclosure.pool import Wide

LONG: Final = 32  # atoms of a move, on average: where they are shorter nothing is gained
ORDERS: Final = 4
NEAR: Final = 4  # moves looked at beside each, in each order
SHORT: Final = 8  # atoms
SEED: Final = 1


def with_short(moves: Moves, rows: Incidence) -> Moves:
    """The moves, where they are long, and differences of them that are short. `rows`: the published, reduced, over the
    same atoms.
    """
    many = len(moves.starts) - 1
    if len(moves.atoms) < LONG * max(many, 1):
        return moves
    one, two = _alike(moves, rows)
    is_short = _lengths(moves, one, two) <= SHORT
    return _with_differences(moves, one[is_short], two[is_short])


def _alike(moves: Moves, rows: Incidence) -> tuple[Wide, Wide]:
    """Pairs of moves whose free atoms lie in nearly the same rows, each pair once."""
    many = len(moves.starts) - 1
    free, random = _free(moves), np.random.default_rng(SEED)
    orders = [_order(rows, random.permutation(len(rows)), free, len(moves.places) - 1) for _ in range(ORDERS)]
    pairs = [
        np.minimum(order[lag:], order[:-lag]) * many + np.maximum(order[lag:], order[:-lag])
        for order in orders
        for lag in range(1, NEAR + 1)
    ]
    one, two = np.divmod(np.unique(np.concatenate(pairs)), many)
    return one, two


def _free(moves: Moves) -> Wide:
    """The atom of each move that lies in no other: it is free, all others are pivots."""
    is_alone = np.diff(moves.places)[moves.atoms] == 1
    move = np.repeat(np.arange(len(moves.starts) - 1), np.diff(moves.starts))
    free = np.zeros(len(moves.starts) - 1, dtype=np.int64)
    free[move[is_alone]] = moves.atoms[is_alone]
    return free


def _order(rows: Incidence, rank: Wide, free: Wide, atoms: int) -> Wide:
    """The moves, those whose free atoms lie in the same rows near each other; rows of low rank count most."""
    row = np.repeat(rank, np.diff(rows.starts))
    by_atom = np.lexsort((row, rows.atoms))
    atom, row = rows.atoms[by_atom], row[by_atom]
    place = np.arange(len(atom)) - np.searchsorted(atom, np.arange(atoms))[atom]
    keys = np.full((int(place.max(initial=0)) + 1, atoms), -1, dtype=np.int64)
    keys[place, atom] = row
    return np.lexsort(keys[::-1, free]).astype(np.int64)


@compiled
def _length(moves: Moves, one: int, two: int) -> int:
    """In how many atoms two moves differ."""
    a, b, end, last = moves.starts[one], moves.starts[two], moves.starts[one + 1], moves.starts[two + 1]
    many = 0
    while a < end and b < last:
        if moves.atoms[a] == moves.atoms[b]:
            many += moves.change[a] != moves.change[b]
            a += 1
            b += 1
        else:
            many += 1
            if moves.atoms[a] < moves.atoms[b]:
                a += 1
            else:
                b += 1
    return int(many + end - a + last - b)


@compiled
def _lengths(moves: Moves, one: Wide, two: Wide) -> Wide:
    found = np.empty(one.size, np.int64)
    for pair in range(one.size):
        found[pair] = _length(moves, one[pair], two[pair])
    return found


def _with_differences(moves: Moves, one: Wide, two: Wide) -> Moves:
    many, atoms = len(moves.starts) - 1, len(moves.places) - 1
    table = csr_array((moves.change, moves.atoms, moves.starts), shape=(many, atoms))
    more = (table[one] - table[two]).tocoo()
    kept = more.data != 0
    return both_ways(
        np.concatenate([np.repeat(np.arange(many), np.diff(moves.starts)), many + more.row[kept]]),
        np.concatenate([moves.atoms, more.col[kept]]).astype(np.int64),
        np.concatenate([moves.change, more.data[kept]]),
        many + len(one),
        atoms,
    )
