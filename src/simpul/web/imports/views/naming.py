"""Which table, and what its columns mean."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import count_rows, earlier_with, lines_of
from simpul.interop.recipes import Recipe
from simpul.interop.services.checking import check_rows
from simpul.interop.services.staging import choose_table, map_columns
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request
from simpul.web.imports.entry import back, opened, set_going, shown
from simpul.web.imports.forms import ColumnsForm, FormForm, TableForm
from simpul.web.imports.panels import heads, told

AT_ONCE = 500  # rows that are checked while one waits


@signed_in
def table(request: Request, key: UUID) -> HttpResponse:
    """The sheet and the row of names, where they were guessed wrong."""
    batch, recipe = opened(request, key)
    form = _table_form(request, batch)
    if accepted(form, lambda: choose_table(request.actor, batch, **form.cleaned_data)):
        return back(batch)
    context = {"form": form, "batch": batch, "name": batch.file_name.open()}
    return shown(request, "table", recipe, context, status=422 if form.errors else 200)


def _table_form(request: Request, batch: ImportBatch) -> TableForm:
    sheets = [f"{sheet['name']} ({sheet['rows']})" for sheet in batch.outline.open()["sheets"]]
    asked = request.POST.get("sheet", request.GET.get("lembar", ""))
    sheet = int(asked) if asked.isdecimal() and int(asked) < len(sheets) else batch.sheet
    initial = {"sheet": sheet, "header_row": batch.header_row, "header_depth": batch.header_depth}
    return TableForm(sent(request), sheets=sheets, lines=lines_of(batch, sheet=sheet, most=12), initial=initial)


@signed_in
def columns(request: Request, key: UUID) -> HttpResponse:
    batch, recipe = opened(request, key)
    named = heads(batch)
    form = _columns_form(batch, recipe, named, sent(request))
    if accepted(form, lambda: _named(request, batch, form)):
        return back(batch)
    return _naming(request, batch, recipe, (named, form), FormForm())


def naming_page(request: Request, batch: ImportBatch, recipe: Recipe, *, by_form: FormForm) -> HttpResponse:
    """The same page, with what was wrong about the form that was to explain the columns."""
    named = heads(batch)
    return _naming(request, batch, recipe, (named, _columns_form(batch, recipe, named, None)), by_form)


def _columns_form(batch: ImportBatch, recipe: Recipe, named: list[Any], data: QueryDict | None) -> ColumnsForm:
    initial = ColumnsForm.initial_of(dict(batch.places), batch.options)
    return ColumnsForm(data, recipe=recipe, heads=[head.name for head in named], initial=initial)


def _naming(
    request: Request, batch: ImportBatch, recipe: Recipe, columns: tuple[list[Any], ColumnsForm], by_form: FormForm
) -> HttpResponse:
    named, form = columns
    context = {"form": form, "batch": batch, "rows": _questions(form, named), "notes": told(batch)}
    context |= {"by_form": by_form, **_about(request, batch, recipe)}
    wrong = bool(form.errors or by_form.errors)
    return shown(request, "columns", recipe, context, status=422 if wrong else 200)


def _questions(form: ColumnsForm, named: list[Any]) -> list[tuple[Any, Any]]:
    return [(head, form[f"kolom-{place}"]) for place, head in enumerate(named)]


def _about(request: Request, batch: ImportBatch, recipe: Recipe) -> dict[str, Any]:
    earlier = earlier_with(request.actor, batch)
    return {
        "name": batch.file_name.open(),
        "total": count_rows(batch).total,
        "needed": [column.label for column in recipe.columns if column.required],
        "earlier": reverse("imports:batch", args=[earlier.pk]) if earlier else "",
        "earlier_day": earlier.received_at if earlier else None,
    }


def _named(request: Request, batch: ImportBatch, form: ColumnsForm) -> None:
    map_columns(request.actor, batch, mapping=form.mapping(), options=form.options(), now=timezone.now())
    if batch.state == State.CHECKING and count_rows(batch).total <= AT_ONCE:
        check_rows(request.actor, batch, now=timezone.now())
    else:
        set_going(request, batch)
