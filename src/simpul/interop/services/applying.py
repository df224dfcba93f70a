"""Writing what was confirmed, some rows to a transaction: a killed worker loses the rows in its hand and no others."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.interop.models import Decision, ImportBatch, ImportRow, Outcome, State
from simpul.interop.queries import cells_of, reading_of, recipe_of, rows_of
from simpul.interop.recipes import Choice, Desk, Fault, Incoming, Values, Written, read_row
from simpul.interop.services.checking import ROW
from simpul.interop.transitions import authorise, move, moved
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound, SimpulError
from simpul.records.batches import update_all
from simpul.records.locks import lock_graph

TOGETHER: Final = 50  # rows to a transaction: on SQLite nobody else writes while it lasts
_WRITTEN: Final = (Outcome.WRITTEN, Outcome.MERGED)
_OUTCOME: Final = ("outcome", "reason", "made", "undo", "cells")


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
        reading = reading_of(batch)
        read = [read_row(recipe, batch.places, cells_of(row), reading) for row in rows]
        working.expect([values for values, faults in read if not faults])
        _write(batch, working, [(row, values, faults) for row, (values, faults) in zip(rows, read, strict=True)], now)
        left = waiting.count()
        audit.record(actor, "interop.apply_rows", batch.ref, details={"rows": len(rows), "left": left})
        if not left:
            move(batch, "applied", finished_at=now)
            if recipe.private:
                _sweep(batch)
    return left


def _sweep(batch: ImportBatch) -> None:
    """Nothing of the file is kept any longer: not what was left out or refused, not its heads, not its other sheets."""
    kept = ImportRow.objects.filter(batch=batch, cells__isnull=False).order_by("pk")
    while rows := list(kept.only("pk")[:TOGETHER]):
        for row in rows:
            row.cells = None
        update_all(rows, ("cells",))


def _write(
    batch: ImportBatch, desk: Desk, read: Sequence[tuple[ImportRow, Values, Sequence[Fault]]], now: datetime
) -> None:
    """First what is entered, all at once; then one by one what is merged, perhaps into one of those."""
    rows = {row.pk: row for row, _values, _faults in read}
    entering = [(row, values) for row, values, faults in read if not faults and row.decision != Decision.MERGE]
    incoming = [Incoming(row.pk, values, _told_apart(row)) for row, values in entering]
    done: dict[UUID, Written | SimpulError] = dict(desk.apply_together(incoming, now=now)) if incoming else {}
    for row, _values, faults in read:
        if faults:  # readable when it was checked, and no longer: an area that ended meanwhile
            done[row.pk] = Invalid(faults[0].code, faults[0].column, message=str(faults[0].message))
    for pk, became in done.items():
        _told(rows[pk], became)
    update_all([rows[pk] for pk in done], _OUTCOME)
    _follow(batch, [became for became in done.values() if isinstance(became, Written)])
    for together in _waves([(row, values) for row, values, _faults in read if row.pk not in done]):
        _merge(together, batch, desk, now)


def _waves(merging: Sequence[tuple[ImportRow, Values]]) -> Iterator[list[tuple[ImportRow, Values]]]:
    """Rows that may be merged at once: none into another of them, which is to be merged itself."""
    wave: list[tuple[ImportRow, Values]] = []
    for row, values in merging:
        if row.into in {f"{ROW}{other.number}" for other, _values in wave}:
            yield wave
            wave = []
        wave.append((row, values))
    if wave:
        yield wave


def _merge(merging: Sequence[tuple[ImportRow, Values]], batch: ImportBatch, desk: Desk, now: datetime) -> None:
    first = _became(batch, [row for row, _values in merging])
    done: dict[UUID, Written | SimpulError] = {}
    incoming: list[Incoming] = []
    for row, values in merging:
        if into := first.get(row.into, ""):
            choice = Choice("merge", into, frozenset(row.winning), frozenset({into}))
            incoming.append(Incoming(row.pk, values, choice))
        else:
            message = _("The row it was to be merged into was not entered. Import this one by itself.")
            done[row.pk] = Conflict("twin_missing", message=message)
    done |= desk.apply_together(incoming, now=now)
    for row, _values in merging:
        _told(row, done[row.pk])
    update_all([row for row, _values in merging], _OUTCOME)
    _follow(batch, [became for became in done.values() if isinstance(became, Written)])


def _became(batch: ImportBatch, merging: Sequence[ImportRow]) -> dict[str, str]:
    """Twin -> entry: a twin of the same file is read as the entry that became of it, and missing where none did."""
    own = {row.into for row in merging if row.into.startswith(ROW)}
    found = {row.into: row.into for row in merging if row.into not in own}
    if own:
        numbers = [int(name.removeprefix(ROW)) for name in own]
        written = rows_of(batch).filter(number__in=numbers, outcome__in=_WRITTEN)
        found |= {f"{ROW}{number}": made for number, made in written.values_list("number", "made")}
    return found


def _told(row: ImportRow, became: Written | SimpulError) -> None:
    if isinstance(became, SimpulError):
        row.outcome, row.reason = Outcome.REFUSED, _words(became)[:300]
        return
    row.outcome = Outcome.MERGED if became.merged else Outcome.WRITTEN
    row.made, row.undo, row.cells = became.ref, dict(became.undo), None


def _follow(batch: ImportBatch, merged: Sequence[Written]) -> None:
    """Entries of this very import have been filled in: whoever takes it back finds them as this import left them."""
    versions = {one.ref: one.undo["version"] for one in merged if one.merged and "version" in one.undo}
    if not versions:
        return
    entered = list(ImportRow.objects.filter(batch=batch, made__in=versions, outcome=Outcome.WRITTEN))
    for row in entered:
        row.undo = {**row.undo, "version": versions[row.made]}
    update_all(entered, ("undo",))


def _told_apart(row: ImportRow) -> Choice:
    return Choice(known=frozenset(twin["key"] for twin in row.twins))


def _words(refusal: SimpulError) -> str:
    if isinstance(refusal, Denied):
        return _("You may not enter this one: it lies outside what your role covers.")
    if isinstance(refusal, NotFound):
        return _("What it belongs to is no longer there.")
    return str(getattr(refusal, "message", "")) or _("It could not be entered. Enter it by hand.")
