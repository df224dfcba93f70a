"""The long steps of an import, to their end: for the worker, as whoever asked for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from simpul.interop.models import ImportBatch, Outcome, State
from simpul.interop.queries import count_rows, recipe_of, rows_of
from simpul.interop.services.applying import TOGETHER, apply_rows
from simpul.interop.services.checking import check_rows
from simpul.interop.services.undoing import undo_rows
from simpul.kernel.actor import Actor

AT_ONCE: Final = 500  # rows that are checked while one waits
_STEPS: Final = {State.APPLYING: apply_rows, State.UNDOING: undo_rows}
Clock = Callable[[], datetime]


def move_on(actor: Actor, batch: ImportBatch, *, clock: Clock) -> None:
    """What the import waits for. Started twice, or again after a kill, it goes on where it stopped."""
    if batch.state == State.CHECKING:
        check_rows(actor, batch, now=clock())
        return
    step = _STEPS.get(State(batch.state))
    if step is None:
        return
    desk = recipe_of(batch).desk(actor, batch, now=clock())
    while step(actor, batch, now=clock(), desk=desk):
        pass


def is_short(batch: ImportBatch) -> bool:
    """Whether what it waits for is done while one waits; else it is the worker's."""
    if batch.state == State.CHECKING:
        return count_rows(batch).total <= AT_ONCE
    outcomes = (Outcome.WRITTEN, Outcome.MERGED) if batch.state == State.UNDOING else (Outcome.WAITING,)
    return rows_of(batch).filter(outcome__in=outcomes).count() <= TOGETHER
