"""An attacker who reads what was published and nothing else: which blank counts can be worked out for certain?

    python benchmarks/attacker.py            a year of books, and fuzzed tables of 12 districts: 8 of them
    python benchmarks/attacker.py 3 300      72 fuzzed tables: 3 seeds of each mean and zeros, 12 to 300 districts

Written apart from the method: every published cell becomes one equation over the finest cells and months, no count is
below zero, and each blank below the threshold is bounded by linear, then by integer programming (HiGHS). Whole tables
found on the way prove at once of many cells that they can't be pinned; whatever is left over is solved by itself.
"""

import itertools
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import bmat, csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

TOTAL = "Total"
GUESSES = 40  # rounds of random goals before cells are solved one by one
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
        self.known = self._matrix(known)
        self.sums = np.array([one.value for one in known], dtype=float)
        self.blank = self._matrix([one for one in told if one.value is None]) if zeros_shown else self._matrix([])
        self.parts = self._parts(self._needed(known), self._not_implied())

    def leaks(self, targets: Sequence[Told]) -> list[Told]:
        """Those of the targets (blank cells, or sums of them) that can have one value only."""
        asked = self._matrix(targets)
        least, most = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
        chance = np.random.default_rng(0)
        for _ in range(GUESSES):
            is_open = least >= most
            if not is_open.any():
                return []
            goal = (chance.choice((-1.0, 1.0), size=len(targets)) * is_open) @ asked
            found = self._whole(self._linear(np.asarray(goal).reshape(-1) + chance.normal(0, 1e-3, self.size)))
            if found is not None:
                values = asked @ found
                least, most = np.minimum(least, values), np.maximum(most, values)
        open_still = np.flatnonzero(least >= most).tolist()
        return [targets[place] for place in open_still if self._is_pinned(asked[[place]])]

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

    def _not_implied(self) -> np.ndarray:
        """Of the blanks, those in which no finest cell is known to be blank itself: the rest is above 0 with it."""
        many = np.diff(self.blank.indptr)
        is_blank = np.zeros(self.size)
        is_blank[self.blank.indices[np.repeat(many == 1, many)]] = 1
        return np.flatnonzero((many == 1) | (self.blank @ is_blank == 0))

    def _parts(self, known: np.ndarray, blank: np.ndarray) -> list["Part"]:
        """The finest cells that equations tie together, each with theirs: one part tells nothing of another."""
        rows = vstack([self.known[known], self.blank[blank]], format="csr")
        many, label = connected_components(bmat([[None, rows.T], [rows, None]], format="csr"), directed=False)
        of_row = np.append(label[self.size + np.arange(rows.shape[0])], many)[: rows.shape[0]]
        order = np.argsort(label[: self.size], kind="stable")
        cells = np.split(order, np.cumsum(np.bincount(label[: self.size], minlength=many))[:-1])
        in_known, in_blank = _grouped(of_row[: len(known)], many), _grouped(of_row[len(known) :], many)
        return [
            Part(
                columns,
                self.known[known[in_known[part]]][:, columns],
                self.sums[known[in_known[part]]],
                self.blank[blank[in_blank[part]]][:, columns],
                self._box(),
            )
            for part, columns in enumerate(cells)
            if len(columns)
        ]

    def _is_pinned(self, row: csr_matrix) -> bool:
        """By linear programming, which may leave room for one whole number only; else by integer programming."""
        goal = row.toarray().reshape(-1)
        low, high = (sign * goal @ self._linear(sign * goal) for sign in (1, -1))
        if np.floor(-high + 1e-6) <= np.ceil(low - 1e-6):
            return True
        return sum(part.integer(goal[part.columns]) + part.integer(-goal[part.columns]) for part in self.parts) == 0

    def _linear(self, goal: np.ndarray) -> np.ndarray:
        """A table that makes the goal least; where that has no end, within a box about ten times what was told."""
        found = np.zeros(self.size)
        for part in self.parts:
            found[part.columns] = part.linear(goal[part.columns])
        return found

    def _box(self) -> float:
        return 10.0 * max(self.sums.max(initial=0.0), 10.0)

    def _whole(self, table: np.ndarray) -> np.ndarray | None:
        """The table in whole numbers, where it is one and fits everything."""
        found = np.round(table)
        fits = (found >= 0).all() and (self.known @ found == self.sums).all() and (self.blank @ found >= 1).all()
        return found if fits else None

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


@dataclass
class Part:
    """Finest cells (`columns` of the whole) that equations tie together: `known @ x == sums`, `blank @ x >= 1`."""

    columns: np.ndarray
    known: csr_matrix
    sums: np.ndarray
    blank: csr_matrix
    box: float
    last: np.ndarray | None = None

    def linear(self, goal: np.ndarray) -> np.ndarray:
        """Whichever was found last where nothing is asked."""
        if self.last is not None and not goal.any():
            return self.last
        found = linprog(
            goal,
            A_eq=self.known if self.known.shape[0] else None,
            b_eq=self.sums if self.known.shape[0] else None,
            A_ub=-self.blank if self.blank.shape[0] else None,
            b_ub=-np.ones(self.blank.shape[0]) if self.blank.shape[0] else None,
            bounds=(0, self.box),
            method="highs",
        )
        if not found.success:
            raise AssertionError(f"what was told contradicts itself: {found.message}")
        self.last = np.asarray(found.x)
        return self.last

    def integer(self, goal: np.ndarray) -> int:
        if not goal.any():
            return 0
        limits = [LinearConstraint(self.known, self.sums, self.sums)] if self.known.shape[0] else []
        if self.blank.shape[0]:
            limits.append(LinearConstraint(self.blank, 1, np.inf))
        found = milp(goal, constraints=limits, integrality=np.ones(len(goal)), bounds=Bounds(0, self.box))
        if not found.success:
            raise AssertionError(f"what was told contradicts itself: {found.message}")
        return round(found.fun)


def _grouped(labels: np.ndarray, many: int) -> list[np.ndarray]:
    """The places of each label."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.cumsum(np.bincount(labels, minlength=many))[:-1])


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


def attack_table(districts: int, mean: float, zeros: str, seed: int) -> tuple[int, int, int, int]:
    """Declared cells, published ones, targets, leaks: of a long-tailed table that the library has protected."""
    from simpul.disclosure.cubes import cells_of, cube_of
    from simpul.disclosure.dimensions import parse_shapes
    from simpul.disclosure.protecting import protect

    chance = np.random.default_rng([seed, districts, int(10 * mean), len(zeros)])
    provinces, kinds, sexes = max(districts // 12, 2), 6, 2
    means = chance.lognormal(0, 1.2, districts)[:, None, None] * chance.lognormal(0, 0.8, (1, kinds, sexes))
    counts = chance.poisson(means * mean / means.mean())
    places = [(f"P{d % provinces:02d}", f"D{d:04d}") for d in range(districts)]
    types = [(f"G{t // 3}", f"T{t}") for t in range(kinds)]
    cells = [(*places[d], *types[t], f"S{s}") for d, t, s in np.ndindex(counts.shape)]
    columns = dict(zip(("prov", "dist", "grp", "type", "sex"), map(list, zip(*cells, strict=True)), strict=True))
    cube = cube_of({**columns, "n": counts.reshape(-1).tolist()}, parse_shapes("prov>dist,grp>type,sex"), "n")
    made = protect(cells_of(cube, cube.every_view()), 5, zeros)
    rows = zip(made.cells.labels(), made.cells.values.tolist(), made.is_published.tolist(), strict=True)
    told, targets = [], []
    for labels, value, out in rows:
        told.append(Told(("all",), labels, value if out else None))
        if value < 5 and (zeros == "hide" or value > 0):
            targets.append(Told(("all",), labels, None))
    leaves = [sorted(set(places)), sorted(set(types)), [("S0",), ("S1",)]]
    leaks = Attacker(leaves, ["all"], told, zeros_shown=zeros == "show").leaks(targets)
    return len(told), int(made.is_published.sum()), len(targets), len(leaks)


def attack_book(*, nested: bool, mean: float, seed: int) -> tuple[int, int, int, int]:
    """The same of a year: provinces monthly, and where `nested` districts quarterly and villages yearly as well."""
    from simpul.disclosure.batches import batch_of
    from simpul.disclosure.books import Book
    from simpul.disclosure.chains import MemoryStore
    from simpul.disclosure.outlines import Declared, Outline, dimension, margins_of
    from simpul.disclosure.periods import Cadence, batches_in, parse_period

    chance = np.random.default_rng([seed, int(10 * mean)])
    places = [(f"P{v // 12}", f"P{v // 12}D{v // 3 % 4}", f"V{v:03d}") for v in range(48)]
    types = [(f"G{t // 3}", f"T{t}") for t in range(6)]
    both = dimension(("prov", "dist", "village"), places), dimension(("grp", "type"), types)
    declared = margins_of(both, by=("prov", "type"), cadence=Cadence.MONTH)
    if nested:
        declared += margins_of(both, by=("dist", "grp"), least=("dist",), cadence=Cadence.QUARTER)
        declared += (Declared(("village",), Cadence.YEAR),)
    outline = Outline(2025, both, declared)
    book, batches, counted = Book(outline, MemoryStore()), [], {}
    means = chance.lognormal(0, 1, (48, 6)) * mean
    for number in range(12):
        name = f"2025-{number + 1:02d}"
        counts = chance.poisson(means)
        rows = {
            "village": [places[v][-1] for v, _ in np.ndindex(counts.shape)],
            "type": [f"T{t}" for t in range(6)] * 48,
        }
        batches.append(batch_of(outline, name, {**rows, "n": counts.reshape(-1).tolist()}, "n"))
        counted[name] = counts
        for tier, period in book.due(counted):
            needed = set(book.needs(tier, period))
            book.publish(book.propose(tier, period, [batch for batch in batches if batch.name in needed]))
    book.verify()
    told = [Told(batches_in(parse_period(one.period), counted), one.labels, one.value) for one in book.cells("public")]
    attacker = Attacker([places, types], list(counted), told, zeros_shown=False)
    whole = np.stack([counted[name] for name in attacker.months]).reshape(-1)
    series: defaultdict[tuple[int, Labels], list[tuple[Told, int]]] = defaultdict(list)
    for one in told:
        series[len(one.months), one.labels].append((one, int((attacker._matrix([one]) @ whole)[0])))
    targets = [union for one in series.values() for union in unions_below(one, 5)]
    if len(targets) > 20_000:  # nearly all are sums of empty months: a part of chance
        targets = [targets[place] for place in chance.permutation(len(targets))[:20_000]]
    published = sum(one.value is not None for one in told)
    return len(told), published, len(targets), len(attacker.leaks(targets))


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    print(f"{'what':44} {'declared':>8} {'published':>9} {'targets':>8} {'leaks':>5} {'CPU s':>6}")
    leaks = 0

    def said(what: str, found: tuple[int, int, int, int], begun: float) -> int:
        print(f"{what:44} {found[0]:8,} {found[1]:9,} {found[2]:8,} {found[3]:5} {time.process_time() - begun:6.1f}")
        return found[3]

    for seed, (nested, mean) in itertools.product(range(1, seeds + 1), ((False, 0.05), (False, 0.3), (True, 0.3))):
        begun = time.process_time()
        what = f"a year, {'three cadences' if nested else '12 months'}, mean {mean}, seed {seed}"
        leaks += said(what, attack_book(nested=nested, mean=mean, seed=seed), begun)
    sizes = [size for size in (12, 120, 300) if size <= largest]
    for size, mean, zeros, seed in itertools.product(sizes, (0.3, 1, 5, 30), ("hide", "show"), range(1, seeds + 1)):
        begun = time.process_time()
        what = f"{size} districts, mean {mean}, zeros {zeros}, seed {seed}"
        leaks += said(what, attack_table(size, mean, zeros, seed), begun)
    sys.exit(f"{leaks} counts can be worked out" if leaks else 0)


if __name__ == "__main__":
    main()
