"""What was told, as linear and integer programs (HiGHS) that are asked again and again: part by part, each from where
the last answer left off.

Finest cells that are told, or follow from one equation by itself, are taken out first; what the rest of the equations
tie together is one part. Parts tell nothing of one another, so a sum is known only where it is known in each of them.
"""

from dataclasses import dataclass, field

import highspy
import numpy as np
from scipy.sparse import bmat, csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

NEAR = 1e-6


@dataclass
class Ground:
    """Finest cells: their least value, and their value where it is known already (-1 else)."""

    least: np.ndarray
    value: np.ndarray

    @property
    def is_open(self) -> np.ndarray:
        return self.value < 0


def grounded(known: csr_matrix, sums: np.ndarray, blank: csr_matrix) -> Ground:
    """What one equation tells by itself, over and over: of one cell left in it, or of nothing left to share out.

    `known @ x == sums`, `blank @ x >= 1`. AssertionError where they contradict each other.
    """
    size = known.shape[1]
    alone = np.diff(blank.indptr) == 1
    least = np.zeros(size, dtype=np.int64)
    least[blank[alone].indices] = 1
    found = Ground(least, np.full(size, -1, dtype=np.int64))
    row = np.repeat(np.arange(known.shape[0]), np.diff(known.indptr))
    while True:
        is_open = found.is_open
        inside = is_open[known.indices]
        many = np.bincount(row[inside], minlength=known.shape[0])
        rest = np.rint(sums - known @ np.where(is_open, 0, found.value)).astype(np.int64)
        floor = np.rint(known @ np.where(is_open, least, 0)).astype(np.int64)
        assert (rest >= floor).all(), "what was told contradicts itself"
        assert (rest[many == 0] == 0).all(), "what was told contradicts itself"
        single, spent = inside & (many == 1)[row], inside & (rest == floor)[row]
        if not single.any() and not spent.any():
            return found
        found.value[known.indices[spent]] = least[known.indices[spent]]
        found.value[known.indices[single]] = rest[row[single]]


@dataclass
class Part:
    """Finest cells (`columns` of the whole): `low <= rows @ x <= high`, x not below `least`, nor above a `box`.

    `tables`: whole ones that were found, each an answer to a question, the first of all included.
    """

    columns: np.ndarray
    rows: csr_matrix
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    box: float
    tables: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.linear_program = self._program(self.rows, self.low, self.high)
        self.linear_program.setOptionValue("presolve", "off")  # so that each goes on from where the last one ended

    def begin(self) -> None:
        """A first whole table. AssertionError where there is none."""
        found = self._whole_of(np.zeros(len(self.columns)))
        assert found is not None, "what was told contradicts itself"
        self.tables.append(found)

    def guess(self, goal: np.ndarray) -> np.ndarray:
        """A whole table that makes the goal small."""
        found = self._fitting(self._solved(self.linear_program, goal))
        if found is None:
            found = self._whole_of(goal, good_enough=True)
        assert found is not None
        self.tables.append(found)
        return found

    def is_pinned(self, row: np.ndarray) -> bool:
        """Whether a sum of cells has one value in every whole table; else a table in which it has another is kept.

        Linear programming may leave room for one whole number only; else two integer programs look for another.
        """
        there = int(row @ self.tables[0])
        ends = [float(row @ self._solved(self.linear_program, sign * row)) for sign in (1, -1)]
        for side, end in ((-1, ends[0]), (1, ends[1])):
            reached = np.ceil(end - NEAR) if side < 0 else np.floor(end + NEAR)
            if side * (reached - there) < 1:
                continue
            found = self._beyond(row, there, side)
            if found is not None:
                self.tables.append(found)
                return False
        return True

    def _beyond(self, row: np.ndarray, there: int, side: int) -> np.ndarray | None:
        """A whole table in which the sum is less (side -1) or more (1) than `there`."""
        low = np.append(self.low, there + 1 if side > 0 else -highspy.kHighsInf)
        high = np.append(self.high, there - 1 if side < 0 else highspy.kHighsInf)
        return self._whole_of(side * -row, rows=vstack([self.rows, csr_matrix(row)], format="csr"), low=low, high=high)

    def _whole_of(
        self,
        goal: np.ndarray,
        *,
        rows: csr_matrix | None = None,
        low: np.ndarray | None = None,
        high: np.ndarray | None = None,
        good_enough: bool = True,
    ) -> np.ndarray | None:
        """By integer programming: the first that is found. None where there is none."""
        program = self._program(
            self.rows if rows is None else rows,
            self.low if low is None else low,
            self.high if high is None else high,
            whole=True,
        )
        if good_enough:
            program.setOptionValue("mip_max_improving_sols", 1)
        solution = self._solved(program, goal, may_fail=True)
        return self._fitting(solution) if len(solution) else None

    def _fitting(self, solution: np.ndarray) -> np.ndarray | None:
        """The solution in whole numbers, where it is one and fits everything."""
        found = np.rint(solution)
        sums = self.rows @ found
        fits = (found >= self.least).all() and (sums >= self.low).all() and (sums <= self.high).all()
        return found.astype(np.int64) if fits else None

    def _program(self, rows: csr_matrix, low: np.ndarray, high: np.ndarray, *, whole: bool = False) -> highspy.Highs:
        program = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            program.setOptionValue(name, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.columns), rows.shape[0]
        lp.col_cost_ = np.zeros(len(self.columns))
        lp.col_lower_ = self.least.astype(float)
        lp.col_upper_ = np.full(len(self.columns), self.box)
        lp.row_lower_, lp.row_upper_ = low.astype(float), high.astype(float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = rows.indptr
        lp.a_matrix_.index_ = rows.indices
        lp.a_matrix_.value_ = rows.data.astype(float)
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.columns)
        program.passModel(lp)
        return program

    def _solved(self, program: highspy.Highs, goal: np.ndarray, *, may_fail: bool = False) -> np.ndarray:
        """The best, or the first that is good enough; nothing where there is none and that may be."""
        many = len(self.columns)
        program.changeColsCost(many, np.arange(many, dtype=np.int32), np.asarray(goal, dtype=float))
        program.run()
        status = program.getModelStatus()
        done = {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit}
        if status in done:
            return np.array(program.getSolution().col_value)
        assert may_fail, f"no answer: {status}"
        assert status == highspy.HighsModelStatus.kInfeasible, f"no answer: {status}"
        return np.zeros(0)


def parts_of(
    ground: Ground, known: csr_matrix, sums: np.ndarray, blank: csr_matrix, box: float
) -> tuple[list[Part], np.ndarray]:
    """The parts of what is open still, and which cells nothing at all is told of."""
    open_columns = np.flatnonzero(ground.is_open)
    rest = sums - known @ np.where(ground.is_open, 0, ground.value)
    told = known[:, open_columns]
    met = blank @ np.where(ground.is_open, ground.least, ground.value) >= 1
    above = blank[~met][:, open_columns]
    used, asked = np.diff(told.indptr) > 0, np.diff(above.indptr) > 0
    rows = vstack([told[used], above[asked]], format="csr")
    low = np.concatenate([rest[used], np.ones(int(asked.sum()))])
    high = np.concatenate([rest[used], np.full(int(asked.sum()), highspy.kHighsInf)])
    in_none = np.bincount(rows.indices, minlength=len(open_columns)) == 0
    many, label = connected_components(bmat([[None, rows.T], [rows, None]], format="csr"), directed=False)
    columns, lines = _grouped(label[: len(open_columns)], many), _grouped(label[len(open_columns) :], many)
    parts = [
        Part(
            open_columns[mine],
            rows[lines[part]][:, mine],
            low[lines[part]],
            high[lines[part]],
            ground.least[open_columns[mine]],
            box,
        )
        for part, mine in enumerate(columns)
        if len(lines[part])
    ]
    return parts, open_columns[in_none]


def _grouped(labels: np.ndarray, many: int) -> list[np.ndarray]:
    """The places of each label."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.cumsum(np.bincount(labels, minlength=many))[:-1])
