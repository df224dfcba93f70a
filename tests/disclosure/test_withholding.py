"""What is withheld where a search finds nothing, but tables are known that proved what was told before."""

from dataclasses import replace

import numpy as np
import pytest

from simpul.disclosure import protecting
from simpul.disclosure.checking import verify
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.protecting import Zeros, concluded, protect, question_of, settled, thresholds
from simpul.disclosure.spreading import Others
from simpul.disclosure.withholding import in_the_way
from tests.disclosure.worlds import crossed

K = 5


def rows(*atoms: list[int]) -> Incidence:
    starts = np.concatenate([[0], np.cumsum([len(one) for one in atoms])]).astype(np.int64)
    return Incidence(starts, np.concatenate([np.array(one, dtype=np.int32) for one in atoms]))


def others(*tables: dict[int, int]) -> Others:
    narrow = [
        np.array(each, dtype=np.int32)
        for each in (
            [number for number, table in enumerate(tables) for _ in table],
            [atom for table in tables for atom in table],
            [change for table in tables for change in table.values()],
        )
    ]
    return Others(len(tables), narrow[0], narrow[1], narrow[2])


def test_of_two_tables_the_one_that_costs_less_is_let_be() -> None:
    known = others({0: 1, 1: -1}, {0: 1, 2: -1, 3: 5}, {3: 1, 4: -1})
    told, values = rows([0, 1], [1, 5], [2, 6], [3]), np.array([40, 8, 200, 3])
    withheld, is_left = in_the_way(known, told, values, rows([0], [5]), atoms=7)
    assert withheld.tolist() == [1]
    assert is_left.tolist() == [False, True]


def test_what_is_withheld_for_one_is_not_paid_for_again() -> None:
    known = others({0: 1, 1: -1}, {2: 1, 1: -1}, {2: 1, 3: -1})
    told, values = rows([1, 9], [3, 9]), np.array([100, 30])
    withheld, is_left = in_the_way(known, told, values, rows([0], [2]), atoms=10)
    assert withheld.tolist() == [0]
    assert not is_left.any()


def test_tables_are_kept_once() -> None:
    twice = others({0: 1, 1: -1}, {2: 1}, {0: 1, 1: -1}).distinct(3)
    assert (twice.many, twice.table.tolist(), twice.atom.tolist()) == (2, [0, 0, 1], [0, 1, 2])


def test_a_search_in_vain_refuses_nothing_that_was_proved_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """As though no way were ever found: what proved the table with little told is used, and what it allows is told."""
    cells = crossed((4, 5, 3), np.random.default_rng(9).poisson(3, 4 * 5 * 3).tolist())
    question, kept = question_of(cells, thresholds(cells, K), Zeros.HIDE, None)
    total = cells.values == cells.values.max()
    little, _, _ = settled(replace(question, withheld=~question.protected & ~total))
    search, lucky = protecting.spread, protect(cells, K)

    def in_vain(*asked: object) -> object:
        _found, is_open = search(*asked)  # type: ignore[arg-type]
        known = asked[5] if len(asked) > 5 else None
        if not isinstance(known, Others):
            return others({}), np.ones_like(is_open)
        targets, marks = asked[3], known.weighed(len(question.worth), 1)
        assert isinstance(targets, Incidence)
        return known, targets.sums(marks) == 0

    monkeypatch.setattr(protecting, "spread", in_vain)
    made = concluded(cells, replace(question, known=little.others), kept, Zeros.HIDE)
    assert made.repairs > 0
    assert made.is_published[total].all()
    assert not (made.is_published & ~lucky.is_published).any()
    verify(cells, thresholds(cells, K), made.is_published, made.certificate)
