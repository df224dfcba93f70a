"""Rows that may be there already, beside what is there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from simpul.interop.models import Decision, ImportBatch, ImportRow, RowState
from simpul.interop.queries import count_rows, row_for, rows_of
from simpul.interop.services.deciding import decide_all, decide_row
from simpul.kernel.errors import Invalid
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request
from simpul.web.imports import panels
from simpul.web.imports.entry import opened, shown
from simpul.web.imports.forms import AllForm, DecideForm

PAGE = 10


@signed_in
@require_safe
def doubles(request: Request, key: UUID) -> HttpResponse:
    """Ten at a time, the undecided first where none is asked for."""
    batch, recipe = opened(request, key)
    everything = request.GET.get("lihat") == "semua"
    found = _wanted(batch, request.GET.get("setelah", ""), everything=everything)
    desk = recipe.desk(request.actor, batch, now=timezone.now())
    context = {
        "batch": batch,
        "counts": count_rows(batch),
        "doubles": panels.doubles(batch, recipe, desk, found[:PAGE]),
        "everything": everything,
        "older": f"?{'lihat=semua&' if everything else ''}setelah={found[PAGE - 1].number}" if found[PAGE:] else "",
    }
    return shown(request, "doubles", recipe, context)


def _wanted(batch: ImportBatch, after: str, *, everything: bool) -> list[ImportRow]:
    """A page of them, and one more where there are more."""
    rows = rows_of(batch).filter(state=RowState.ALIKE)
    wanted = rows if everything else rows.filter(decision=Decision.NONE)
    return list(wanted.filter(number__gt=int(after) if after.isdecimal() else 0)[: PAGE + 1])


@signed_in
@require_POST
def decide(request: Request, key: UUID, row: UUID) -> HttpResponse:
    batch, _recipe = opened(request, key)
    wanted = row_for(request.actor, batch, row)
    form = DecideForm(request.POST, columns=sorted(set(batch.places.values())))
    if not form.is_valid():
        raise Invalid("decision", "decision")
    decide_row(request.actor, wanted, **form.cleaned_data)
    return redirect(f"{reverse('imports:doubles', args=[key])}#isi")


@signed_in
@require_POST
def all_alike(request: Request, key: UUID) -> HttpResponse:
    """The same for all that is left."""
    batch, _recipe = opened(request, key)
    form = AllForm(request.POST)
    if not form.is_valid():
        raise Invalid("decision", "decision")
    decide_all(request.actor, batch, decision=form.cleaned_data["decision"])
    return redirect("imports:batch", key)
