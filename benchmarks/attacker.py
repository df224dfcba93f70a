"""An attacker who reads what was published and nothing else: which blank counts can be worked out for certain?

    python benchmarks/attacker.py            all: years of three cadences, 12 months of 12, 120 and 300 districts,
                                             72 fuzzed tables, and those of disclosure.py with 500 districts
    python benchmarks/attacker.py 1 12       1 seed of each in place of 3, up to 12 districts

Written apart from the method: every published cell becomes one equation over the finest cells and months, no count is
below zero, and each blank below the threshold is bounded by linear, then by integer programming (HiGHS, `programs.py`).
Whole tables found on the way prove at once of many cells that they can't be pinned; whatever is left over is solved by
itself. Prints a row of a Markdown table as each is done, and ends with 1 where anything can be worked out.
"""

import itertools
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.programs import Part, grounded, parts_of

TOTAL = "Total"
GUESSES, IDLE = 40, 3  # rounds of random goals before cells are solved one by one; without anything found
CELLS, UNIONS = 400, 50  # of a year: how many cells' increments are attacked, and how many of each
TYPES = [(f"G{t // 3}", f"T{t}") for t in range(6)]
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
Labels = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A declared cell as a reader sees it: the months it covers, its labels, and the count, None where it is blank."""

    months: tuple[str, ...]
    labels: Labels
    value: int | None


class Attacker:
    """All equations of what was told. `leaves`: each dimension's finest entries, as one label a column."""

    def __init__(
        self, leaves: Sequence[Sequence[Labels]], months: Sequence[str], told: Sequence[Told], *, zeros_shown: bool
    ) -> None:
        self.leaves = [list(one) for one in leaves]
        self.months = list(months)
        self.size = len(self.months) * int(np.prod([len(one) for one in self.leaves]))
        self.masks: dict[tuple[int, Labels], np.ndarray] = {}
        known = [one for one in told if one.value is not None]
        equations = self._matrix(known)
        sums = np.array([one.value for one in known], dtype=float)
        blank = self._matrix([one for one in told if one.value is None] if zeros_shown else [])
        ground = grounded(equations, sums, blank)
        needed = self._needed(known)
        box = 10.0 * max(sums.max(initial=0.0), 10.0)
        self.parts, self.untold = parts_of(ground, equations[needed], sums[needed], blank, box)

    def leaks(self, targets: Sequence[Told]) -> list[Told]:
        """Those of the targets (blank cells, or sums of them) that can have one value only."""
        asked = self._matrix(targets)
        is_open = np.diff(asked[:, self.untold].indptr) == 0
        for part in self.parts:
            mine = asked[:, part.columns]
            touched = np.flatnonzero(is_open & (np.diff(mine.indptr) > 0))
            if len(touched):
                is_open[touched[~_pinned(part, mine[touched])]] = False
        return [targets[place] for place in np.flatnonzero(is_open).tolist()]

    def _needed(self, known: Sequence[Told]) -> np.ndarray:
        """The equations without those that others add up to: a total, where all it is the total of was told."""
        children = [_children(leaves) for leaves in self.leaves]
        there = {(one.months, one.labels) for one in known}

        def follows(one: Told) -> bool:
            begin = 0
            for number, leaves in enumerate(self.leaves):
                end = begin + len(leaves[0])
                for parts in children[number].get(one.labels[begin:end], ()):
                    names = [(*one.labels[:begin], *part, *one.labels[end:]) for part in parts]
                    if all((one.months, name) in there for name in names):
                        return True
                begin = end
            return False

        return np.array([place for place, one in enumerate(known) if not follows(one)], dtype=np.int64)

    def _matrix(self, cells: Sequence[Told]) -> csr_matrix:
        rows = [self._row(cell) for cell in cells]
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *rows])
        return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), self.size))

    def _row(self, cell: Told) -> np.ndarray:
        whole = np.isin(self.months, cell.months)
        begin = 0
        for number, leaves in enumerate(self.leaves):
            width = len(leaves[0])
            whole = np.logical_and.outer(whole, self._mask(number, cell.labels[begin : begin + width])).reshape(-1)
            begin += width
        return np.flatnonzero(whole)

    def _mask(self, number: int, labels: Labels) -> np.ndarray:
        if (number, labels) not in self.masks:
            self.masks[number, labels] = np.array(
                [
                    all(label in {TOTAL, mine} for label, mine in zip(labels, leaf, strict=True))
                    for leaf in self.leaves[number]
                ]
            )
        return self.masks[number, labels]


def _pinned(part: Part, asked: csr_matrix) -> np.ndarray:
    """Of sums of a part's cells, those that are the same in every whole table: many at a time, then one by one."""
    if not part.tables:
        part.begin()
    values = np.stack([asked @ table for table in part.tables])
    least, most = values.min(axis=0), values.max(axis=0)
    chance, idle = np.random.default_rng(0), 0
    for _ in range(GUESSES):
        is_open = least >= most
        if idle == IDLE or not is_open.any():
            break
        goal = (chance.choice((-1.0, 1.0), size=len(least)) * is_open) @ asked + chance.normal(0, 1e-3, asked.shape[1])
        found = asked @ part.guess(goal)
        least, most = np.minimum(least, found), np.maximum(most, found)
        idle = 0 if (least < most)[is_open].any() else idle + 1
    for place in np.flatnonzero(least >= most).tolist():
        if least[place] >= most[place] and not part.is_pinned(asked[[place]].toarray().reshape(-1)):
            found = asked @ part.tables[-1]
            least, most = np.minimum(least, found), np.maximum(most, found)
    return np.asarray(least >= most)


def _children(leaves: Sequence[Labels]) -> dict[Labels, list[list[Labels]]]:
    """Of what the labels of each margin of a dimension are the sum: one level finer, and each finer level."""
    width = len(leaves[0])
    level = [{(*leaf[:depth], *(TOTAL,) * (width - depth)) for leaf in leaves} for depth in range(width + 1)]
    found: dict[Labels, list[list[Labels]]] = {}
    for depth, nodes in enumerate(level):
        for node in nodes:
            for finer in level[depth + 1 :]:
                found.setdefault(node, []).append([one for one in sorted(finer) if one[:depth] == node[:depth]])
    return found


def unions_below(series: Sequence[tuple[Told, int]], k: int) -> list[Told]:
    """Of one cell over its periods, with the true counts: every set of blank periods that stays below `k` together."""
    low = [(told, count) for told, count in series if count < k]
    return [
        Told(tuple(month for told, _ in chosen for month in told.months), low[0][0].labels, None)
        for many in range(1, len(low) + 1)
        for chosen in itertools.combinations(low, many)
        if sum(count for _, count in chosen) < k
    ]


class Found(NamedTuple):
    """How many cells were declared, published and attacked, and how many of these can be worked out."""

    declared: int
    published: int
    targets: int
    leaks: int


def attack_table(districts: int, mean: float, zeros: str, seed: int) -> Found:
    """A long-tailed table that the library has protected."""
    chance = np.random.default_rng([seed, districts, int(10 * mean), len(zeros)])
    provinces, kinds, sexes = max(districts // 12, 2), len(TYPES), 2
    means = chance.lognormal(0, 1.2, districts)[:, None, None] * chance.lognormal(0, 0.8, (1, kinds, sexes))
    counts = chance.poisson(means * mean / means.mean())
    places = [(f"P{d % provinces:02d}", f"D{d:04d}") for d in range(districts)]
    cells = [(*places[d], *TYPES[t], f"S{s}") for d, t, s in np.ndindex(counts.shape)]
    columns = dict(zip(("prov", "dist", "grp", "type", "sex"), map(list, zip(*cells, strict=True)), strict=True))
    return _attack_protected({**columns, "freq": counts.reshape(-1).tolist()}, zeros)


def attack_benchmark(districts: int, provinces: int, zeros: str, seed: int) -> Found:
    """A table of `disclosure.py`."""
    from benchmarks.disclosure import write_table
    from simpul.disclosure.tables import read_csv

    with tempfile.TemporaryDirectory() as folder:
        write_table(districts, provinces, Path(folder) / "table.csv", seed)
        return _attack_protected(read_csv(Path(folder) / "table.csv"), zeros)


def _attack_protected(columns: Any, zeros: str) -> Found:
    """Protected as `simpul protect` does, and attacked."""
    from simpul.disclosure.checking import verify
    from simpul.disclosure.cubes import cells_of, cube_of
    from simpul.disclosure.dimensions import parse_shapes
    from simpul.disclosure.protecting import protect, thresholds

    cube = cube_of(columns, parse_shapes("prov>dist,grp>type,sex"), "freq")
    cells, is_shown = cells_of(cube, cube.every_view()), zeros == "show"
    made = protect(cells, 5, zeros)
    verify(cells, thresholds(cells, 5), made.is_published, made.certificate, zeros_are_shown=is_shown)
    told, targets = [], []
    for labels, value, out in zip(cells.labels(), cells.values.tolist(), made.is_published.tolist(), strict=True):
        told.append(Told(("all",), labels, value if out else None))
        if value < 5 and (not is_shown or value > 0):
            targets.append(Told(("all",), labels, None))
    leaks = Attacker([one.leaves for one in cube.dimensions], ["all"], told, zeros_shown=is_shown).leaks(targets)
    return Found(len(told), int(made.is_published.sum()), len(targets), len(leaks))


def attack_months(districts: int, mean: float, seed: int) -> Found:
    """Twelve releases, month by month: every margin of districts in provinces by types in groups."""
    from simpul.disclosure.outlines import Outline, dimension, margins_of
    from simpul.disclosure.periods import Cadence

    provinces = max(districts // 12, 2)
    places = [(f"P{d % provinces:02d}", f"D{d:04d}") for d in range(districts)]
    both = dimension(("prov", "dist"), places), dimension(("grp", "type"), TYPES)
    outline = Outline(2025, both, margins_of(both, by=("dist", "type"), cadence=Cadence.MONTH))
    return _attack_year(outline, np.random.default_rng([seed, districts, int(10 * mean)]), mean)


def attack_cadences(mean: float, seed: int) -> Found:
    """Provinces monthly, districts quarterly, villages yearly: 48 of them."""
    from simpul.disclosure.outlines import Declared, Outline, dimension, margins_of
    from simpul.disclosure.periods import Cadence

    places = [(f"P{v // 12}", f"P{v // 12}D{v // 3 % 4}", f"V{v:03d}") for v in range(48)]
    both = dimension(("prov", "dist", "village"), places), dimension(("grp", "type"), TYPES)
    declared = margins_of(both, by=("prov", "type"), cadence=Cadence.MONTH)
    declared += margins_of(both, by=("dist", "grp"), least=("dist",), cadence=Cadence.QUARTER)
    outline = Outline(2025, both, (*declared, Declared(("village",), Cadence.YEAR)))
    return _attack_year(outline, np.random.default_rng([seed, int(10 * mean)]), mean)


def _attack_year(outline: Any, chance: np.random.Generator, mean: float) -> Found:
    """Published as its periods fall due, from counts of chance; then attacked with all that is out."""
    from simpul.disclosure.batches import batch_of
    from simpul.disclosure.books import Book
    from simpul.disclosure.chains import MemoryStore
    from simpul.disclosure.periods import batches_in, parse_period

    places, types = (one.leaves for one in outline.dimensions)
    book, batches, counted = Book(outline, MemoryStore()), [], {}
    means = chance.lognormal(0, 1, (len(places), len(types))) * mean
    finest = [(place[-1], kind[-1]) for place in places for kind in types]
    place_name, kind_name = (one.levels[-1].name for one in outline.dimensions)
    for name in MONTHS:
        counted[name] = chance.poisson(means)
        rows = {place_name: [one for one, _ in finest], kind_name: [one for _, one in finest]}
        batches.append(batch_of(outline, name, {**rows, "n": counted[name].reshape(-1).tolist()}, "n"))
        for tier, period in book.due(counted):
            needed = set(book.needs(tier, period))
            book.publish(book.propose(tier, period, [batch for batch in batches if batch.name in needed]))
    book.verify()
    told = [Told(batches_in(parse_period(one.period), counted), one.labels, one.value) for one in book.cells("public")]
    attacker = Attacker([places, types], list(counted), told, zeros_shown=False)
    whole = np.stack([counted[name] for name in attacker.months]).reshape(-1)
    series: defaultdict[tuple[int, Labels], list[tuple[Told, int]]] = defaultdict(list)
    for one, count in zip(told, (attacker._matrix(told) @ whole).tolist(), strict=True):
        series[len(one.months), one.labels].append((one, int(count)))
    # Every blank below the threshold; and what a cell gained over several periods, of as many cells as are waited for.
    targets = [one for rows in series.values() for one, count in rows if count < 5]
    cells = list(series.values())
    for place in chance.permutation(len(cells))[:CELLS].tolist():
        unions = [one for one in unions_below(cells[place], 5) if len(one.months) > len(cells[place][0][0].months)]
        targets += [unions[one] for one in chance.permutation(len(unions))[:UNIONS].tolist()]
    return Found(len(told), sum(one.value is not None for one in told), len(targets), len(attacker.leaks(targets)))


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    sizes, several = [size for size in (12, 120, 300) if size <= largest], range(1, seeds + 1)
    print("| what | declared | published | targets | leaks | CPU s |\n|---|---|---|---|---|---|", flush=True)
    leaks = 0
    for mean in (0.05, 0.3):
        leaks += _row(f"{seeds} years of three cadences, mean {mean}", lambda s, m=mean: attack_cadences(m, s), several)
    for size, mean in itertools.product(sizes, (0.3, 3)):
        what = f"{seeds} years of 12 months, {size} districts, mean {mean}"
        leaks += _row(what, lambda s, d=size, m=mean: attack_months(d, m, s), several)
    for size, mean, zeros in itertools.product(sizes, (0.3, 1, 5, 30), ("hide", "show")):
        what = f"{seeds} tables of {size} districts, mean {mean}, zeros {'hidden' if zeros == 'hide' else 'shown'}"
        leaks += _row(what, lambda s, d=size, m=mean, z=zeros: attack_table(d, m, z, s), several)
    for zeros in ("hide", "show") if largest > 300 else ():
        what = f"{seeds} tables of disclosure.py, 500 districts, zeros {'hidden' if zeros == 'hide' else 'shown'}"
        leaks += _row(what, lambda s, z=zeros: attack_benchmark(500, 38, z, s), several)
    sys.exit(f"{leaks} counts can be worked out" if leaks else 0)


def _row(what: str, attack: Callable[[int], Found], seeds: Iterable[int]) -> int:
    """One line of the table, of all seeds together. Returns how many leaks there are."""
    begun = time.process_time()
    found = [attack(seed) for seed in seeds]
    told = " | ".join(f"{sum(numbers):,}" for numbers in zip(*found, strict=True))
    print(f"| {what} | {told} | {time.process_time() - begun:.1f} |", flush=True)
    return sum(one.leaks for one in found)


if __name__ == "__main__":
    main()
