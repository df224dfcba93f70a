"""An import from its file to its end: what is asked of it, and where it stands."""

import hashlib
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.activities.queries.events import event_for
from simpul.activities.rules.events import require_receiver
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.imports.tasks import go_on
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import OwnKey, Sent
from simpul.documents.queries import sent_bytes
from simpul.documents.services.uploads import cancel_upload
from simpul.interop.limits import MOST_BYTES
from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import count_rows, heads_of, import_for, imports_for, is_undoable, recipe_of
from simpul.interop.reading import read_book
from simpul.interop.recipes import recipes
from simpul.interop.rules import require_import
from simpul.interop.services.deciding import confirm_import
from simpul.interop.services.staging import choose_table, drop_import, map_columns, receive_import
from simpul.interop.services.undoing import undo_import
from simpul.kernel.errors import Invalid
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import authorise

router = Router(tags=["imports"])
WRITE: Final = ("imports:write",)


class ColumnLine(Shape):
    """One thing a row can tell."""

    name: str
    label: str
    required: bool
    hint: str


class RecipeLine(Shape):
    """What can be imported, and by which permission at the organisation it is for."""

    key: str = Field(examples=["organisations"])
    label: str
    permission: str
    columns: list[ColumnLine]


class NewImport(Sent):
    id: OwnKey = None
    recipe: str = Field(max_length=30, examples=["organisations"])
    organisation: UUID | None = Field(None, description=prose("Whose import it is; null: your own."))
    network: UUID | None = Field(None, description=prose("The network whose members the rows become."))
    event: UUID | None = Field(None, description=prose("The event that the report of an online meeting tells of."))
    upload: UUID = Field(description=prose("The key of an upload that has arrived whole."))
    file_name: str = Field("", max_length=200)


class ImportLine(Shape):
    """Where an import stands."""

    id: UUID
    recipe: str
    organisation: UUID | None
    state: State
    received_at: datetime
    confirmed_at: datetime | None
    finished_at: datetime | None
    undone_at: datetime | None


class SheetLine(Shape):
    name: str
    rows: int


class ImportFull(ImportLine):
    """With its table, its columns and its rows counted. What takes long goes on by itself: ask again."""

    file_name: str
    sheets: list[SheetLine]
    sheet: int = Field(description=prose("The place of the chosen sheet, from 0."))
    header_row: int
    header_depth: int
    heads: list[str] = Field(description=prose("What each column is called in the file."))
    mapping: dict[str, str] = Field(description=prose("Place of a column, from 0, to the column of the recipe."))
    states: dict[str, int] = Field(description=prose("Rows by what was found."))
    outcomes: dict[str, int] = Field(description=prose("Rows by what became of them."))
    undecided: int = Field(description=prose("Rows that may be there already and wait for a decision."))
    is_undoable: bool


class Table(Sent):
    """Where the table stands, where it was guessed wrong."""

    sheet: int = Field(ge=0, le=100)
    header_row: int = Field(ge=1, le=1_000_000)
    header_depth: int = Field(1, ge=1, le=2)


class Columns(Sent):
    """What each column means; one that is left out is not read."""

    mapping: dict[str, str] = Field(
        max_length=300, description=prose("Place of a column, from 0, to the column of the recipe."),
        examples=[{"0": "name", "1": "kind"}],
    )  # fmt: skip


@router.get(
    "/import-recipes",
    **told(
        prose("What can be imported"), prose("And the columns each takes."), response=list[RecipeLine], scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def list_recipes(request: Call) -> list[RecipeLine]:
    return [
        RecipeLine(
            key=recipe.key, label=str(recipe.label), permission=recipe.permission,
            columns=[
                ColumnLine(name=c.name, label=str(c.label), required=c.required, hint=str(c.hint))
                for c in recipe.columns
            ],
        )
        for recipe in recipes().values()
        if not recipe.private
    ]  # fmt: skip


@router.get(
    "/imports",
    **told(
        prose("Imports"), prose("Yours and those of your organisations, the newest first."),
        response=Page[ImportLine], scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def list_imports(request: Call, cut: Query[Cut]) -> Page[ImportLine]:
    by = ("received_at", "pk")
    return page_of(request, imports_for(request.actor), cut, _lines, by=by, newest_first=True)


@router.get(
    "/imports/{uuid:import_id}",
    **told(prose("Where an import stands"), response=ImportFull, scopes=WRITE, needs_token=True),
)
def read_import(request: Call, import_id: UUID) -> ImportFull:
    return _full(opened(request, import_id))


@router.post(
    "/imports",
    **told(
        prose("Import a file"),
        prose("XLSX or CSV, from an upload that has arrived whole. Nothing is written before it is confirmed."),
        response=ImportFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_import(request: Call, sent: NewImport) -> ImportFull:
    recipe = recipes().get(sent.recipe)
    if recipe is None or recipe.private:
        raise Invalid("unknown_choice", "recipe")
    require_import(request.actor, recipe, sent.organisation)
    row = _known(request, sent) or _received(request, sent, _options(request, sent))
    request.location = reverse("api:read_import", args=[row.pk])
    return _full(row)


@router.put(
    "/imports/{uuid:import_id}/table",
    **told(
        prose("Choose the table of a file"), prose("Its columns are guessed anew."), response=ImportFull, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def replace_table(request: Call, import_id: UUID, sent: Table) -> ImportFull:
    return _full(choose_table(request.actor, opened(request, import_id), **dict(sent)))


@router.put(
    "/imports/{uuid:import_id}/columns",
    **told(
        prose("Say what the columns mean"), prose("And have every row checked; it is remembered for the next file."),
        response=ImportFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def replace_columns(request: Call, import_id: UUID, sent: Columns) -> ImportFull:
    places = _places(sent.mapping)
    row = map_columns(request.actor, opened(request, import_id), mapping=places, options={}, now=timezone.now())
    go_on(request, row)
    return _full(row)


@router.post(
    "/imports/{uuid:import_id}/confirm",
    **told(
        prose("Write the rows"), prose("Those that can't be read are left out. Again nothing more."),
        response=ImportFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def confirm_batch(request: Call, import_id: UUID) -> ImportFull:
    row = confirm_import(request.actor, opened(request, import_id), now=timezone.now())
    go_on(request, row)
    return _full(row)


@router.post(
    "/imports/{uuid:import_id}/undo",
    **told(
        prose("Take an import back"), prose("Whole, within 30 days; what was built upon stays and says why."),
        response=ImportFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def undo_batch(request: Call, import_id: UUID) -> ImportFull:
    row = undo_import(request.actor, opened(request, import_id), now=timezone.now())
    go_on(request, row)
    return _full(row)


@router.delete(
    "/imports/{uuid:import_id}",
    **told(
        prose("Throw a file away"), prose("One that nothing was written of."), response=None, status=204,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def drop_batch(request: Call, import_id: UUID) -> None:
    drop_import(request.actor, opened(request, import_id))


def opened(call: Call, import_id: UUID) -> ImportBatch:
    """NotFound out of sight, Denied where the right to import has ended."""
    batch = import_for(call.actor, import_id)
    require_import(call.actor, recipe_of(batch), batch.organisation_id)
    return batch


def _known(call: Call, sent: NewImport) -> ImportBatch | None:
    """The import that the same request made before: its upload is gone by then."""
    return imports_for(call.actor).filter(pk=sent.id).exclude(state=State.RECEIVING).first() if sent.id else None


def _options(call: Call, sent: NewImport) -> dict[str, Any]:
    if sent.event is not None:
        event = event_for(call.actor, sent.event)
        require_receiver(call.actor, event)
        return {"event": str(event.pk)}
    if sent.network is None:
        return {}
    network = organisation_for(call.actor, sent.network)
    authorise(call.actor, "membership.manage", network)
    return {"network": str(network.pk)}


def _received(call: Call, sent: NewImport, options: dict[str, Any]) -> ImportBatch:
    data = sent_bytes(call.actor, sent.upload, most=MOST_BYTES)
    row = receive_import(
        call.actor, recipe=sent.recipe, organisation_id=sent.organisation, file_name=sent.file_name,
        book=read_book(data), sha256=hashlib.sha256(data).hexdigest(), options=options, now=timezone.now(), id=sent.id,
    )  # fmt: skip
    cancel_upload(call.actor, sent.upload)
    return row


def _places(mapping: dict[str, str]) -> dict[int, str]:
    """Invalid("not_a_place") for what is no place of a column."""
    if any(not (place.isascii() and place.isdigit() and len(place) <= 3) for place in mapping):
        raise Invalid("not_a_place", "mapping")
    return {int(place): name for place, name in mapping.items()}


def _lines(rows: list[ImportBatch]) -> list[ImportLine]:
    return [_line(row) for row in rows]


def _line(row: ImportBatch) -> ImportLine:
    return ImportLine(
        id=row.pk, recipe=row.recipe, organisation=row.organisation_id, state=State(row.state),
        received_at=row.received_at, confirmed_at=row.confirmed_at, finished_at=row.finished_at,
        undone_at=row.undone_at,
    )  # fmt: skip


def _full(row: ImportBatch) -> ImportFull:
    counts = count_rows(row)
    return ImportFull(
        **_line(row).model_dump(), file_name=row.file_name.open(),
        sheets=[SheetLine(name=sheet["name"], rows=sheet["rows"]) for sheet in row.outline.open()["sheets"]],
        sheet=row.sheet, header_row=row.header_row, header_depth=row.header_depth, heads=heads_of(row),
        mapping={place: name for place, name in row.mapping.items() if name}, states=dict(counts.states),
        outcomes={outcome or "waiting": n for outcome, n in counts.outcomes.items()}, undecided=counts.undecided,
        is_undoable=is_undoable(row, timezone.now()),
    )  # fmt: skip
