"""What is out already is taken once for all orders: each comes out as though it had been tried alone."""

import numpy as np
import pytest

from simpul.disclosure.deciding import orders
from simpul.disclosure.elimination import Fate, eliminate
from simpul.disclosure.protecting import Zeros, protect, question_of, thresholds
from tests.disclosure.worlds import crossed


@pytest.mark.parametrize("seed", range(30))
def test_orders_that_share_what_is_out_know_nothing_of_each_other(seed: int) -> None:
    chance = np.random.default_rng(seed)
    cells = crossed((3, 4, 2), chance.integers(0, 14, 24).tolist())
    k = thresholds(cells, 5)
    out = protect(cells, k).is_published & (chance.random(len(cells)) < 0.6)
    question, _ = question_of(cells, k, Zeros.HIDE, out)
    asked = (question.incidence, question.worth, np.flatnonzero(out))
    ways = [*orders(question), orders(question)[0][::-1].copy()]
    together = eliminate(*asked, ways, question.protected)
    for way, (fates, echelon) in zip(ways, together, strict=True):
        ((alone, theirs),) = eliminate(*asked, [way], question.protected)
        assert fates.tolist() == alone.tolist()
        assert all(np.array_equal(one, two) for one, two in zip(echelon, theirs, strict=True))
        assert np.isin(fates[out], (Fate.PUBLISHED, Fate.FREE)).all()
