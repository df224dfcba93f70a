"""What to withhold so that tables which proved an earlier release prove this one too.

Where a cell is left without proof, tables of before that change it stand in the way of what is newly told. Of these the
one that costs least is let be: what it changes is withheld. Nothing else is needed, and nothing is sought.
"""

import numpy as np
from scipy.sparse import csc_array, csr_array

from simpul.disclosure.cubes import Incidence
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.spreading import Others


def in_the_way(known: Others, cells: Incidence, values: Wide, targets: Incidence, atoms: int) -> tuple[Wide, Flags]:
    """Which of the cells to withhold, ascending, and for which targets no known table is a proof whatever is withheld.

    `values`: what it costs to withhold each cell. `known` has its tables in order.
    """
    changes = _changes(known, atoms)
    changed = csc_array(changes @ _columns(targets, atoms))
    changed.eliminate_zeros()
    useful = np.unique(changed.indices)
    broken = changes[useful] @ _columns(cells, atoms)
    broken.eliminate_zeros()
    place = np.full(known.many, -1, dtype=np.int64)
    place[useful] = np.arange(len(useful))
    by_target = [place[changed.indices[a:b]] for a, b in zip(changed.indptr, changed.indptr[1:], strict=False)]
    # Large counts are worth more, but not as much more as they are larger: people read cells.
    costs = np.log2(values + 2).astype(np.int64)
    return _chosen(broken, costs, by_target), np.diff(changed.indptr) == 0


def _chosen(broken: csr_array, costs: Wide, by_target: list[Wide]) -> Wide:
    """The cells that stand in the way of one table for each target; those that are withheld cost nothing more."""
    by_cell = csc_array(broken)
    is_withheld = np.zeros(broken.shape[1], dtype=np.bool_)
    cost = (broken != 0).astype(np.int64) @ costs
    asked = [tables for tables in by_target if len(tables)]
    # What costs much in any case goes first: what it takes may be all that others need.
    for tables in sorted(asked, key=lambda tables: -int(cost[tables].min())):
        best = tables[np.argmin(cost[tables])]
        for cell in broken.indices[broken.indptr[best] : broken.indptr[best + 1]]:
            if not is_withheld[cell]:
                is_withheld[cell] = True
                cost[by_cell.indices[by_cell.indptr[cell] : by_cell.indptr[cell + 1]]] -= costs[cell]
    return np.flatnonzero(is_withheld)


def _changes(known: Others, atoms: int) -> csr_array:
    """Tables by atoms."""
    starts = np.searchsorted(known.table, np.arange(known.many + 1))
    return csr_array((known.change.astype(np.int64), known.atom, starts), shape=(known.many, atoms))


def _columns(cells: Incidence, atoms: int) -> csr_array:
    """Atoms by cells."""
    ones = np.ones(len(cells.atoms), dtype=np.int64)
    return csr_array(csr_array((ones, cells.atoms, cells.starts), shape=(len(cells), atoms)).T)
