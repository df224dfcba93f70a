"""Files to take away: an example to fill in, and the list of what is wrong."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.interop.models import ImportBatch, RowState
from simpul.interop.queries import cells_of, reading_of, rows_of
from simpul.interop.recipes import Desk, Recipe, faults_of
from simpul.interop.tables import words_of
from simpul.interop.writing import Page, Value, write_xlsx
from simpul.kernel.errors import Denied
from simpul.web.accounts.guards import private, signed_in
from simpul.web.http import Request
from simpul.web.imports.entry import opened, recipe_named
from simpul.web.imports.forms import letter_of
from simpul.web.imports.homes import homes_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_safe
def template(request: Request, kind: str) -> HttpResponse:
    """Dewi's Excel: the columns by name, one row as an example, and what each column takes."""
    recipe = recipe_named(kind)
    if not homes_of(request.actor, recipe):
        raise Denied(recipe.permission)
    columns = recipe.columns
    rows = Page(str(recipe.label), [str(c.label) for c in columns], [[c.example for c in columns]])
    about = Page(_("How to fill it in"), [_("Column"), _("Needed"), _("What it takes")], [*_explained(recipe)])
    return attached(write_xlsx([rows, about]), f"contoh-{recipe.key}.xlsx")


def _explained(recipe: Recipe) -> Iterator[list[Value]]:
    for column in recipe.columns:
        needed = _("yes") if column.required else ""
        example = words_of(column.example)
        takes = str(column.hint) or (_("such as: %(example)s") % {"example": example} if example else "")
        yield [str(column.label), needed, takes]


@signed_in
@require_safe
def faults(request: Request, key: UUID) -> HttpResponse:
    """Every fault of the file: row, column, what stands there, how to mend it."""
    batch, recipe = opened(request, key)
    desk = recipe.desk(request.actor, batch, now=timezone.now())
    header = [_("Row"), _("Column"), _("What stands there"), _("How to mend it")]
    page = Page(_("To be mended"), header, _lines(batch, recipe, desk))
    return private(attached(write_xlsx([page]), "perlu-diperbaiki.xlsx"))


def _lines(batch: ImportBatch, recipe: Recipe, desk: Desk) -> Iterator[list[Value]]:
    places = {name: place for place, name in batch.places.items()}
    reading = reading_of(batch)
    for row in rows_of(batch).filter(state=RowState.FAULTY).iterator(chunk_size=500):
        cells = cells_of(row)
        for fault in faults_of(recipe, desk, batch.places, cells, reading):
            place, column = places.get(fault.column), recipe.column(fault.column)
            # What is private leaves this room by no file: row and column tell where to look in one's own.
            is_told = not recipe.private and place is not None and place < len(cells)
            words = words_of(cells[place]) if is_told and place is not None else ""
            named = f"{letter_of(place)} · {column.label}" if place is not None and column else ""
            yield [row.number, named, words, str(fault.message)]


def attached(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
