"""What is published gives no small count away: against enumeration, an attacker, and in the known hard cases."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simpul.disclosure.checking import verify
from simpul.disclosure.cubes import Cells, cube_of
from simpul.disclosure.deciding import cost_of
from simpul.disclosure.dimensions import parse_shapes
from simpul.disclosure.elimination import Fate
from simpul.disclosure.errors import Refused
from simpul.disclosure.improving import improve
from simpul.disclosure.protecting import Protection, Zeros, protect, thresholds
from tests.disclosure.worlds import attacked, brute, crossed, every, matrix, nested, table

K = 3
SHAPES = ((2, 2), (2, 3), (1, 4), (6,))


@some.composite
def tables(draw: some.DrawFn) -> Cells:
    """A cross table of at most six atoms, small enough to list every other table that fits."""
    shape = draw(some.sampled_from(SHAPES))
    size = int(np.prod(shape))
    return crossed(shape, draw(some.lists(some.integers(0, 5), min_size=size, max_size=size)))


def protected(cells: Cells, protection: Protection) -> list[int]:
    low = cells.values < K
    if protection.zeros == Zeros.SHOW:
        low &= cells.values > 0
    return np.flatnonzero(low).tolist()


def proved(cells: Cells, zeros: Zeros = Zeros.HIDE, k: int = K) -> Protection | None:
    """Protected and checked; None where it was refused."""
    try:
        made = protect(cells, k, zeros)
    except Refused as refused:
        if refused.code != "not_protectable":
            raise
        return None
    shown = zeros == Zeros.SHOW
    verify(cells, thresholds(cells, k), made.is_published, made.certificate, zeros_are_shown=shown)
    return made


@given(tables(), some.sampled_from(Zeros))
@settings(max_examples=60, deadline=None)
def test_no_protected_cell_is_known_whatever_the_table(cells: Cells, zeros: Zeros) -> None:
    made = proved(cells, zeros)
    if made is None:
        return
    atoms = cells.cube.atoms
    least = np.minimum(atoms, 1) if zeros == Zeros.SHOW else np.zeros_like(atoms)
    ends = brute(cells, made.is_published, least, int(atoms.max()) + 2)
    for cell in protected(cells, made):
        assert not made.is_published[cell]
        assert ends[cell][0] < ends[cell][1], "it can be worked out"


@given(some.lists(some.integers(0, 9), min_size=12, max_size=12))
@settings(max_examples=20, deadline=None)
def test_an_attacker_with_integer_programming_pins_no_protected_cell(counts: list[int]) -> None:
    cells = nested((1, 2, 3), 2, counts)
    made = proved(cells)
    if made is not None:
        for cell in protected(cells, made):
            least, most = attacked(made, cell)
            assert least < most


@given(some.lists(some.integers(0, 12), min_size=12, max_size=12))
@settings(max_examples=30, deadline=None)
def test_the_verdict_is_that_of_exact_rational_ranks(counts: list[int]) -> None:
    cells = nested((2, 2, 2), 2, counts)
    made = proved(cells)
    if made is None:
        return
    rows = matrix(cells)
    out = made.is_published
    rank = rank_of(rows[out])
    for cell in range(len(cells)):
        follows = rank_of(np.vstack([rows[out], rows[cell]])) == rank
        if cells.values[cell] < K:
            assert not follows, "G1: no protected cell is a linear combination of what is published"
        elif not out[cell]:
            assert not follows, "a cell that follows from what is published is published"
    assert (made.fates == Fate.PUBLISHED).sum() == rank


@given(some.lists(some.integers(0, 12), min_size=12, max_size=12))
@settings(max_examples=20, deadline=None)
def test_each_hidden_candidate_would_give_something_away(counts: list[int]) -> None:
    cells = nested((2, 2, 2), 2, counts)
    made = proved(cells)
    if made is None or made.repairs:
        return
    rows, out, zero = matrix(cells), made.is_published, cells.cube.atoms == 0
    for cell in np.flatnonzero(made.fates == Fate.SUPPRESSED):
        known = np.vstack([rows[out], rows[cell]])
        pinned = any(rank_of(np.vstack([known, rows[low]])) == rank_of(known) for low in protected(cells, made))
        on_zeros = rank_of(known) > rank_of(known[:, ~zero])
        assert pinned or on_zeros


def rank_of(rows: np.ndarray) -> int:
    """By elimination over the rationals."""
    left = [[Fraction(int(value)) for value in row] for row in rows]
    rank = 0
    for column in range(rows.shape[1] if len(rows) else 0):
        pivot = next((i for i in range(rank, len(left)) if left[i][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        for i in range(rank + 1, len(left)):
            if left[i][column]:
                times = left[i][column] / left[rank][column]
                left[i] = [a - times * b for a, b in zip(left[i], left[rank], strict=True)]
        rank += 1
    return rank


@given(some.lists(some.integers(0, 30), min_size=24, max_size=24), some.randoms())
@settings(max_examples=25, deadline=None)
def test_the_same_table_gives_the_same_publication_in_whatever_order_its_rows_come(
    counts: list[int], chance: "object"
) -> None:
    rows = table((2, 3, 4), counts)
    order = list(range(24))
    chance.shuffle(order)  # type: ignore[attr-defined]
    mixed = {name: [column[i] for i in order] for name, column in rows.items()}
    ways = [every(cube_of(columns, parse_shapes("a,b,c"), "n")) for columns in (rows, mixed)]
    one, two = (proved(cells, k=5) for cells in ways)
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert one.fates.tolist() == two.fates.tolist()
        for name in ("table", "atom", "change"):
            assert np.array_equal(getattr(one.certificate, name), getattr(two.certificate, name))


def test_a_table_of_zeros_publishes_nothing_where_zeros_are_hidden() -> None:
    made = proved(crossed((2, 3), [0] * 6))
    assert made is None or not made.is_published.any()


def test_a_table_of_zeros_publishes_every_zero_where_zeros_are_shown() -> None:
    made = proved(crossed((2, 3), [0] * 6), Zeros.SHOW)
    assert made is not None
    assert made.is_published.all()


def test_an_empty_table_declares_nothing_but_a_total_of_nobody() -> None:
    cells = every(cube_of({"a": [], "n": []}, parse_shapes("a"), "n"))
    assert cells.values.tolist() == [0]
    assert not protect(cells, K).is_published.any()


def test_a_chain_of_single_children_is_published_or_hidden_as_one() -> None:
    cells = nested((1, 1, 2), 2, [9, 9, 1, 1, 8, 2, 7, 9])
    made = proved(cells)
    assert made is not None
    fates = dict(zip(cells.labels(), made.is_published.tolist(), strict=True))
    for other in ("c0", "c1", "Total"):
        assert fates["g0", "Total", other] == fates["g0", "g0l0", other]
        assert fates["g1", "Total", other] == fates["g1", "g1l0", other]


def test_two_single_persons_who_sum_to_two_are_not_told_apart_from_their_sum() -> None:
    cells = nested((2, 3), 1, [1, 1, 9, 9, 9])
    shown = proved(cells, Zeros.SHOW, k=2)
    assert shown is not None
    fates = dict(zip(cells.labels(), shown.is_published.tolist(), strict=True))
    assert not fates["g0", "Total", "Total"], "two blanks that are each at least 1 and sum to 2 are known"


def test_overlapping_hierarchies_are_protected_together() -> None:
    rows = {
        "prov": ["p0", "p0", "p1", "p1"],
        "island": ["i0", "i1", "i0", "i1"],
        "dist": ["d0", "d1", "d2", "d3"],
        "n": [1, 20, 30, 40],
    }
    cells = every(cube_of(rows, parse_shapes("prov>dist|island>dist"), "n"))
    assert [view.levels[0].name for view in cells.views] == ["Total", "prov", "island", "dist"]
    made = proved(cells)
    assert made is not None
    for cell in protected(cells, made):
        least, most = attacked(made, cell)
        assert least < most


def test_a_higher_threshold_for_some_cells_holds_for_those() -> None:
    cells = crossed((2, 4), [6, 20, 30, 40, 7, 25, 35, 45])
    k = np.where(np.arange(len(cells)) % 2 == 0, 10, 5)
    made = protect(cells, k)
    verify(cells, k, made.is_published, made.certificate)
    assert not made.is_published[(cells.values < k)].any()


@pytest.mark.parametrize("zeros", list(Zeros))
@pytest.mark.parametrize("mean", [0.3, 1, 5])
def test_a_long_tailed_table_leaks_nothing_to_integer_programming(zeros: Zeros, mean: float) -> None:
    chance = np.random.default_rng(11)
    counts = chance.poisson(chance.lognormal(0, 1.2, 24)[:, None] * mean * np.array([0.8, 0.5, 0.2]))
    cells = nested((1, 3, 8, 12), 3, counts.reshape(-1).tolist())
    made = proved(cells, zeros, k=5)
    assert made is not None
    low = (cells.values < 5) & ((cells.values > 0) if zeros == Zeros.SHOW else True)
    for cell in np.flatnonzero(low):
        least, most = attacked(made, int(cell))
        assert least < most


def test_improving_never_costs_more() -> None:
    chance = np.random.default_rng(5)
    cells = nested((2, 5, 7), 4, chance.poisson(6, 56).tolist())
    plain, better = protect(cells, 5), improve(cells, 5, runs=20)
    verify(cells, thresholds(cells, 5), better.is_published, better.certificate)
    assert cost_of(better.fates, cells.values) <= cost_of(plain.fates, cells.values)


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"a": ["x"], "n": ["-1"]}, "negative_count"),
        ({"a": ["x"], "n": ["1.5"]}, "unreadable_table"),
        ({"a": ["Total"], "n": ["1"]}, "reserved_label"),
        ({"b": ["x"], "n": ["1"]}, "unknown_column"),
        ({"a": ["x"], "n": [str(2**60)]}, "overflow"),
    ],
)
def test_a_table_that_can_t_be_counted_is_refused(columns: dict[str, list[object]], code: str) -> None:
    with pytest.raises(Refused) as refused:
        cube_of(columns, parse_shapes("a"), "n")
    assert refused.value.code == code


@pytest.mark.parametrize("dims", ["a,a", "a>b|c", "a>", "", "a>b,b"])
def test_dimensions_that_make_no_sense_are_refused(dims: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_shapes(dims)
    assert refused.value.code == "unknown_column"
