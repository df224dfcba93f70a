"""What holds of every table and every year: the same table is the same publication, a difference tells nothing small,
arithmetic never wraps, and the attacker who is asked elsewhere sees as much as enumeration does.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from benchmarks.attacker import Attacker, Told
from simpul.disclosure.batches import batch_of
from simpul.disclosure.books import Book
from simpul.disclosure.chains import MemoryStore
from simpul.disclosure.checking import verify
from simpul.disclosure.cubes import Incidence, cube_of
from simpul.disclosure.dimensions import parse_shapes
from simpul.disclosure.elimination import Fate, eliminate
from simpul.disclosure.errors import Refused
from simpul.disclosure.nullspace import moves_of
from simpul.disclosure.outlines import Outline, dimension, margins_of
from simpul.disclosure.periods import Cadence, batches_in, parse_period
from simpul.disclosure.protecting import Protection, Zeros, protect, thresholds
from tests.disclosure.test_protecting import rank_of
from tests.disclosure.worlds import brute, crossed, every, table
from tests.disclosure.years import MONTHS

K = 5
SEXES, PLACES = [("f",), ("m",)], [("P1", "a"), ("P1", "b"), ("P2", "c")]


def proved(columns: dict[str, list[object]], zeros: Zeros) -> Protection:
    cells = every(cube_of(columns, parse_shapes("a,b,c"), "n"))
    made = protect(cells, K, zeros)
    verify(cells, thresholds(cells, K), made.is_published, made.certificate, zeros_are_shown=zeros == Zeros.SHOW)
    return made


@given(some.lists(some.integers(0, 30), min_size=24, max_size=24), some.sampled_from(Zeros))
@settings(max_examples=25, deadline=None)
def test_other_names_in_the_same_order_change_nothing(counts: list[int], zeros: Zeros) -> None:
    plain = table((2, 3, 4), counts)
    named = {name: [f"Kabupaten {label}" for label in plain[name]] for name in ("a", "b", "c")}
    one, two = (proved({**columns, "n": counts}, zeros) for columns in (plain, named))
    assert one.fates.tolist() == two.fates.tolist()
    for part in ("table", "atom", "change"):
        assert np.array_equal(getattr(one.certificate, part), getattr(two.certificate, part))


@given(
    some.lists(some.integers(0, 30), min_size=24, max_size=24), some.permutations(range(4)), some.sampled_from(Zeros)
)
@settings(max_examples=25, deadline=None)
def test_names_in_another_order_protect_the_same_cells(counts: list[int], order: list[int], zeros: Zeros) -> None:
    """Ties go by the order of the names, so what is hidden beside them may be another; what must be is the same."""
    plain = table((2, 3, 4), counts)
    moved = [f"c{order[int(str(label)[1:])]}" for label in plain["c"]]
    back = {f"c{new}": f"c{old}" for old, new in enumerate(order)} | {"Total": "Total"}
    one, two = (proved({**plain, "c": column, "n": counts}, zeros) for column in (plain["c"], moved))
    primary = [
        {
            (*labels[:2], names[labels[2]]): int(value)
            for labels, value, fate in zip(made.cells.labels(), made.cells.values, made.fates, strict=True)
            if fate == Fate.PROTECTED
        }
        for made, names in ((one, {name: name for name in back}), (two, back))
    ]
    assert primary[0] == primary[1]


@pytest.mark.parametrize("zeros", list(Zeros))
def test_a_table_decided_twice_is_decided_alike(zeros: Zeros) -> None:
    rows = table((2, 3, 4), np.random.default_rng(4).poisson(6, 24).tolist())
    one, two = proved(dict(rows), zeros), proved(dict(rows), zeros)
    assert one.fates.tolist() == two.fates.tolist()
    assert np.array_equal(one.certificate.change, two.certificate.change)
    assert one.certificate.digest != two.certificate.digest  # the salt: a digest confirms no guess


@some.composite
def years(draw: some.DrawFn) -> tuple[Book, dict[str, np.ndarray]]:
    """Three months, their quarter and their year, of the same cells each: all of them are out."""
    both = dimension(("prov", "dist"), PLACES), dimension(("sex",), SEXES)
    declared = tuple(
        one for cadence in (Cadence.MONTH, Cadence.QUARTER, Cadence.YEAR) for one in _margins(both, cadence)
    )
    outline = Outline(2025, both, declared, begins="2025-10")
    book, counted, batches = Book(outline, MemoryStore()), {}, []
    for name in MONTHS[9:]:
        counts = draw(some.lists(some.integers(0, 9), min_size=6, max_size=6))
        counted[name] = np.array(counts)
        rows = {"dist": [place[1] for place in PLACES for _ in SEXES], "sex": ["f", "m"] * 3, "n": counts}
        batches.append(batch_of(outline, name, rows, "n"))
        for tier, period in book.due(counted):
            book.publish(book.propose(tier, period, batches[-1:] if period == name else batches))
    return book, counted


def _margins(both: tuple[object, object], cadence: Cadence) -> tuple[object, ...]:
    return tuple(margins_of(both, by=("dist", "sex"), cadence=cadence))  # type: ignore[arg-type]


@given(years())
@settings(max_examples=15, deadline=None)
def test_releases_subtracted_from_one_another_leave_nothing_or_the_threshold(
    year: tuple[Book, dict[str, np.ndarray]],
) -> None:
    """Every cell that several releases tell: the coarser period less every choice of the finer ones within it."""
    book, counted = year
    book.verify()
    series: dict[tuple[str, ...], list[tuple[frozenset[str], int]]] = {}
    for cell in book.cells("public"):
        if cell.value is not None:
            months = frozenset(batches_in(parse_period(cell.period), counted))
            series.setdefault(cell.labels, []).append((months, cell.value))
    for told in series.values():
        for whole, value in told:
            inside = [(months, part) for months, part in told if months < whole]
            for many in range(1, len(inside) + 1):
                for chosen in combinations(inside, many):
                    covered = [month for months, _ in chosen for month in months]
                    if len(set(covered)) < len(covered) or set(covered) == whole:
                        continue
                    assert value - sum(part for _, part in chosen) >= K


@given(
    some.sampled_from(((2, 2), (2, 3), (5,))),
    some.data(),
    some.sampled_from(Zeros),
)
@settings(max_examples=60, deadline=None)
def test_the_attacker_finds_what_enumeration_finds(shape: tuple[int, ...], data: some.DataObject, zeros: Zeros) -> None:
    """Of tables published at random, where much can be worked out."""
    size = int(np.prod(shape))
    cells = crossed(shape, data.draw(some.lists(some.integers(0, 4), min_size=size, max_size=size)))
    out = np.array(data.draw(some.lists(some.booleans(), min_size=len(cells), max_size=len(cells))))
    out[0] = True  # the total bounds the enumeration
    atoms = cells.cube.atoms
    if zeros == Zeros.SHOW:
        out |= cells.values == 0
    least = np.minimum(atoms, 1) * ~_finest(cells.labels(), out) if zeros == Zeros.SHOW else np.zeros_like(atoms)
    ends = brute(cells, out, least, int(atoms.sum()))
    labels = list(cells.labels())
    told = [
        Told(("m",), one, int(value) if is_out else None)
        for one, value, is_out in zip(labels, cells.values, out, strict=True)
    ]
    leaves = [[(f"{name}{place}",) for place in range(many)] for name, many in zip("ab", shape, strict=False)]
    blank = [one for one in told if one.value is None]
    leaks = Attacker(leaves, ["m"], told, zeros_shown=zeros == Zeros.SHOW).leaks(blank)
    expected = [one for one, (low, high) in zip(told, ends, strict=True) if one.value is None and low == high]
    assert leaks == expected


def _finest(labels: object, out: np.ndarray) -> np.ndarray:
    """Of the finest cells, in their order, those that are told: a blank one alone is known not to be 0."""
    return np.array([is_out for one, is_out in zip(labels, out, strict=True) if "Total" not in one])  # type: ignore[call-overload]


@pytest.mark.parametrize("size", [6, 10, 14])
def test_the_rank_is_exact_where_no_pivot_is_a_unit(size: int) -> None:
    for seed in range(10):
        rows = np.random.default_rng([size, seed]).integers(0, 2, (size, size + 2))
        try:
            ((fates, echelon),) = eliminate(*_whole(rows))
        except Refused as refused:
            assert refused.code == "overflow"  # noqa: PT017
            continue
        assert (fates == Fate.PUBLISHED).sum() == len(echelon.pivots) == rank_of(rows)


@pytest.mark.parametrize("size", [4, 6, 8, 10])
def test_every_move_leaves_every_published_cell_as_it_is(size: int) -> None:
    """Of rows whose pivots are often no units: a whole basis of the kernel, in whole numbers."""
    for seed in range(40):
        rows = np.random.default_rng([size, seed]).integers(0, 2, (size, size + 4))
        ((_, echelon),) = eliminate(*_whole(rows))
        moves = moves_of(echelon, rows.shape[1])
        found = np.zeros((len(moves.starts) - 1, rows.shape[1]), dtype=np.int64)
        for move in range(len(found)):
            own = slice(moves.starts[move], moves.starts[move + 1])
            found[move, moves.atoms[own]] = moves.change[own]
        assert not (rows @ found.T).any()
        assert rank_of(found) == len(found) == rows.shape[1] - rank_of(rows)


def test_arithmetic_that_outgrows_64_bits_is_refused_and_never_wraps() -> None:
    """Dense rows whose elimination needs numbers of hundreds of digits."""
    rows = np.random.default_rng(2).integers(0, 2, (60, 60))
    with pytest.raises(Refused) as refused:
        eliminate(*_whole(rows))
    assert refused.value.code == "overflow"


def _whole(rows: np.ndarray) -> tuple[Incidence, np.ndarray, np.ndarray, list[np.ndarray], np.ndarray]:
    """Every row a candidate, every atom of worth, nothing protected."""
    starts = np.concatenate([[0], np.cumsum(rows.sum(axis=1))]).astype(np.int64)
    incidence = Incidence(starts, np.nonzero(rows)[1].astype(np.int32))
    many, atoms = rows.shape
    none = np.zeros(0, dtype=np.int64)
    return incidence, np.ones(atoms, dtype=np.int64), none, [np.arange(many)], np.zeros(many, dtype=np.bool_)
