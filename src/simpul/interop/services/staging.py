"""A file comes in: its rows are sealed and put aside, its table and columns are named. No record is touched."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.interop.limits import MOST_COLUMNS
from simpul.interop.memory import remember, write_names
from simpul.interop.models import WAITING, ImportBatch, ImportRow, RowState, State
from simpul.interop.queries import expired, file_digest, heads_of, leftover, recipe_of
from simpul.interop.reading.headers import find_header, names_of
from simpul.interop.reading.refusals import too_wide
from simpul.interop.recipes import Recipe, recipes
from simpul.interop.rules import require_import
from simpul.interop.tables import Book
from simpul.interop.transitions import authorise, move, moved
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7

_CHUNK: Final = 1_000
_LONGEST_NAME: Final = 200


def receive_import(
    actor: Actor,
    *,
    recipe: str,
    organisation_id: UUID | None,
    file_name: str,
    book: Book,
    sha256: str,
    options: Mapping[str, Any] | None = None,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key: a form sent again makes nothing twice
) -> ImportBatch:
    """Put a file's rows aside, a thousand to a transaction; then the import waits for its columns to be named.

    A file that stops on its way in leaves nothing: what was staged of it is removed, at the latest with what expired.
    Where a process was killed before it could, the same file sent again under the same `id` goes on where that stopped.
    Denied with the recipe's permission; Invalid("no_rows", "file") where there is nothing below the heads, "too_wide"
    where too many columns are left once the recipe has folded them;
    Conflict("moved_on") where another file came in under this `id`.
    """
    chosen = recipes()[recipe]
    require_import(actor, chosen, organisation_id)
    book = chosen.unfold(book)
    if any(sheet.width > MOST_COLUMNS for sheet in book.sheets):
        raise too_wide()
    if not any(len(sheet.lines) > 1 for sheet in book.sheets):
        raise Invalid("no_rows", "file", message=_("There is no row below the names of the columns in this file."))
    batch = ImportBatch(
        id=id or uuid7(),
        recipe=recipe,
        organisation_id=organisation_id,
        imported_by=actor.user_id or UUID(int=0),
        file_name=file_name[-_LONGEST_NAME:],
        outline=_outline(book),
        digest=file_digest(sha256),
        options=dict(options or {}),
        received_at=now,
        sheet=_likeliest(chosen, book),
    )
    batch = _begun(actor, batch)
    if batch.state != State.RECEIVING:
        return batch
    try:
        _stage(batch, book)
        return _received(actor, batch, chosen, book)
    except BaseException:
        with suppress(DatabaseError):
            ImportBatch.objects.filter(pk=batch.pk, state=State.RECEIVING).delete()
        raise


def choose_table(actor: Actor, batch: ImportBatch, *, sheet: int, header_row: int, header_depth: int) -> ImportBatch:
    """Another sheet, or other rows of names than were guessed. Its columns are guessed anew.

    Invalid("sheet" | "row").
    """
    authorise(actor, batch)
    sheets = batch.outline.open()["sheets"]
    if not 0 <= sheet < len(sheets):
        raise Invalid("sheet", "sheet", message=_("Choose one of the sheets."))
    if header_depth not in (1, 2) or header_row < header_depth:
        raise Invalid("row", "header_row", message=_("Choose the row in which the names of the columns stand."))
    below = ImportRow.objects.filter(batch=batch, sheet=sheet, number__gt=header_row)
    if not below.exists():
        raise Invalid("row", "header_row", message=_("There is no row below that one. Choose a row further up."))
    with transaction.atomic():
        move(batch, "map", sheet=sheet, header_row=header_row, header_depth=header_depth)
        _name_columns(batch)
        audit.record(actor, "interop.choose_table", batch.ref, details={"sheet": sheet, "row": header_row})
    return batch


def map_columns(
    actor: Actor, batch: ImportBatch, *, mapping: Mapping[int, str], options: Mapping[str, Any], now: datetime
) -> ImportBatch:
    """Say what each column means (place -> column of the recipe, "" to leave it out), and have the rows checked.

    What was said is remembered for files with the same heads. Invalid("unknown_column" | "column_twice" | "needed").
    """
    authorise(actor, batch)
    _check_mapping(recipe_of(batch), mapping, options)
    with transaction.atomic():
        kept = {str(place): name for place, name in sorted(mapping.items())}
        move(batch, "check", mapping=kept, options={**batch.options, **options})
        ImportRow.objects.filter(batch=batch).update(state=RowState.STAGED, faults=[], twins=[], decision="", into="")
        remember(batch, heads_of(batch), now)
        names = sorted(name for name in mapping.values() if name)
        audit.record(actor, "interop.map_columns", batch.ref, details={"columns": names})
    return batch


def drop_import(actor: Actor, batch: ImportBatch) -> None:
    """Throw away a file that nothing has been written of. Again: nothing. Conflict("moved_on") once it is confirmed."""
    authorise(actor, batch)
    with transaction.atomic():
        if not ImportBatch.objects.filter(pk=batch.pk, state__in=WAITING).delete()[0]:
            raise moved()
        audit.record(actor, "interop.drop_import", batch.ref)


def drop_expired(actor: Actor, *, now: datetime) -> int:
    """Throw away what nobody confirmed within seven days, and of the others the rows that were not entered.

    How many imports went. For the platform's own hand.
    """
    gone = 0
    leftover(now).delete()
    for batch in expired(now).iterator():
        authorise(actor, batch)
        with transaction.atomic():
            gone += bool(ImportBatch.objects.filter(pk=batch.pk, state__in=WAITING).delete()[0])
            audit.record(actor, "interop.drop_expired", batch.ref)
    return gone


def _likeliest(recipe: Recipe, book: Book) -> int:
    """The sheet whose heads say most of what the recipe knows; of equals the longest."""

    def told(place: int) -> tuple[int, int]:
        lines = book.sheets[place].lines
        names = names_of(lines, find_header(lines, recipe.is_known))
        return len({recipe.guess(name) for name in names if name} - {""}), len(lines)

    return max(range(len(book.sheets)), key=told)


def _outline(book: Book) -> dict[str, Any]:
    sheets = [{"name": s.name, "rows": len(s.lines), "width": s.width, "notes": dict(s.notes)} for s in book.sheets]
    return {"sheets": sheets, "encoding": book.encoding, "delimiter": book.delimiter}


def _begun(actor: Actor, batch: ImportBatch) -> ImportBatch:
    """The import as it stands: new, or what a form that was sent before made of it."""
    known = ImportBatch.objects.filter(pk=batch.pk).first()
    if known is None:
        try:
            with transaction.atomic():
                batch.save(force_insert=True)
            return batch
        except IntegrityError:  # the same form at the same moment
            known = ImportBatch.objects.get(pk=batch.pk)
    authorise(actor, known)
    if known.digest != batch.digest:
        raise moved()
    return known


def _stage(batch: ImportBatch, book: Book) -> None:
    """Rows that lie there already stay: the file is the same."""
    rows: Iterator[ImportRow] = (
        ImportRow(batch=batch, sheet=place, number=line.number, cells=list(line.cells))
        for place, sheet in enumerate(book.sheets)
        for line in sheet.lines
    )
    while chunk := list(islice(rows, _CHUNK)):
        try:
            with transaction.atomic():
                ImportRow.objects.bulk_create(chunk, batch_size=200, ignore_conflicts=True)
        except IntegrityError as gone:  # whoever began it gave it up
            raise moved() from gone


def _received(actor: Actor, batch: ImportBatch, recipe: Recipe, book: Book) -> ImportBatch:
    header = find_header(book.sheets[batch.sheet].lines, recipe.is_known)
    try:
        with transaction.atomic():
            move(batch, "receive", header_row=header.row, header_depth=header.depth)
            _name_columns(batch)
            audit.record(
                actor, "interop.receive_import", batch.ref, details={"recipe": recipe.key, "sheets": len(book.sheets)}
            )
    except (Conflict, ImportBatch.DoesNotExist) as refusal:
        # The same form was sent twice, and was quicker, or gave up, the other time.
        current = ImportBatch.objects.filter(pk=batch.pk).exclude(state=State.RECEIVING).first()
        if current is None:
            raise moved() from refusal
        return current
    return batch


def _name_columns(batch: ImportBatch) -> None:
    """As they were named the last time, else by what they are called; each column of the recipe once."""
    heads = heads_of(batch)
    write_names(batch, heads, recipe_of(batch).name_columns(heads))


def _check_mapping(recipe: Recipe, mapping: Mapping[int, str], options: Mapping[str, Any]) -> None:
    names = [name for name in mapping.values() if name]
    if any(recipe.column(name) is None for name in names):
        raise Invalid("unknown_column", None, message=_("Choose what the column means from the list."))
    twice = _first_twice(names)
    if twice:
        label = getattr(recipe.column(twice), "label", twice)
        message = _("Two columns are both named %(label)s. Leave one of them out.") % {"label": label}
        raise Invalid("column_twice", None, message=message)
    answered = {name for name in recipe.silent if options.get(f"default_{name}")}
    for column in recipe.columns:
        if column.required and column.name not in {*names, *answered}:
            message = _("Say in which column %(label)s stands.") % {"label": column.label}
            raise Invalid("needed", None, message=message)


def _first_twice(names: Sequence[str]) -> str:
    return next((name for n, name in enumerate(names) if name in names[:n]), "")
