"""Every row looked at before anything is written: what can't be read, what is missing, what may be there already."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from simpul.audit import services as audit
from simpul.interop.likeness import Index
from simpul.interop.models import Decision, ImportBatch, ImportRow, RowState, State
from simpul.interop.queries import cells_of, reading_of, recipe_of, rows_of
from simpul.interop.recipes import Desk, Recipe, read_row, with_the_row
from simpul.interop.tables import Cell
from simpul.interop.transitions import authorise, move, moved
from simpul.interop.words import Reading
from simpul.kernel.actor import Actor
from simpul.records.batches import update_all

_CHUNK: Final = 200
ROW: Final = "row:"  # how a twin in the same file is named, by the number of its row


def check_rows(
    actor: Actor, batch: ImportBatch, *, now: datetime, progress: Callable[[int], None] | None = None
) -> ImportBatch:
    """Look at every row, and compare each with what the actor may see and with the rows before it.

    From the beginning each time: a worker that was killed leaves rows checked and the import as "being checked".
    Conflict("moved_on") where it isn't.
    """
    authorise(actor, batch)
    if ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk) != State.CHECKING:
        raise moved()
    recipe = recipe_of(batch)
    desk = recipe.desk(actor, batch, now=now)
    index, reading = Index(desk.known()), reading_of(batch)
    done = 0
    for rows in _chunks(batch):
        looked = [_look(row, recipe, desk, index, reading) for row in rows]
        with transaction.atomic():
            _keep(looked)
        done += len(rows)
        if progress:
            progress(done)
    with transaction.atomic():
        move(batch, "checked")
        audit.record(actor, "interop.check_rows", batch.ref, details={"rows": done})
    return batch


def mend_row(actor: Actor, row: ImportRow, *, cells: Mapping[int, str], now: datetime) -> ImportRow:
    """Write other words into cells (place -> words) of a row that is still to be imported, and look at it again."""
    authorise(actor, row.batch)
    with transaction.atomic():
        _require_review(row.batch)
        kept: list[Cell] = list(cells_of(row))
        for place, words in cells.items():
            kept += [None] * (place + 1 - len(kept))
            kept[place] = words.strip() or None
        row.cells = kept
        recipe = recipe_of(row.batch)
        desk = recipe.desk(actor, row.batch, now=now)
        reading = reading_of(row.batch)
        values, faults = read_row(recipe, row.batch.places, kept, reading)
        is_whole = not with_the_row(desk, values, faults)
        likeness = desk.likeness(f"{ROW}{row.number}", values) if is_whole else None
        _look(row, recipe, desk, Index(desk.near(likeness) if likeness else ()), reading)
        row.save()
        audit.record(actor, "interop.mend_row", row.batch.ref, details={"row": row.number})
    return row


def _chunks(batch: ImportBatch) -> Iterator[list[ImportRow]]:
    last = 0
    while rows := list(rows_of(batch).filter(number__gt=last)[:_CHUNK]):
        for row in rows:
            row.batch = batch
        yield rows
        last = rows[-1].number


def _keep(looked: Sequence[ImportRow]) -> None:
    """Most rows are simply ready: these are written in one statement."""
    ready = [row.pk for row in looked if row.state == RowState.READY]
    plain = {"faults": [], "twins": [], "decision": Decision.NONE, "into": ""}
    ImportRow.objects.filter(pk__in=ready).update(state=RowState.READY, **plain)
    update_all([row for row in looked if row.state != RowState.READY], ("state", *plain))


def _look(row: ImportRow, recipe: Recipe, desk: Desk, index: Index, reading: Reading) -> ImportRow:
    values: dict[str, Any]
    values, faults = read_row(recipe, row.batch.places, cells_of(row), reading)
    faults = with_the_row(desk, values, faults)
    row.faults = [[fault.column, fault.code] for fault in faults]
    row.twins, row.decision, row.into = [], Decision.NONE, ""
    if faults:
        row.state = RowState.FAULTY
        return row
    likeness = desk.likeness(f"{ROW}{row.number}", values)
    matches = list(desk.twins(values))
    if likeness:
        matches += index.matches(likeness)
        index.add(likeness)
    row.twins = [{"key": m.key, "why": m.why, "score": m.score} for m in matches]
    row.state = RowState.ALIKE if row.twins else RowState.READY
    return row


def _require_review(batch: ImportBatch) -> None:
    if ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk) != State.REVIEW:
        raise moved()
