"""Moves beside a long basis, other bases, and repairs of what is too large to be decided over and over."""

import numpy as np
import pytest

from simpul.disclosure import protecting, shortening
from simpul.disclosure.checking import verify
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.elimination import Echelon, Fate, eliminate
from simpul.disclosure.nullspace import Moves, moves_of
from simpul.disclosure.pool import Wide
from simpul.disclosure.protecting import protect, thresholds
from simpul.disclosure.shortening import with_short
from tests.disclosure.worlds import crossed

K = 5


def ground(rows: int = 12, atoms: int = 60) -> tuple[Incidence, Wide, Echelon, Moves]:
    """Rows that overlap by chance, all of them published, and the basis of what leaves them as they are."""
    chance = np.random.default_rng(4)
    chosen = [np.flatnonzero(chance.random(atoms) < 0.4) for _ in range(rows)]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in chosen])]).astype(np.int64)
    table, worth = Incidence(starts, np.concatenate(chosen).astype(np.int32)), np.full(atoms, 3, dtype=np.int64)
    every = np.arange(rows)
    ((fates, echelon),) = eliminate(table, worth, every[:0], [every], np.zeros(rows, dtype=np.bool_))
    assert (fates == Fate.PUBLISHED).all()
    return table, worth, echelon, moves_of(echelon, atoms)


def whole(moves: Moves, atoms: int) -> Wide:
    """One row a move."""
    found = np.zeros((len(moves.starts) - 1, atoms), dtype=np.int64)
    found[np.repeat(np.arange(len(found)), np.diff(moves.starts)), moves.atoms] = moves.change
    return found


def test_short_moves_stand_beside_the_basis_and_change_nothing_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortening, "LONG", 1)
    table, worth, echelon, moves = ground()
    more = with_short(moves, Incidence(echelon.starts, echelon.columns))
    basis, found = whole(moves, len(worth)), whole(more, len(worth))
    assert (found[: len(basis)] == basis).all()
    added = found[len(basis) :]
    assert len(added) > 0
    lengths = (added != 0).sum(axis=1)
    assert lengths.min() > 0
    assert lengths.max() <= shortening.SHORT
    assert not any(table.sums(one).any() for one in added)


def test_a_basis_of_short_moves_stays_as_it_is() -> None:
    _, _, echelon, moves = ground()
    assert with_short(moves, Incidence(echelon.starts, echelon.columns)) is moves


def test_with_short_moves_a_table_is_proved_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = np.random.default_rng(9).poisson(3, 4 * 5 * 3).tolist()
    cells = crossed((4, 5, 3), counts)
    plain = protect(cells, K)
    monkeypatch.setattr(shortening, "LONG", 1)
    made = protect(cells, K)
    assert (made.is_published == plain.is_published).all()
    verify(cells, thresholds(cells, K), made.is_published, made.certificate)


def test_what_no_way_is_found_for_is_sought_in_another_basis_before_a_cell_is_withheld(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As though the first search had found nothing: nothing is withheld for it."""
    cells = crossed((4, 5, 3), np.random.default_rng(9).poisson(3, 4 * 5 * 3).tolist())
    lucky, search, left = protect(cells, K), protecting.spread, [1]

    def once_in_vain(*asked: object) -> object:
        others, is_open = search(*asked)  # type: ignore[arg-type]
        left[0] -= 1
        return (others._replace(many=0, **empty), np.ones_like(is_open)) if left[0] == 0 else (others, is_open)

    empty = {name: np.zeros(0, dtype=np.int32) for name in ("table", "atom", "change")}
    monkeypatch.setattr(protecting, "spread", once_in_vain)
    made = protect(cells, K)
    assert made.repairs == 0
    assert (made.is_published == lucky.is_published).all()
    verify(cells, thresholds(cells, K), made.is_published, made.certificate)


def test_of_a_large_table_a_repair_only_takes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = crossed((4, 5, 3), np.random.default_rng(9).poisson(3, 4 * 5 * 3).tolist())
    before = protect(cells, K)
    monkeypatch.setattr(protecting, "MANY", 0)
    monkeypatch.setattr(protecting, "BASES", 0)
    search, left = protecting.spread, [1]

    def once_in_vain(*asked: object) -> object:
        others, is_open = search(*asked)  # type: ignore[arg-type]
        left[0] -= 1
        return others, np.ones_like(is_open) if left[0] == 0 else is_open

    monkeypatch.setattr(protecting, "spread", once_in_vain)
    made = protect(cells, K)
    verify(cells, thresholds(cells, K), made.is_published, made.certificate)
    assert made.repairs == 1
    assert not (made.is_published & ~before.is_published).any()
