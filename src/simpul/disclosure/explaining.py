"""Why a cell is blank, in words that reveal nothing: the same for every blank, and drawn from what is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

from simpul.disclosure.cubes import Cells
from simpul.disclosure.dimensions import TOTAL, Dimension, Labels
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
    told = {name: 0 if out else None for name, out in zip(labels, is_published.tolist(), strict=True)}
    return explain_labels(cells.cube.dimensions, told, labels[cell])


def explain_labels(dimensions: Sequence[Dimension], told: Mapping[Labels, int | None], labels: Labels) -> Explanation:
    """The same by name. `told` has every cell declared beside it, None where it is blank; counts are not looked at."""
    if told[labels] is not None:
        return Explanation("Published.", ())
    own = _places(dimensions, labels)
    inside = [_leaves(*place) for place in own]
    is_around = {place: leaves <= _leaves(*place) for place, leaves in zip(own, inside, strict=True)}
    around: list[tuple[int, Labels]] = []
    for name in (name for name, value in told.items() if value is not None):
        places = _places(dimensions, name)
        for place, leaves in zip(places, inside, strict=True):
            if place not in is_around:
                is_around[place] = leaves <= _leaves(*place)
        if all(is_around[place] for place in places):
            around.append((prod(len(_leaves(*place)) for place in places), name))
    least = min((size for size, _ in around), default=0)
    return Explanation(BLANK, tuple(name for size, name in around if size == least))


def _places(dimensions: Sequence[Dimension], labels: Labels) -> list[tuple[Dimension, Labels]]:
    """Each dimension with those of the labels that are of its columns."""
    found, begin = [], 0
    for dimension in dimensions:
        found.append((dimension, labels[begin : begin + len(dimension.columns)]))
        begin += len(dimension.columns)
    return found


def _leaves(dimension: Dimension, labels: Labels) -> frozenset[int]:
    """The finest entries these labels sum."""
    return frozenset(
        number
        for number, leaf in enumerate(dimension.leaves)
        if all(label in {TOTAL, mine} for label, mine in zip(labels, leaf, strict=True))
    )
