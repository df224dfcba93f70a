"""Protecting a table: what to publish of it, proved by a certificate, or a refusal."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np

from simpul.disclosure.bounds import component_of, holding
from simpul.disclosure.certificates import Certificate, certificate_of
from simpul.disclosure.classes import Classes, joined, on_classes, questions_of, touched_by
from simpul.disclosure.cubes import Cells, Incidence
from simpul.disclosure.deciding import Decided, Question, decide
from simpul.disclosure.elimination import Echelon, Fate, eliminate
from simpul.disclosure.errors import Refused
from simpul.disclosure.nullspace import Moves, moves_of
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.shortening import with_short
from simpul.disclosure.spreading import Others, spread
from simpul.disclosure.withholding import in_the_way

REPAIRS: Final = 5
TRIED: Final = 3  # of these, for one cell of those that ask the same
BASES: Final = 8  # of the changes, in which ways are sought before a cell is withheld
AT_ONCE: Final = 20  # questions looked at by linear programming in one repair
MOST_COLUMNS: Final = 50_000  # of all these programs together
LARGE: Final = 10_000  # columns of one that takes too long
MANY: Final = 100_000  # atoms: what is suppressed stays so, that all tables found fit after a repair, too


class Zeros(StrEnum):
    """Whether a reader may learn that a count is 0."""

    HIDE = "hide"
    SHOW = "show"


class Ground(NamedTuple):
    """What is published, by classes: its echelon, these classes, the moves that leave it as it is."""

    echelon: Echelon
    classes: Classes
    moves: Moves


@dataclass(frozen=True)
class Answer:
    """The fate of each cell in play, the tables that prove it, and the ground they were sought on.

    `asked`: what no way was found for, each set of classes once.
    """

    fates: Wide
    others: Others
    is_open: Flags  # protected cells that no table changed, in their order
    ground: Ground
    asked: Incidence


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
    answer, _, repairs = settled(question)
    others = answer.others._replace(atom=kept[answer.others.atom].astype(np.int32))
    fates = answer.fates
    if zeros == Zeros.SHOW:
        fates = np.where(cells.values == 0, Fate.FREE, fates)
    return Protection(cells, fates, certificate_of(others), zeros, repairs)


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


def prove(question: Question, decided: Decided) -> Answer:
    """Look for tables that change every protected cell."""
    echelon, coarse = on_classes(decided.echelon, decided.classes.worth)
    classes = joined(decided.classes, coarse, question.worth)
    ground = Ground(echelon, classes, _moves_of(echelon, len(classes.worth)))
    targets = question.incidence.chosen(np.flatnonzero(question.protected))
    known = None
    if question.known is not None:
        out = np.isin(decided.fates, (Fate.PUBLISHED, Fate.FREE))
        known = question.known.fitting(question.incidence.chosen(np.flatnonzero(out)), len(question.worth))
    others, is_open, asked = _sought(question, ground, targets, known)
    vain = 0
    for seed in range(BASES):
        left = np.flatnonzero(is_open)
        if not len(left) or vain > 1:
            break
        ground = ground._replace(moves=_other_moves(question, ground, seed))
        more, is_left, asked = _sought(question, ground, targets.chosen(left))
        others = others.and_(more)
        is_open[left] = is_left
        vain = vain + 1 if is_left.all() else 0
    return Answer(decided.fates, others, is_open, ground, asked)


def _other_moves(question: Question, ground: Ground, seed: int) -> Moves:
    """Another basis of the same changes, from the same rows in an order of chance: where one has no short way, one that
    pivots elsewhere often has.
    """
    worth = ground.classes.worth
    over = touched_by(question.incidence.chosen(ground.echelon.rows), ground.classes)
    row = np.repeat(np.arange(len(over.marks)), np.diff(over.starts))
    rows = Incidence(over.starts, over.classes[np.lexsort((over.classes, row))])
    order = np.random.default_rng(seed).permutation(len(rows))
    ((_, echelon),) = eliminate(rows, worth, order[:0], [order], np.zeros(len(rows), dtype=np.bool_))
    return _moves_of(echelon, len(worth))


def _moves_of(echelon: Echelon, classes: int) -> Moves:
    return with_short(moves_of(echelon, classes), Incidence(echelon.starts, echelon.columns))


def prove_more(question: Question, answer: Answer, rows: Incidence) -> tuple[Answer, Flags]:
    """The answer with tables that change these sums of atoms as well, and which of them none changes."""
    others, is_open, _ = _sought(question, answer.ground, rows)
    return replace(answer, others=answer.others.and_(others)), is_open


def _sought(
    question: Question, ground: Ground, targets: Incidence, known: Others | None = None
) -> tuple[Others, Flags, Incidence]:
    touched = touched_by(targets, ground.classes)
    others, is_open = spread(question.worth, ground.classes, ground.moves, targets, touched, known)
    return others, is_open, questions_of(touched, is_open)[0]


def settled(question: Question) -> tuple[Answer, Flags, int]:
    """Decide and prove; where a cell stays without proof, withhold what holds it and begin anew.

    Where tables proved what was told before, what stands in the way of one that changes it. Else first the cheapest
    cell that holds it; after five times what is near it, but for the quarter that is worth most; then that too, and at
    last everything. What is out already stays: Refused("not_protectable") where that alone leaves a cell without proof.
    The answer, what was withheld for it, and how often it was begun anew.
    """
    before = question.known
    for repairs in range(REPAIRS + 3):
        answer = prove(question, decide(question))
        if not answer.is_open.any():
            return answer, question.withheld, repairs
        withheld, known = question.withheld.copy(), answer.others
        if before is not None or len(question.worth) > MANY:
            withheld |= answer.fates == Fate.SUPPRESSED
        if before is not None:
            withheld[_in_the_way(question, answer, before, repairs)] = True
            known = before.and_(known).distinct(len(question.worth))
        else:
            withheld[_holding(question, answer, repairs)] = True
        if (withheld == question.withheld).all():
            withheld |= ~question.published & ~question.protected
        question = replace(question, withheld=withheld, known=known)
    raise Refused("not_protectable", f"{int(answer.is_open.sum())} protected cells stay without proof.")


def _in_the_way(question: Question, answer: Answer, before: Others, repairs: int) -> Wide:
    """What of the newly told to withhold, so that tables that proved the last release prove what is open.

    At first for one cell of those that ask the same: where that can change, the others are often found to.
    """
    new = np.flatnonzero(np.isin(answer.fates, (Fate.PUBLISHED, Fate.FREE)) & ~question.published)
    targets = question.incidence.chosen(np.flatnonzero(question.protected)[answer.is_open])
    if repairs < TRIED:
        marks = touched_by(targets, answer.ground.classes).marks
        targets = targets.chosen(np.unique(marks, return_index=True)[1])
    cells, values = question.incidence.chosen(new), question.values[new]
    withheld, is_left = in_the_way(before, cells, values, targets, len(question.worth))
    if is_left.any():
        return np.union1d(new[withheld], _holding(question, answer, 0))
    return np.asarray(new[withheld], dtype=np.int64)


def _holding(question: Question, answer: Answer, repairs: int) -> Wide:
    """Published cells, not out yet, to be withheld for the sake of those still open."""
    rows = answer.ground.echelon.rows
    may_go = ~question.published[rows]
    if repairs > REPAIRS + 1:
        return np.asarray(rows[may_go], dtype=np.int64)
    held = _held(question, answer, may_go) if repairs < REPAIRS else np.zeros(0, dtype=np.int64)
    if len(held):
        return held
    near = rows[may_go & _near(answer)]
    near = near[np.lexsort((near, question.values[near]))]
    # Totals are worth most: what is near and fine goes first.
    return np.asarray(near if repairs > REPAIRS else near[: -(-3 * len(near) // 4)], dtype=np.int64)


def _held(question: Question, answer: Answer, may_go: Flags) -> Wide:
    """For some of what is asked the cheapest published cell that holds it, by linear programming; where that would take
    minutes, the cheapest around it.
    """
    (echelon, classes, moves), asked = answer.ground, answer.asked
    rows = echelon.rows
    over = touched_by(question.incidence.chosen(rows), classes)
    reduced = Incidence(over.starts, over.classes)
    found, left = [], MOST_COLUMNS
    for number in range(len(asked)):
        atoms = asked.of(number).astype(np.int64)
        component = component_of(atoms, moves)
        if len(component) > LARGE:  # all of them at once, since each turn takes long
            held = np.flatnonzero(reduced.sums(np.bincount(atoms, minlength=len(classes.worth))) > 0)
        else:
            left -= len(component)
            if left < 0 or number >= AT_ONCE:
                break
            held = holding(atoms, reduced, classes.worth, component)
        held = held[may_go[held]]
        if len(held):
            found.append(int(rows[held[np.lexsort((held, question.values[rows[held]]))[0]]]))
    return np.array(found, dtype=np.int64)


def _near(answer: Answer) -> Flags:
    """Of the published rows, those that share a move with a cell still open."""
    (echelon, classes, moves), asked = answer.ground, answer.asked
    is_near = np.zeros(len(classes.worth), dtype=np.bool_)
    for atom in np.unique(asked.atoms):
        for move in moves.moves[moves.places[atom] : moves.places[atom + 1]]:
            is_near[moves.atoms[moves.starts[move] : moves.starts[move + 1]]] = True
    return np.asarray(is_near[echelon.pivots])
