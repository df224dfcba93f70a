"""Taking a whole import back, as long as nothing has been built on what it brought."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.interop.models import ImportBatch, ImportRow, Outcome, State
from simpul.interop.queries import is_undoable, recipe_of, rows_of
from simpul.interop.recipes import Desk, Written
from simpul.interop.transitions import authorise, move, moved
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, SimpulError
from simpul.records.locks import lock_graph

TOGETHER: Final = 50
_DONE: Final = (Outcome.WRITTEN, Outcome.MERGED)


def undo_import(actor: Actor, batch: ImportBatch, *, now: datetime) -> ImportBatch:
    """From now on it is taken back. Again while it is: nothing more. Conflict("too_late") after thirty days."""
    authorise(actor, batch)
    batch.refresh_from_db(fields=["state", "finished_at"])
    if batch.state in (State.UNDOING, State.UNDONE):
        return batch
    if not is_undoable(batch, now):
        message = _("An import can be taken back within 30 days. Change or end the entries one by one instead.")
        raise Conflict("too_late", message=message)
    with transaction.atomic():
        move(batch, "undo")
        audit.record(actor, "interop.undo_import", batch.ref, details={"recipe": batch.recipe})
    return batch


def undo_rows(
    actor: Actor, batch: ImportBatch, *, now: datetime, most: int = TOGETHER, desk: Desk | None = None
) -> int:
    """Take back the next rows, the last first; how many are left. What can't be taken back says why and stays.

    Conflict("moved_on") where the import is not being taken back.
    """
    authorise(actor, batch)
    recipe = recipe_of(batch)
    working = desk or recipe.desk(actor, batch, now=now)
    with transaction.atomic():
        lock_graph(f"interop.apply.{recipe.key}")
        if ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk) != State.UNDOING:
            raise moved()
        standing = rows_of(batch).filter(outcome__in=_DONE)
        rows = list(standing.order_by("-number")[:most])
        for row in rows:
            _undo(row, working, now)
        left = standing.count()
        audit.record(actor, "interop.undo_rows", batch.ref, details={"rows": len(rows), "left": left})
        if not left:
            move(batch, "undone", undone_at=now)
    return left


def _undo(row: ImportRow, desk: Desk, now: datetime) -> None:
    written = Written(row.made, row.undo, merged=row.outcome == Outcome.MERGED)
    try:
        with transaction.atomic():
            desk.undo(written, now=now)
        row.outcome, row.reason = Outcome.UNDONE, ""
    except SimpulError as refusal:
        message = str(getattr(refusal, "message", "")) or _("You may no longer change it.")
        row.outcome, row.reason = Outcome.KEPT, message[:300]
    row.save(update_fields=["outcome", "reason"])
