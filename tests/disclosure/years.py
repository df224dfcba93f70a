"""A small year: two provinces of two regencies with villages, three types in two groups, month by month."""

from collections.abc import Sequence

import numpy as np

from benchmarks.attacker import Attacker, Told
from simpul.disclosure.batches import Batch, batch_of
from simpul.disclosure.books import Book
from simpul.disclosure.dimensions import Dimension, Labels
from simpul.disclosure.outlines import Declared, Outline, Thresholds, dimension, margins_of
from simpul.disclosure.periods import Cadence, batches_in, parse_period

PLACES = (
    ("P1", "P1.R1", "v1"),
    ("P1", "P1.R1", "v2"),
    ("P1", "P1.R2", "v3"),
    ("P2", "P2.R1", "v4"),
    ("P2", "P2.R2", "v5"),
    ("P2", "P2.R2", "v6"),
)
KINDS = (("K", "K.F"), ("K", "K.S"), ("PA", "PA.1"))
MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))
QUARTERS = tuple(f"2025-Q{number}" for number in range(1, 5))


def dimensions() -> tuple[Dimension, Dimension]:
    return dimension(("province", "regency", "village"), PLACES), dimension(("group", "type"), KINDS)


def nesting(*, k: Thresholds | None = None, begins: str = "2025-01", tier: str = "public") -> Outline:
    """Province and type monthly, regency and group quarterly, village yearly."""
    both = dimensions()
    return Outline(
        2025,
        both,
        (
            *margins_of(both, by=("province", "type"), cadence=Cadence.MONTH),
            *margins_of(both, by=("regency", "group"), least=("regency",), cadence=Cadence.QUARTER, tier=tier),
            Declared(("village",), Cadence.YEAR, tier),
        ),
        k or Thresholds(5),
        tiers=("public",) if tier == "public" else ("public", tier),
        begins=begins,
    )


def rows(counts: Sequence[int]) -> dict[str, list[object]]:
    """One row a finest cell, villages first."""
    cells = [(place[-1], kind[-1]) for place in PLACES for kind in KINDS]
    return {"village": [v for v, _ in cells], "type": [t for _, t in cells], "n": list(counts)}


def month(outline: Outline, name: str, mean: float = 3, seed: int = 0) -> Batch:
    """Long-tailed counts of chance."""
    chance = np.random.default_rng([seed, int(name[5:7])])
    means = chance.lognormal(0, 1, len(PLACES) * len(KINDS)) * mean
    return batch_of(outline, name, rows(chance.poisson(means).tolist()), "n")


def publish(book: Book, tier: str, period: str, batches: Sequence[Batch]) -> None:
    """Propose and publish, from those of the batches that it takes."""
    needed = set(book.needs(tier, period))
    book.publish(book.propose(tier, period, [batch for batch in batches if batch.name in needed]))


def told_of(book: Book, batches: Sequence[Batch], tier: str = "public") -> list[Told]:
    """What a tier has read."""
    names = [batch.name for batch in batches]
    return [Told(batches_in(parse_period(one.period), names), one.labels, one.value) for one in book.cells(tier)]


def true_count(outline: Outline, batches: Sequence[Batch], told: Told) -> int:
    """Summed leaf by leaf, without any of the library's tables."""
    found = 0
    for batch in batches:
        if batch.name in told.months:
            for place, count in zip(batch.places.tolist(), batch.counts.tolist(), strict=True):
                leaf: Labels = PLACES[place // len(KINDS)] + KINDS[place % len(KINDS)]
                if all(label in {"Total", mine} for label, mine in zip(told.labels, leaf, strict=True)):
                    found += count
    return found


def attacker_of(book: Book, batches: Sequence[Batch], tier: str = "public") -> Attacker:
    names = sorted(batch.name for batch in batches)
    return Attacker([PLACES, KINDS], names, told_of(book, batches, tier), zeros_shown=False)
