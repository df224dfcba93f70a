"""Why a cell is blank, in words that reveal nothing: the same for every blank, and drawn from what is published."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from simpul.disclosure.cubes import Cells
from simpul.disclosure.dimensions import Labels
from simpul.disclosure.pool import Flags

BLANK: Final = (
    "Below the threshold or hidden. A count is left blank where it is below the threshold, where it is 0, or where it "
    "would let somebody work out one that is. Which of these it is, is not told."
)


@dataclass(frozen=True)
class Explanation:
    """`words` for one cell; `instead` are the smallest published cells around it, which a reader may use."""

    words: str
    instead: tuple[Labels, ...]


def explain(cells: Cells, is_published: Flags, cell: int) -> Explanation:
    """Looks at no count of a blank cell: only at which cells are published. IndexError for a cell there is not."""
    labels = list(cells.labels())
    if is_published[cell]:
        return Explanation("Published.", ())
    own = set(cells.incidence.of(cell).tolist())
    atom = int(cells.incidence.of(cell)[0]) if own else -1
    around: list[tuple[int, int]] = []
    for number in np.flatnonzero(is_published):
        atoms = cells.incidence.of(int(number))
        place = int(np.searchsorted(atoms, atom))
        if own and place < len(atoms) and atoms[place] == atom and own <= set(atoms.tolist()):
            around.append((len(atoms), int(number)))
    least = min((size for size, _ in around), default=0)
    return Explanation(BLANK, tuple(labels[number] for size, number in sorted(around) if size == least))
