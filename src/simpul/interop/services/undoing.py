"""Taking a whole import back, as long as nothing has been built on what it brought."""

from collections.abc import Sequence
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
from simpul.records.batches import update_all
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
        _undo(rows, working, now)
        left = standing.count()
        audit.record(actor, "interop.undo_rows", batch.ref, details={"rows": len(rows), "left": left})
        if not left:
            move(batch, "undone", undone_at=now)
    return left


def _undo(rows: Sequence[ImportRow], desk: Desk, now: datetime) -> None:
    """Merges one by one, the last first: two rows may have been merged into one entry.

    What was merged into an entry of this very import goes with that entry.
    """
    batch = rows[0].batch if rows else None
    own = ImportRow.objects.filter(batch=batch, outcome=Outcome.WRITTEN, made__in=[row.made for row in rows])
    ours = set(own.values_list("made", flat=True))
    merged = [row for row in rows if row.outcome == Outcome.MERGED and row.made not in ours]
    entered = [row for row in rows if row.outcome == Outcome.WRITTEN]
    for together in (*([row] for row in merged), entered):
        written = [Written(row.made, row.undo, merged=row.outcome == Outcome.MERGED) for row in together]
        refused = desk.undo_together(written, now=now)
        for row in together:
            _told(row, refused.get(row.made))
    for row in rows:
        if row.outcome == Outcome.MERGED:
            _told(row, None)
    update_all(rows, ("outcome", "reason"))
    for row in entered:
        if row.outcome == Outcome.KEPT:  # and with it what of this import was added to it
            along = ImportRow.objects.filter(batch=batch, made=row.made, outcome=Outcome.UNDONE)
            along.update(outcome=Outcome.KEPT, reason=row.reason)


def _told(row: ImportRow, refusal: SimpulError | None) -> None:
    if refusal is None:
        row.outcome, row.reason = Outcome.UNDONE, ""
        return
    message = str(getattr(refusal, "message", "")) or _("You may no longer change it.")
    row.outcome, row.reason = Outcome.KEPT, message[:300]
