"""Deciding a release together with everything already published that shares its batches, and proving all of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from simpul.disclosure.elimination import Fate
from simpul.disclosure.errors import Refused
from simpul.disclosure.frames import Frame
from simpul.disclosure.improving import promoted
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.protecting import Answer, Question, settled
from simpul.disclosure.unions import Union, likely, untouched, with_unions

ROUNDS: Final = 12
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """Of a frame's cells: which are out, which are due now, which of these must or must not be told."""

    published: Flags
    due: Flags
    forced: Wide
    withheld: Flags


@dataclass(frozen=True)
class Decision:
    """The fate of each cell of the frame, and other tables that prove it, as differences, shape (tables, atoms)."""

    fates: Wide
    differences: Wide

    @property
    def is_published(self) -> Flags:
        return np.isin(self.fates, (Fate.PUBLISHED, Fate.FREE))


def decide_jointly(frame: Frame, asked: Asked, *, runs: int = 0, progress: Progress | None = None) -> Decision:
    """What of the cells due is told, such that all protected cells and unions of the frame stay so.

    Refused("not_protectable" | "overflow"), and for a forced cell ("below_threshold" | "would_reveal").
    """
    protected = (frame.values < frame.k) & ~asked.published & (np.diff(frame.incidence.starts) > 0)
    if protected[asked.forced].any():
        raise Refused("below_threshold", "A cell that must be told is below the threshold.")
    plain = Question(
        frame.incidence,
        frame.values,
        frame.worth,
        protected,
        asked.published,
        ~asked.due & ~asked.published & ~protected | asked.withheld & ~protected,
        asked.forced[~asked.published[asked.forced]],
    )
    unions = likely(frame, protected)
    for number in range(ROUNDS):
        if progress:
            progress("decide", number, ROUNDS)
        question = _extended(plain, unions)
        answer, _ = settled(promoted(question, runs) if runs else question)
        fates = answer.fates[: len(frame)]
        if (fates[asked.forced] == Fate.SUPPRESSED).any():
            raise Refused("would_reveal", "A cell that must be told would let a protected one be worked out.")
        missing = untouched(frame, protected, answer.differences)
        if not missing:
            return _decision(frame, asked, answer)
        unions += missing
    raise Refused("not_protectable", f"{len(missing)} gains over several periods stay without proof.")


def _extended(question: Question, unions: list[Union]) -> Question:
    if not unions:
        return question
    more = np.zeros(len(unions), dtype=np.bool_)
    incidence = with_unions(question.incidence, unions)
    return replace(
        question,
        incidence=incidence,
        values=incidence.sums(question.worth),
        protected=np.concatenate([question.protected, ~more]),
        published=np.concatenate([question.published, more]),
        withheld=np.concatenate([question.withheld, more]),
    )


def _decision(frame: Frame, asked: Asked, answer: Answer) -> Decision:
    fates = np.where(asked.published, Fate.PUBLISHED, answer.fates[: len(frame)])
    return Decision(fates, answer.differences)
