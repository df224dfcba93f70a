"""Protecting a table: what to publish of it, proved by a certificate, or a refusal."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np

from simpul.disclosure.bounds import bounds_of
from simpul.disclosure.certificates import Certificate, certificate_of
from simpul.disclosure.cubes import Cells, Incidence
from simpul.disclosure.elimination import Echelon, Fate, eliminate
from simpul.disclosure.errors import Refused
from simpul.disclosure.nullspace import moves_of
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.witnesses import find_tables

REPAIRS: Final = 5
AT_ONCE: Final = 50  # targets looked at by linear programming in one repair
SEED: Final = 1


class Zeros(StrEnum):
    """Whether a reader may learn that a count is 0."""

    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True)
class Question:
    """What is to be protected, in numbers alone: the cells in play, what may be known of their atoms already.

    `worth` holds the atoms' counts above the least anybody knows them to have. `published` cells are out already;
    `withheld` ones may not be published; `first` ones are tried before all others.
    """

    incidence: Incidence
    values: Wide
    worth: Wide
    protected: Flags
    published: Flags
    withheld: Flags
    first: Wide = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True)
class Answer:
    """The fate of each cell in play, the echelon of what is published, the tables that prove it."""

    fates: Wide
    echelon: Echelon
    differences: Wide
    is_open: Flags  # protected cells that no table changed, in their order


@dataclass(frozen=True)
class Protection:
    """A table as it may be published. `fates` has one entry a cell; the certificate is confidential."""

    cells: Cells
    fates: Wide
    certificate: Certificate
    zeros: Zeros
    repairs: int

    @property
    def is_published(self) -> Flags:
        return np.isin(self.fates, (Fate.PUBLISHED, Fate.FREE))


def thresholds(cells: Cells, k: int | Wide) -> Wide:
    """One threshold a cell, from one for all or from one a cell."""
    whole = np.broadcast_to(np.asarray(k, dtype=np.int64), cells.values.shape)
    if (whole < 1).any():
        raise Refused("not_protectable", "A threshold is at least 1.")
    return whole


def protect(
    cells: Cells, k: int | Wide = 5, zeros: Zeros = Zeros.HIDE, *, published: Flags | None = None
) -> Protection:
    """Decide which cells are published and prove that no cell below `k` can be worked out from them.

    `published` marks what is out already and stays so. Refused("not_protectable") where that gives a protected cell
    away, or where five repairs leave a cell without proof; Refused("overflow").
    """
    question, kept = question_of(cells, thresholds(cells, k), Zeros(zeros), published)
    return concluded(cells, question, kept, Zeros(zeros))


def concluded(cells: Cells, question: Question, kept: Wide, zeros: Zeros) -> Protection:
    """The question settled and told of the cells it came from; `kept` are the atoms it was about."""
    answer, repairs = settled(question)
    differences = np.zeros((len(answer.differences), len(cells.cube.atoms)), dtype=np.int64)
    differences[:, kept] = answer.differences
    fates = answer.fates
    if zeros == Zeros.SHOW:
        fates = np.where(cells.values == 0, Fate.FREE, fates)
    return Protection(cells, fates, certificate_of(differences), zeros, repairs)


def question_of(cells: Cells, k: Wide, zeros: Zeros, published: Flags | None) -> tuple[Question, Wide]:
    """The question in numbers, and which atoms it is about."""
    out = np.zeros(len(cells), dtype=np.bool_) if published is None else published
    worth, incidence = cells.cube.atoms, cells.incidence
    protected = (cells.values < k) & ~out & (np.diff(incidence.starts) > 0)
    if zeros == Zeros.HIDE:
        kept = np.arange(len(worth))
    else:
        # A blank cell is then known not to be 0: what remains to be guessed is what a finest cell has above 1.
        if not _has_finest(cells):
            raise Refused("not_protectable", "Zeros can be shown only where the finest cells are declared.")
        kept = np.flatnonzero(worth > 0)
        incidence = _without(incidence, kept, len(worth))
        worth = worth[kept] - 1
        protected &= cells.values > 0
    return Question(incidence, cells.values, worth, protected, out, np.zeros(len(cells), dtype=np.bool_)), kept


def _has_finest(cells: Cells) -> bool:
    finest = tuple(dimension.levels[-1].name for dimension in cells.cube.dimensions)
    return any(tuple(level.name for level in view.levels) == finest for view in cells.views)


def _without(incidence: Incidence, kept: Wide, atoms: int) -> Incidence:
    place = np.full(atoms, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    inside = place[incidence.atoms] >= 0
    row = np.repeat(np.arange(len(incidence)), np.diff(incidence.starts))[inside]
    starts = np.searchsorted(row, np.arange(len(incidence) + 1)).astype(np.int64)
    return Incidence(starts, place[incidence.atoms[inside]].astype(np.int32))


def orders(question: Question) -> list[Wide]:
    """Candidates by falling value; ties by their number, once from below and once from above."""
    is_candidate = ~(question.protected | question.published | question.withheld)
    first = question.first[~question.withheld[question.first]]
    is_candidate[first] = False
    is_candidate &= np.diff(question.incidence.starts) > 0
    candidates = np.flatnonzero(is_candidate)
    value = question.values[candidates]
    return [np.concatenate([first, candidates[np.lexsort((tie, -value))]]) for tie in (candidates, -candidates)]


def cost_of(fates: Wide, values: Wide) -> tuple[int, int]:
    """What suppression beyond the protected cells costs: the value hidden, then the number of cells."""
    hidden = fates == Fate.SUPPRESSED
    return int(values[hidden].sum()), int(hidden.sum())


def decide(question: Question) -> tuple[Wide, Echelon]:
    """The cheaper of the orders."""
    fixed = np.flatnonzero(question.published)
    tried = [
        eliminate(
            question.incidence,
            question.worth,
            np.concatenate([fixed, order]),
            question.protected,
            fixed=len(fixed),
        )
        for order in orders(question)
    ]
    return min(tried, key=lambda one: cost_of(one[0], question.values))


def prove(question: Question, fates: Wide, echelon: Echelon) -> Answer:
    """Look for tables that change every protected cell."""
    moves = moves_of(echelon, question.worth)
    targets = question.incidence.chosen(np.flatnonzero(question.protected))
    differences, is_open = find_tables(question.worth, moves, targets, seed=SEED)
    return Answer(fates, echelon, differences, is_open)


def settled(question: Question) -> tuple[Answer, int]:
    """Decide and prove; where a cell stays without proof, withhold what holds it and begin anew, five times at most."""
    for repairs in range(REPAIRS + 1):
        answer = prove(question, *decide(question))
        if not answer.is_open.any():
            return answer, repairs
        if repairs < REPAIRS:
            question = _repaired(question, answer)
    raise Refused("not_protectable", f"{int(answer.is_open.sum())} protected cells stay without proof.")


def _repaired(question: Question, answer: Answer) -> Question:
    """The question with the cheapest published cell withheld that holds a target still open."""
    moves = moves_of(answer.echelon, question.worth)
    withheld = question.withheld.copy()
    targets = np.flatnonzero(question.protected)[answer.is_open][:AT_ONCE]
    for target in targets:
        found = bounds_of(int(target), question.incidence, answer.echelon.rows, question.worth, moves)
        holding = found.holding[~question.published[found.holding]]
        if not len(holding) or withheld[holding].any():
            continue
        withheld[holding[np.lexsort((holding, question.values[holding]))[0]]] = True
    if (withheld == question.withheld).all():
        raise Refused("not_protectable", f"{int(answer.is_open.sum())} protected cells stay without proof.")
    return replace(question, withheld=withheld)
