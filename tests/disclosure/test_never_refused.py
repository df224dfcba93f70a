"""A later period is never impossible beside its finer ones: what it can't tell it withholds."""

import numpy as np
import pytest

from simpul.disclosure.batches import Batch, batch_of
from simpul.disclosure.books import Book
from simpul.disclosure.chains import MemoryStore
from simpul.disclosure.outlines import Declared, Outline, Thresholds, dimension, margins_of
from simpul.disclosure.periods import Cadence
from tests.disclosure.years import MONTHS, publish

PLACES = (("A", "A.1", "v1"), ("A", "A.1", "v2"), ("A", "A.2", "v3"), ("B", "B.1", "v4"))  # B has a single regency
TYPES = tuple((f"g{t // 3}", f"t{t}") for t in range(9))
SEXES = (("f",), ("m",), ("x",))


def outline() -> Outline:
    """Monthly by type without sex, quarterly by sex: what a quarter protects, no month tells apart."""
    dimensions = (
        dimension(("prov", "reg", "village"), PLACES),
        dimension(("grp", "type"), TYPES),
        dimension(("sex",), SEXES),
    )
    return Outline(
        2025,
        dimensions,
        (
            *margins_of(dimensions, by=("prov", "type"), cadence=Cadence.MONTH),
            *margins_of(dimensions, by=("reg", "grp", "sex"), least=("reg",), cadence=Cadence.QUARTER),
            Declared(("village", "grp"), Cadence.YEAR),
        ),
        Thresholds(5, {"t1": 10}),
        begins="2025-10",
    )


def batches(whole: Outline, counts: dict[tuple[str, str, str], int]) -> list[Batch]:
    """The same three months each: nothing can be hidden in their differences."""
    columns = {name: [key[at] for key in counts] for at, name in enumerate(("village", "type", "sex"))}
    return [batch_of(whole, name, {**columns, "n": list(counts.values())}, "n") for name in MONTHS[9:]]


def published(whole: Outline, of: list[Batch]) -> Book:
    book = Book(whole, MemoryStore())
    for period in (*MONTHS[9:], "2025-Q4", "2025"):
        publish(book, "public", period, of)
    return book


FEW = {("v1", "t0", "f"): 40, ("v1", "t3", "m"): 14, ("v3", "t1", "f"): 2, ("v4", "t0", "f"): 25, ("v2", "t6", "f"): 11}


@pytest.mark.parametrize(
    "counts",
    [
        FEW,
        {("v4", "t0", "f"): 30},
        {("v1", "t0", "f"): 30, ("v4", "t0", "m"): 1},
        {("v1", f"t{t}", "f"): 20 for t in range(9)},
        {(village, "t0", "f"): 9 for village in ("v1", "v2", "v3", "v4")},
    ],
)
def test_a_nearly_empty_quarter_and_year_are_published_beside_equal_months(
    counts: dict[tuple[str, str, str], int],
) -> None:
    whole = outline()
    verdict = published(whole, batches(whole, counts)).verify()
    assert verdict.releases == 5
    assert verdict.protected > 0


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_counts_no_period_is_refused(seed: int) -> None:
    chance, whole = np.random.default_rng(seed), outline()
    cells = [(place[-1], kind[-1], sex) for place in PLACES for kind in TYPES for (sex,) in SEXES]
    means = chance.lognormal(0, 1.5, len(cells)) * (0.05, 0.5, 3)[seed % 3]
    some = {cell: int(n) for cell, n in zip(cells, chance.poisson(means), strict=True) if n}
    assert published(whole, batches(whole, some)).verify().releases == 5
