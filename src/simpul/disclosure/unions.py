"""What a cell gained over several of its periods: counts that no release declares, but that several releases may tell.

Where cadences nest, a quarter less the months that are told is the sum of the months that are not. Such a union of a
cell's protected periods is protected too where it stays below the cell's threshold. There are too many unions to carry
each through the elimination: those most likely to be told are, and of the others it is checked afterwards that some
table changes them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from simpul.disclosure.cubes import Incidence
from simpul.disclosure.errors import Refused
from simpul.disclosure.frames import Frame
from simpul.disclosure.periods import FINE_TO_COARSE
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.spreading import Others

MOST_PERIODS: Final = 16
AT_ONCE: Final = 64
Union = tuple[int, ...]


@dataclass(frozen=True)
class Series:
    """The same cells over their periods: `cells[p, c]` is the number of cell `c` in the `p`th period."""

    cells: Wide
    names: tuple[int, ...]  # which parts of the frame these are

    @classmethod
    def of(cls, frame: Frame) -> "Iterator[Series]":
        """One for each declared table that has several periods in the frame. Refused("too_large")."""
        for declared in dict.fromkeys(part.declared for part in frame.parts):
            mine = tuple(number for number, part in enumerate(frame.parts) if part.declared == declared)
            if len(mine) > MOST_PERIODS:
                raise Refused("too_large", f"More than {MOST_PERIODS} batches share a period.")
            if len(mine) > 1:
                begins = np.array([frame.parts[number].begin for number in mine])
                yield cls(begins[:, None] + np.arange(len(frame.parts[mine[0]].view))[None, :], mine)


def likely(frame: Frame, protected: Flags) -> list[Union]:
    """All protected periods of a cell within each coarser period, where together they stay below its threshold."""
    found: dict[Union, None] = {}
    for series in Series.of(frame):
        low = protected[series.cells]
        for inside in _coarser(frame, series):
            is_in = low & np.array(inside)[:, None]
            sums = (frame.values[series.cells] * is_in).sum(axis=0)
            for cell in np.flatnonzero((is_in.sum(axis=0) > 1) & (sums < frame.k[series.cells[0]])):
                found[tuple(series.cells[is_in[:, cell], cell].tolist())] = None
    return list(found)


def _coarser(frame: Frame, series: Series) -> list[tuple[bool, ...]]:
    """Which periods of the series lie in each coarser period of the frame, and in all of it."""
    own = [frame.parts[number].period for number in series.names]
    rank = FINE_TO_COARSE.index(own[0].cadence)
    wider = {p.period for p in frame.parts if FINE_TO_COARSE.index(p.period.cadence) > rank}
    ways = [tuple(w.year == o.year and w.first <= o.first and o.last <= w.last for o in own) for w in sorted(wider)]
    return [way for way in dict.fromkeys([*ways, (True,) * len(own)]) if sum(way) > 1]


def untouched(frame: Frame, protected: Flags, others: Others) -> list[Union]:
    """The unions of a cell's protected periods, below its threshold, that no table changes."""
    found: list[Union] = []
    marks = frame.incidence.sums(others.weighed(len(frame.worth), 1))
    for series in Series.of(frame):
        asked = np.flatnonzero(protected[series.cells].sum(axis=0) > 1)
        for begin in range(0, len(asked), AT_ONCE):
            cells = series.cells[:, asked[begin : begin + AT_ONCE]]
            values = np.where(protected[cells], frame.values[cells], frame.k[cells])
            found += _unions(cells, marks[cells], values, frame.k[cells[0]])
    return found


def _unions(cells: Wide, marks: Wide, values: Wide, k: Wide) -> list[Union]:
    sums = np.zeros((1, cells.shape[1]), dtype=np.int64)
    counts, many = sums.copy(), sums.copy()
    for mark, value in zip(marks, values, strict=True):
        sums = np.concatenate([sums, sums + mark])
        counts = np.concatenate([counts, np.minimum(counts + value, k)])
        many = np.concatenate([many, many + 1])
    chosen, column = np.nonzero((sums == 0) & (counts < k) & (many > 1))
    places = range(len(cells))
    return [
        tuple(int(cells[place, c]) for place in places if number >> place & 1)
        for number, c in zip(chosen.tolist(), column.tolist(), strict=True)
    ]


def rows_of(incidence: Incidence, unions: Sequence[Union]) -> Incidence:
    """The atoms of each union."""
    rows = [np.sort(np.concatenate([incidence.of(cell) for cell in union])) for union in unions]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return Incidence(starts, np.concatenate([np.zeros(0, dtype=np.int32), *rows]).astype(np.int32))
