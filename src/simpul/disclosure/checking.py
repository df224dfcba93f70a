"""The independent checker: whether a certificate proves what it should. Plain numpy; no solver, nothing compiled.

It shares no code with the elimination or the search: cells are summed anew from the views.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simpul.disclosure.certificates import Certificate
from simpul.disclosure.cubes import Cells
from simpul.disclosure.errors import Refused
from simpul.disclosure.pool import Flags, Wide


@dataclass(frozen=True)
class Verdict:
    """`protected` cells, every one of them different in some table; `reaching` of them reach their threshold in one."""

    tables: int
    protected: int
    reaching: int


def verify(
    cells: Cells, k: Wide, is_published: Flags, certificate: Certificate, *, zeros_are_shown: bool = False
) -> Verdict:
    """Refused("wrong_certificate") unless every table fits and every protected cell differs in one of them.

    Fits: whole numbers, none below zero (where zeros are shown: zero just where the truth is), every published cell as
    published. Protected: every cell below its threshold (where zeros are shown: but above 0).
    """
    truth = cells.cube.atoms
    cell_of = [view.cell_of() for view in cells.views]
    protected = (cells.values < k) & (_sums(cells, cell_of, np.ones_like(truth)) > 0)
    if zeros_are_shown:
        protected &= cells.values > 0
    if (protected & is_published).any():
        raise Refused("wrong_certificate", "A protected cell is published.")
    if not np.array_equal(_sums(cells, cell_of, truth), cells.values):
        raise Refused("wrong_certificate", "The cells are not the sums of their atoms.")
    differs, reaches = np.zeros(len(cells), dtype=np.bool_), np.zeros(len(cells), dtype=np.bool_)
    for number in range(certificate.tables):
        table = truth + certificate.differences(number, len(truth))
        if (table < 0).any() or (zeros_are_shown and ((table == 0) != (truth == 0)).any()):
            raise Refused("wrong_certificate", f"Table {number} is impossible.")
        sums = _sums(cells, cell_of, table)
        if (sums != cells.values)[is_published].any():
            raise Refused("wrong_certificate", f"Table {number} does not fit what is published.")
        differs |= sums != cells.values
        reaches |= sums >= k
    if (protected & ~differs).any():
        raise Refused("wrong_certificate", f"{int((protected & ~differs).sum())} protected cells never differ.")
    return Verdict(certificate.tables, int(protected.sum()), int((protected & reaches).sum()))


def _sums(cells: Cells, cell_of: Sequence[Wide], atoms: Wide) -> Wide:
    parts = [
        np.bincount(cell, weights=atoms, minlength=len(view)) for view, cell in zip(cells.views, cell_of, strict=True)
    ]
    return np.concatenate(parts).astype(np.int64)
