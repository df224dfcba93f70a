"""Writing what was confirmed, some rows to a transaction: a killed worker loses the rows in its hand and no others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.interop.models import Decision, ImportBatch, ImportRow, Outcome, State
from simpul.interop.queries import cells_of, recipe_of, rows_of
from simpul.interop.recipes import Choice, Desk, Fault, Values, Written, read_row
from simpul.interop.services.checking import ROW
from simpul.interop.transitions import authorise, move, moved
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound, SimpulError
from simpul.records.locks import lock_graph

TOGETHER: Final = 50  # rows to a transaction: on SQLite nobody else writes while it lasts
_WRITTEN: Final = (Outcome.WRITTEN, Outcome.MERGED)


def apply_rows(
    actor: Actor, batch: ImportBatch, *, now: datetime, most: int = TOGETHER, desk: Desk | None = None
) -> int:
    """Write the next rows; how many still wait. A row that is refused says why, and stops no other.

    Of two imports of one kind only one writes at a time, so that each sees what the other entered. With the last row
    the import is done. Conflict("moved_on") where it is not being written.
    """
    authorise(actor, batch)
    recipe = recipe_of(batch)
    working = desk or recipe.desk(actor, batch, now=now)
    with transaction.atomic():
        lock_graph(f"interop.apply.{recipe.key}")
        if ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk) != State.APPLYING:
            raise moved()
        waiting = rows_of(batch).filter(outcome=Outcome.WAITING)
        rows = list(waiting[:most])
        read = [read_row(recipe, batch.places, cells_of(row)) for row in rows]
        working.expect([values for values, faults in read if not faults])
        for row, (values, faults) in zip(rows, read, strict=True):
            _apply(row, batch, working, values, faults, now=now)
        left = waiting.count()
        audit.record(actor, "interop.apply_rows", batch.ref, details={"rows": len(rows), "left": left})
        if not left:
            move(batch, "applied", finished_at=now)
    return left


def _apply(
    row: ImportRow, batch: ImportBatch, desk: Desk, values: Values, faults: Sequence[Fault], *, now: datetime
) -> None:
    try:
        if faults:  # readable when it was checked, and no longer: an area that ended meanwhile
            raise Invalid(faults[0].code, faults[0].column, message=str(faults[0].message))
        with transaction.atomic():
            written = desk.apply(row.pk, values, _choice(row, batch), now=now)
    except SimpulError as refusal:
        row.outcome, row.reason = Outcome.REFUSED, _words(refusal)[:300]
        row.save(update_fields=["outcome", "reason"])
        return
    row.outcome = Outcome.MERGED if written.merged else Outcome.WRITTEN
    row.made, row.undo, row.cells = written.ref, dict(written.undo), None
    row.save(update_fields=["outcome", "made", "undo", "cells"])
    if written.merged and "version" in written.undo:
        _follow(batch, written)


def _follow(batch: ImportBatch, written: Written) -> None:
    """An entry of this very import has been filled in: whoever takes it back finds it as this import left it."""
    entered = ImportRow.objects.filter(batch=batch, made=written.ref, outcome=Outcome.WRITTEN).first()
    if entered is not None:
        entered.undo = {**entered.undo, "version": written.undo["version"]}
        entered.save(update_fields=["undo"])


def _choice(row: ImportRow, batch: ImportBatch) -> Choice:
    """With a twin of the same file read as the entry that became of it."""
    if row.decision != Decision.MERGE:
        return Choice(known=frozenset(twin["key"] for twin in row.twins))
    into = row.into
    if into.startswith(ROW):
        first = rows_of(batch).filter(number=int(into.removeprefix(ROW)), outcome__in=_WRITTEN).first()
        if first is None:
            message = _("The row it was to be merged into was not entered. Import this one by itself.")
            raise Conflict("twin_missing", message=message)
        into = first.made
    return Choice("merge", into, frozenset(row.winning), frozenset({into}))


def _words(refusal: SimpulError) -> str:
    if isinstance(refusal, Denied):
        return _("You may not enter this one: it lies outside what your role covers.")
    if isinstance(refusal, NotFound):
        return _("What it belongs to is no longer there.")
    return str(getattr(refusal, "message", "")) or _("It could not be entered. Enter it by hand.")
