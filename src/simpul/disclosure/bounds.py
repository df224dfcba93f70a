"""What could still be worked out about a cell, by linear programming: a diagnosis, never a proof."""

from dataclasses import dataclass

import numpy as np

from simpul.disclosure.cubes import Incidence
from simpul.disclosure.nullspace import Moves
from simpul.disclosure.pool import Wide


@dataclass(frozen=True)
class Bounds:
    """The least and the most a cell can be, and which published cells (by number) hold it there."""

    least: float
    most: float
    holding: Wide


def component_of(atoms: Wide, moves: Moves) -> Wide:
    """The atoms that can change together with these, ascending; none where these can't change at all."""
    is_in = np.zeros(len(moves.places) - 1, dtype=np.bool_)
    is_made = np.zeros(len(moves.starts) - 1, dtype=np.bool_)
    edge = [int(atom) for atom in atoms]
    while edge:
        atom = edge.pop()
        for move in moves.moves[moves.places[atom] : moves.places[atom + 1]]:
            if is_made[move]:
                continue
            is_made[move] = True
            for other in moves.atoms[moves.starts[move] : moves.starts[move + 1]]:
                if not is_in[other]:
                    is_in[other] = True
                    edge.append(int(other))
    return np.flatnonzero(is_in)


def bounds_of(cell: int, incidence: Incidence, published: Wide, worth: Wide, moves: Moves) -> Bounds:
    """Bounds of the cell given the published rows (numbers of independent ones) and that nothing is below zero."""
    from scipy.optimize import linprog  # inline: slow import
    from scipy.sparse import csr_matrix  # inline: slow import

    component = component_of(incidence.of(cell).astype(np.int64), moves)
    place = np.full(len(worth), -1, dtype=np.int64)
    place[component] = np.arange(len(component))
    chosen = incidence.chosen(published)
    row = np.repeat(np.arange(len(published)), np.diff(chosen.starts))
    inside = place[chosen.atoms] >= 0
    matrix = csr_matrix(
        (np.ones(int(inside.sum())), (row[inside], place[chosen.atoms[inside]])), shape=(len(published), len(component))
    )
    used = np.flatnonzero(np.diff(matrix.indptr))
    matrix = matrix[used]
    goal = np.zeros(len(component))
    own = place[incidence.of(cell)]
    goal[own[own >= 0]] = 1
    rest = float(worth[incidence.of(cell)[own < 0]].sum())
    if not len(component):
        return Bounds(rest, rest, np.zeros(0, dtype=np.int64))
    sums = matrix @ worth[component]
    low = linprog(goal, A_eq=matrix, b_eq=sums, method="highs-ds")
    high = linprog(-goal, A_eq=matrix, b_eq=sums, method="highs-ds")
    held = np.abs(low.eqlin.marginals) + np.abs(high.eqlin.marginals) > 1e-9
    return Bounds(rest + low.fun, rest - high.fun, np.asarray(published[used[held]], dtype=np.int64))
