"""Where there is a choice of what to hide, it is something fine: totals are worth most."""

import numpy as np
import pytest

from simpul.disclosure import protecting
from simpul.disclosure.checking import verify
from simpul.disclosure.cubes import Cells, cells_of, cube_of
from simpul.disclosure.dimensions import parse_shapes
from simpul.disclosure.pool import Flags
from simpul.disclosure.protecting import Protection, protect, thresholds
from simpul.disclosure.spreading import Others
from tests.disclosure.worlds import crossed, table

K = 5


def told(cells: Cells, made: Protection) -> set[tuple[str, ...]]:
    return {labels for labels, out in zip(cells.labels(), made.is_published.tolist(), strict=True) if out}


def test_of_equal_counts_the_total_is_told_though_what_it_sums_is_declared_first() -> None:
    cube = cube_of(table((2,), [20, 0]), parse_shapes("a"), "n")
    cells = cells_of(cube, tuple(reversed(cube.every_view())))
    assert told(cells, protect(cells, K)) == {("Total",)}


def test_what_stays_without_proof_costs_something_fine_before_a_total(monkeypatch: pytest.MonkeyPatch) -> None:
    """As though the search had once found nothing, and linear programming named no cell that holds it."""
    cells = crossed((2, 2, 3), [13, 10, 8, 4, 4, 0, 1, 0, 2, 13, 10, 14])
    lucky = told(cells, protect(cells, K))
    monkeypatch.setattr(protecting, "REPAIRS", 0)
    search, left = protecting.spread, [1]

    def once_in_vain(*asked: object) -> tuple[Others, Flags]:
        others, is_open = search(*asked)  # type: ignore[arg-type]
        left[0] -= 1
        return others, np.ones_like(is_open) if left[0] == 0 else is_open

    monkeypatch.setattr(protecting, "spread", once_in_vain)
    monkeypatch.setattr(protecting, "BASES", 0)
    made = protect(cells, K)
    verify(cells, thresholds(cells, K), made.is_published, made.certificate)
    assert made.repairs == 1
    assert ("Total", "Total", "Total") in told(cells, made) < lucky
