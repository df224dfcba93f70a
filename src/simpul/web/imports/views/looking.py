"""An import as it stands: while something goes on, to be looked through, and afterwards."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from simpul.interop.models import ImportBatch, ImportRow, Outcome, RowState, State
from simpul.interop.queries import (
    cells_of,
    count_rows,
    holds_strange,
    is_undoable,
    reading_of,
    row_for,
    rows_of,
)
from simpul.interop.recipes import Recipe, faults_of
from simpul.interop.services.checking import mend_row
from simpul.interop.tables import words_of
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request
from simpul.web.imports.entry import opened, set_going, shown
from simpul.web.imports.panels import results, shown_rows, stats
from simpul.web.imports.tasks import Standing, standing_of

PAGE = 25
REFRESH = "3"
GOING_ON = (State.RECEIVING, State.CHECKING, State.APPLYING, State.UNDOING)
WRONG = (Outcome.REFUSED, Outcome.KEPT)


@signed_in
def batch(request: Request, key: UUID) -> HttpResponse:
    found, recipe = opened(request, key)
    if found.state == State.MAPPING:
        return redirect("imports:columns", key)
    if found.state in GOING_ON:
        return _going_on(request, found, recipe)
    if found.state == State.REVIEW:
        return _review(request, found, recipe)
    return _result(request, found, recipe)


def _going_on(request: Request, found: ImportBatch, recipe: Recipe) -> HttpResponse:
    """Looked at again every few seconds, until it has stopped. By its button that is set going again."""
    if request.method == "POST":
        set_going(request, found)
        return redirect("imports:batch", found.pk)
    counts = count_rows(found)
    done = counts.checked if found.state == State.CHECKING else counts.settled
    if found.state == State.UNDOING:
        done = counts.total - counts.outcomes.get(Outcome.WRITTEN, 0) - counts.outcomes.get(Outcome.MERGED, 0)
    standing = standing_of(found, timezone.now())
    context = {"batch": found, "standing": standing, "done": done, "total": counts.total}
    page = shown(request, "going-on", recipe, context)
    if standing == Standing.MOVING:
        page.headers["Refresh"] = REFRESH
    return page


def _review(request: Request, found: ImportBatch, recipe: Recipe) -> HttpResponse:
    counts = count_rows(found)
    state = _state(request.GET.get("lihat", ""), counts.states)
    rows, older = _page(rows_of(found).filter(state=state), request, f"lihat={state}")
    desk = recipe.desk(request.actor, found, now=timezone.now())
    told = {"counts": counts, "stats": stats(found, counts), "faulty": counts.states.get(RowState.FAULTY, 0)}
    told["strange"] = told["faulty"] and holds_strange(found)
    listed = {"state": state, "rows": shown_rows(found, recipe, desk, rows), "older": older}
    context = {"batch": found, "name": found.file_name.open(), **told, **listed}
    return shown(request, "review", recipe, context)


def _state(wanted: str, states: Mapping[str, int]) -> str:
    """What was asked for; else what needs somebody."""
    if wanted in RowState.values:
        return wanted
    return str(RowState.FAULTY if states.get(RowState.FAULTY) else RowState.READY)


def _page(rows: QuerySet[ImportRow], request: Request, kept: str) -> tuple[list[ImportRow], str]:
    after = request.GET.get("setelah", "")
    found = list(rows.filter(number__gt=int(after) if after.isdecimal() else 0)[: PAGE + 1])
    older = f"?{kept}&setelah={found[PAGE - 1].number}" if len(found) > PAGE else ""
    return found[:PAGE], older


def _result(request: Request, found: ImportBatch, recipe: Recipe) -> HttpResponse:
    wrong, older = _page(rows_of(found).filter(outcome__in=WRONG), request, "")
    made = rows_of(found).filter(outcome__in=(Outcome.WRITTEN, Outcome.MERGED)).defer("cells")[:PAGE]
    desk = recipe.desk(request.actor, found, now=timezone.now())
    context = {
        "batch": found,
        "name": found.file_name.open(),
        "results": results(count_rows(found)),
        "wrong": wrong,
        "made": list(desk.named([row.made for row in made]).values()),
        "older": older,
        "undoable": is_undoable(found, timezone.now()),
        "remarks": desk.remarks() if found.state == State.DONE else (),
    }
    return shown(request, "result", recipe, context)


@signed_in
def mend(request: Request, key: UUID, row: UUID) -> HttpResponse:
    """One row, cell by cell, each with what is wrong with it."""
    found, recipe = opened(request, key)
    wanted = row_for(request.actor, found, row)
    form = _mend_form(request, found, recipe, wanted)
    if accepted(form, lambda: _mended(request, wanted, form)) and wanted.state != RowState.FAULTY:
        return redirect(f"{reverse('imports:batch', args=[key])}?lihat={RowState.FAULTY}")
    _point_out(form, found, recipe, wanted, request)
    context = {"batch": found, "row": wanted, "form": form}
    return shown(request, "mend", recipe, context, status=422 if request.method == "POST" else 200)


def _mend_form(request: Request, found: ImportBatch, recipe: Recipe, row: ImportRow) -> forms.Form:
    form = forms.Form(sent(request))
    cells = cells_of(row)
    for place, name in sorted(found.places.items()):
        column = recipe.column(name)
        if column is not None:
            words = words_of(cells[place]) if place < len(cells) else ""
            form.fields[f"kolom-{place}"] = forms.CharField(
                label=str(column.label), required=False, max_length=5_000, initial=words, help_text=str(column.hint)
            )
    return form


def _mended(request: Request, row: ImportRow, form: forms.Form) -> None:
    cells = {int(name.removeprefix("kolom-")): words for name, words in form.cleaned_data.items()}
    mend_row(request.actor, row, cells=cells, now=timezone.now())


def _point_out(form: forms.Form, found: ImportBatch, recipe: Recipe, row: ImportRow, request: Request) -> None:
    """The row's faults as the form's errors, also before anything was sent."""
    if not form.is_bound:
        form.is_bound, form.data = True, {name: field.initial for name, field in form.fields.items()}
        form.full_clean()
    desk = recipe.desk(request.actor, found, now=timezone.now())
    places = {name: place for place, name in found.places.items()}
    for fault in faults_of(recipe, desk, found.places, cells_of(row), reading_of(found)):
        field = f"kolom-{places[fault.column]}" if fault.column in places else None
        form.add_error(field, str(fault.message))
