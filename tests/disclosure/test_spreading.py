"""Where many questions are open at once, some without a way: the others are still answered, the rest withheld."""

import numpy as np
import pytest

from simpul.disclosure import spreading
from simpul.disclosure.checking import verify
from simpul.disclosure.protecting import protect, thresholds
from tests.disclosure.worlds import crossed

K = 3


def test_questions_without_a_way_hold_up_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "FEW", 0)
    monkeypatch.setattr(spreading, "ROUNDS", (0,))
    for seed in range(60):
        cells = crossed((2, 3), np.random.default_rng(seed).integers(0, 6, 6).tolist())
        made = protect(cells, K)
        verify(cells, thresholds(cells, K), made.is_published, made.certificate)
