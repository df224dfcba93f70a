"""Which cells are published: what is asked, in numbers alone, and the cheaper of two orders to try candidates in."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from simpul.disclosure.classes import Classes, classes_by, touched_by
from simpul.disclosure.cubes import Incidence
from simpul.disclosure.elimination import Echelon, Fate, eliminate
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.spreading import Others


@dataclass(frozen=True)
class Question:
    """What is to be protected, in numbers alone: the cells in play, what may be known of their atoms already.

    `worth` holds the atoms' counts above the least anybody knows them to have. `published` cells are out already;
    `withheld` ones may not be published; `first` ones are tried before all others. `known`: other tables found before,
    when less was published: those that still fit need not be sought again.
    """

    incidence: Incidence
    values: Wide
    worth: Wide
    protected: Flags
    published: Flags
    withheld: Flags
    first: Wide = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    known: Others | None = None


class Decided(NamedTuple):
    """The fate of each cell, and the echelon of what is published, over classes of atoms."""

    fates: Wide
    echelon: Echelon
    classes: Classes


def with_protected(question: Question, rows: Incidence) -> Question:
    """The question with more cells, after all others, that are protected and never published."""
    if not len(rows):
        return question
    starts = np.concatenate([question.incidence.starts, question.incidence.starts[-1] + rows.starts[1:]])
    more = np.zeros(len(rows), dtype=np.bool_)
    return replace(
        question,
        incidence=Incidence(starts.astype(np.int64), np.concatenate([question.incidence.atoms, rows.atoms])),
        values=np.concatenate([question.values, rows.sums(question.worth)]),
        protected=np.concatenate([question.protected, ~more]),
        published=np.concatenate([question.published, more]),
        withheld=np.concatenate([question.withheld, more]),
    )


def orders(question: Question) -> list[Wide]:
    """Candidates by falling value; of the same value once first what sums most, since a total tells most, and once each
    by their number from below and from above. Of orders that hide as much the first is taken.
    """
    is_candidate = ~(question.protected | question.published | question.withheld)
    first = question.first[~question.withheld[question.first]]
    is_candidate[first] = False
    width = np.diff(question.incidence.starts)
    is_candidate &= width > 0
    candidates = np.flatnonzero(is_candidate)
    value, width = question.values[candidates], width[candidates]
    ties = ((candidates, -width), (candidates,), (-candidates,))
    return [np.concatenate([first, candidates[np.lexsort((*tie, -value))]]) for tie in ties]


def cost_of(fates: Wide, values: Wide) -> tuple[int, int]:
    """What suppression beyond the protected cells costs: the value hidden, then the number of cells."""
    hidden = fates == Fate.SUPPRESSED
    return int(values[hidden].sum()), int(hidden.sum())


def decide(question: Question) -> Decided:
    """The cheaper of the orders.

    What is out already is taken first, the narrowest cells before those that hold them: of these only the rest is left.
    """
    fixed, ways = np.flatnonzero(question.published), orders(question)
    classes, incidence, protected = _merged(question, np.concatenate([fixed, ways[0]]))
    fixed = fixed[np.lexsort((fixed, np.diff(incidence.starts)[fixed]))]
    tried = eliminate(incidence, classes.worth, fixed, ways, protected)
    fates, echelon = min(tried, key=lambda one: cost_of(one[0], question.values))
    fates[question.protected] = Fate.PROTECTED
    return Decided(fates, echelon, classes)


def _merged(question: Question, candidates: Wide) -> tuple[Classes, Incidence, Flags]:
    """Atoms that all candidates hold alike as classes, the cells over these, and the protected ones to be looked at.

    A protected cell that holds a part of a class is left out, since no sum of candidates does; of several that hold the
    same, one stands for all.
    """
    asked = question.incidence.chosen(candidates)
    classes = classes_by(asked, np.ones(len(asked.atoms), dtype=np.int64), question.worth)
    cells = np.union1d(candidates, np.flatnonzero(question.protected))
    touched = touched_by(question.incidence.chosen(cells), classes)
    is_low = question.protected[cells]
    low = np.flatnonzero(is_low & touched.is_whole)
    kept = ~is_low
    kept[low[np.unique(touched.marks[low], return_index=True)[1]]] = True
    protected = np.zeros_like(question.protected)
    protected[cells[kept & is_low]] = True
    rows = Incidence(touched.starts, touched.classes).chosen(np.flatnonzero(kept))
    row = np.repeat(cells[kept], np.diff(rows.starts))
    order = np.argsort(row * len(classes.worth) + rows.atoms, kind="stable")
    starts = np.searchsorted(row, np.arange(len(question.values) + 1)).astype(np.int64)
    return classes, Incidence(starts, rows.atoms[order]), protected
