"""The rows of an import: what each says, what is wrong with it, what it may repeat, and what is to be done."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.imports.batches import WRITE, opened, router
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Sent
from simpul.interop.models import Decision, ImportBatch, ImportRow, RowState
from simpul.interop.queries import cells_of, recipe_of, row_for, rows_of
from simpul.interop.recipes import Desk, faults_of
from simpul.interop.services.checking import mend_row
from simpul.interop.services.deciding import decide_all, decide_row
from simpul.interop.tables import words_of


class RowsSought(Cut):
    state: RowState | None = Field(None, description=prose("Only of this state."))


class FaultLine(Shape):
    column: str = Field(description=prose("A column of the recipe; empty: the row as a whole."))
    code: str
    message: str = Field(description=prose("What is wrong and how to mend it, in the language asked for."))


class TwinLine(Shape):
    """What the row may repeat: an entry, or an earlier row of the same file ("row:17")."""

    key: str = Field(examples=["organisations.organisation:0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d"])
    why: str
    title: str = Field(description=prose("As far as you may see it."))


class RowLine(Shape):
    """One row of the file."""

    id: UUID
    number: int = Field(description=prose("As it is numbered in the file."))
    cells: dict[str, str] = Field(description=prose("Column of the recipe to what stands there; gone once written."))
    state: RowState
    faults: list[FaultLine]
    twins: list[TwinLine]
    decision: Decision
    into: str
    outcome: str
    made: str = Field(description=prose("What became of it, as kind and id."))
    reason: str = Field(description=prose("Why it was refused, or not taken back."))


class Mending(Sent):
    """Other words for some of its cells."""

    cells: dict[str, str] = Field(max_length=300, description=prose("Column of the recipe to words."))


class Deciding(Sent):
    decision: Decision
    into: str = Field("", max_length=120, description=prose("The key of the twin; empty: the likeliest."))
    winning: list[str] = Field([], max_length=300, description=prose("Columns whose words replace what is there."))


class DecidingAll(Sent):
    decision: Decision


class RowDecided(Shape):
    rows: int


@router.get(
    "/imports/{uuid:import_id}/rows",
    **told(
        prose("The rows of an import"), prose("In their order, each with what is wrong and what it may repeat."),
        response=Page[RowLine], scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def list_rows(request: Call, import_id: UUID, sought: Query[RowsSought]) -> Page[RowLine]:
    batch = opened(request, import_id)
    rows = rows_of(batch).filter(state=sought.state) if sought.state else rows_of(batch)
    return page_of(request, rows, sought, lambda found: _lines(request, batch, found), by=("number",))


@router.patch(
    "/imports/{uuid:import_id}/rows/{uuid:row_id}",
    **told(
        prose("Mend a row"), prose("It is looked at again at once."), response=RowLine, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def change_row(request: Call, import_id: UUID, row_id: UUID, sent: Mending) -> RowLine:
    batch = opened(request, import_id)
    places = {name: place for place, name in batch.places.items()}
    cells = {places[name]: words for name, words in sent.cells.items() if name in places}
    row = mend_row(request.actor, row_for(request.actor, batch, row_id), cells=cells, now=timezone.now())
    return _lines(request, batch, [row])[0]


@router.post(
    "/imports/{uuid:import_id}/rows/{uuid:row_id}/decision",
    **told(
        prose("Decide about a row that may be there already"), prose("Merge, keep both or leave out."),
        response=RowLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def decide_one_row(request: Call, import_id: UUID, row_id: UUID, sent: Deciding) -> RowLine:
    batch = opened(request, import_id)
    row = decide_row(request.actor, row_for(request.actor, batch, row_id), **dict(sent))
    return _lines(request, batch, [row])[0]


@router.post(
    "/imports/{uuid:import_id}/decisions",
    **told(
        prose("The same for all that are not decided yet"), prose("Merged into the likeliest, filling only."),
        response=RowDecided, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def decide_all_rows(request: Call, import_id: UUID, sent: DecidingAll) -> RowDecided:
    return RowDecided(rows=decide_all(request.actor, opened(request, import_id), decision=sent.decision))


def _lines(call: Call, batch: ImportBatch, rows: list[ImportRow]) -> list[RowLine]:
    desk = recipe_of(batch).desk(call.actor, batch, now=timezone.now())
    keys = sorted({twin["key"] for row in rows for twin in row.twins if not twin["key"].startswith("row:")})
    shown = desk.shown(keys) if keys else {}
    titles = {key: one.title for key, one in shown.items()}
    return [_line(batch, desk, row, titles) for row in rows]


def _line(batch: ImportBatch, desk: Desk, row: ImportRow, titles: dict[str, str]) -> RowLine:
    cells = cells_of(row)
    said = {name: words_of(cells[place]) for place, name in sorted(batch.places.items()) if place < len(cells)}
    faults: list[Any] = faults_of(recipe_of(batch), desk, batch.places, cells) if row.state == RowState.FAULTY else []
    return RowLine(
        id=row.pk, number=row.number, cells=said, state=RowState(row.state),
        faults=[FaultLine(column=f.column, code=f.code, message=str(f.message)) for f in faults],
        twins=[TwinLine(key=t["key"], why=t["why"], title=titles.get(t["key"], "")) for t in row.twins],
        decision=Decision(row.decision), into=row.into, outcome=row.outcome, made=row.made, reason=row.reason,
    )  # fmt: skip
