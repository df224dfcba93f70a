"""What holds a count in its place: published cells found by linear programming, a diagnosis, never a proof."""

import numpy as np

from simpul.disclosure.cubes import Incidence
from simpul.disclosure.nullspace import Moves
from simpul.disclosure.pool import Wide


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


def holding(asked: Wide, rows: Incidence, worth: Wide, component: Wide) -> Wide:
    """Which of the published rows keep the sum of these atoms from being less, or from being more.

    `component`: the atoms that can change together with those asked for, ascending.
    """
    from scipy.optimize import linprog  # inline: slow import
    from scipy.sparse import csr_matrix  # inline: slow import

    place = np.full(len(worth), -1, dtype=np.int64)
    place[component] = np.arange(len(component))
    row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    inside = place[rows.atoms] >= 0
    entries = (np.ones(int(inside.sum())), (row[inside], place[rows.atoms[inside]]))
    matrix = csr_matrix(entries, shape=(len(rows), len(component)))
    used = np.flatnonzero(np.diff(matrix.indptr))
    matrix = matrix[used]
    goal = np.zeros(len(component))
    own = place[asked]
    goal[own[own >= 0]] = 1
    held = np.zeros(len(used), dtype=np.bool_)
    for sign in (1, -1):
        found = linprog(sign * goal, A_eq=matrix, b_eq=matrix @ worth[component], method="highs-ds")
        if found.status == 0:
            held |= np.abs(found.eqlin.marginals) > 1e-9
    return used[held]
