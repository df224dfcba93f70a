"""Deciding a release together with everything already published that shares its batches, and proving all of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from simpul.disclosure.deciding import Question, with_protected
from simpul.disclosure.elimination import Fate
from simpul.disclosure.errors import Refused
from simpul.disclosure.frames import Frame
from simpul.disclosure.improving import promoted
from simpul.disclosure.outlines import Outline
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.protecting import Answer, prove_more, settled
from simpul.disclosure.shadows import shadows_of
from simpul.disclosure.spreading import Others
from simpul.disclosure.unions import Union, likely, rows_of, untouched

ROUNDS: Final = 12
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """Of a frame's cells: which are out, which are due now, which of these must or must not be told.

    `known`: what proved the release before, where it was of the same batches.
    """

    published: Flags
    due: Flags
    forced: Wide
    withheld: Flags
    known: Others | None = None


@dataclass(frozen=True)
class Decision:
    """The fate of each cell of the frame, and other tables that prove it."""

    fates: Wide
    others: Others

    @property
    def is_published(self) -> Flags:
        return np.isin(self.fates, (Fate.PUBLISHED, Fate.FREE))


def decide_jointly(
    outline: Outline, frame: Frame, asked: Asked, *, runs: int = 0, progress: Progress | None = None
) -> Decision:
    """What of the cells due is told, such that all protected cells and unions of the frame stay so.

    Refused("overflow"), and for a forced cell ("below_threshold" | "would_reveal"). Refused("not_protectable") only
    where what is out already gives something away: it was not decided here.
    """
    protected = (frame.values < frame.k) & ~asked.published & (np.diff(frame.incidence.starts) > 0)
    if protected[asked.forced].any():
        raise Refused("below_threshold", "A cell that must be told is below the threshold.")
    plain = with_protected(_question(frame, asked, protected), shadows_of(outline, frame))
    unions = likely(frame, protected)
    for number in range(ROUNDS + 1):
        if progress:
            progress("decide", number, ROUNDS)
        if number == ROUNDS:
            plain = replace(plain, withheld=~plain.published & ~plain.protected)
        question = with_protected(plain, rows_of(frame.incidence, unions))
        answer, withheld, _ = settled(promoted(question, runs) if runs else question)
        if (answer.fates[asked.forced] == Fate.SUPPRESSED).any():
            raise Refused("would_reveal", "A cell that must be told would let a protected one be worked out.")
        answer, missing = _with_unions(frame, question, answer, protected)
        if not missing:
            fates = np.where(asked.published, Fate.PUBLISHED, answer.fates[: len(frame)])
            return Decision(fates, answer.others)
        unions += missing
        # What was withheld so that all else is proved stays so: to decide it again would end there again.
        plain = replace(plain, known=answer.others, withheld=plain.withheld | withheld[: len(plain.withheld)])
    raise Refused("not_protectable", f"{len(missing)} gains over several periods stay without proof.")


def _with_unions(frame: Frame, question: Question, answer: Answer, protected: Flags) -> tuple[Answer, list[Union]]:
    """The answer with tables for unions that none changed, and those for which none was found: to be decided anew."""
    missing = untouched(frame, protected, answer.others)
    if not missing:
        return answer, missing
    answer, is_open = prove_more(question, answer, rows_of(frame.incidence, missing))
    return answer, [missing[place] for place in np.flatnonzero(is_open).tolist()]


def _question(frame: Frame, asked: Asked, protected: Flags) -> Question:
    return Question(
        frame.incidence,
        frame.values,
        frame.worth,
        protected,
        asked.published,
        ~asked.due & ~asked.published & ~protected | asked.withheld & ~protected,
        asked.forced[~asked.published[asked.forced]],
        asked.known,
    )
