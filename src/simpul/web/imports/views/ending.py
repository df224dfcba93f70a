"""Confirming, throwing away, taking back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.interop.models import Decision, ImportBatch, Outcome, RowState
from simpul.interop.queries import count_rows, earlier_with, is_undoable, rows_of
from simpul.interop.services.applying import TOGETHER, apply_rows
from simpul.interop.services.deciding import confirm_import
from simpul.interop.services.staging import drop_import
from simpul.interop.services.undoing import undo_import, undo_rows
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request
from simpul.web.imports.entry import opened, set_going, shown


@signed_in
def confirm(request: Request, key: UUID) -> HttpResponse:
    """What will happen, then that it does. Few rows are written while one waits, many by the worker."""
    batch, recipe = opened(request, key)
    if request.method == "POST":
        confirm_import(request.actor, batch, now=timezone.now())
        if rows_of(batch).filter(outcome=Outcome.WAITING).count() > TOGETHER:
            set_going(request, batch)
        else:
            apply_rows(request.actor, batch, now=timezone.now())
        return redirect("imports:batch", key)
    context = {"batch": batch, "plan": _plan(batch), "earlier": earlier_with(request.actor, batch)}
    return shown(request, "confirm", recipe, context)


def _plan(batch: ImportBatch) -> dict[str, int]:
    counts = count_rows(batch)
    alike = rows_of(batch).filter(state=RowState.ALIKE)
    merged = alike.filter(decision=Decision.MERGE).count()
    kept = alike.filter(decision=Decision.NEW).count()
    skipped = alike.filter(decision=Decision.SKIP).count()
    return {
        "new": counts.states.get(RowState.READY, 0) + kept,
        "merged": merged,
        "left": counts.states.get(RowState.FAULTY, 0) + skipped,
        "undecided": counts.undecided,
    }


@signed_in
def drop(request: Request, key: UUID) -> HttpResponse:
    batch, recipe = opened(request, key)
    if request.method == "POST":
        drop_import(request.actor, batch)
        messages.success(request, _("The file was thrown away. Nothing of it was entered."))
        return redirect("imports:home")
    return shown(request, "drop", recipe, {"batch": batch, "name": batch.file_name.open()})


@signed_in
def undo(request: Request, key: UUID) -> HttpResponse:
    batch, recipe = opened(request, key)
    done = rows_of(batch).filter(outcome__in=(Outcome.WRITTEN, Outcome.MERGED)).count()
    if request.method == "POST":
        undo_import(request.actor, batch, now=timezone.now())
        if done > TOGETHER:
            set_going(request, batch)
        else:
            undo_rows(request.actor, batch, now=timezone.now())
        return redirect("imports:batch", key)
    context = {"batch": batch, "done": done, "undoable": is_undoable(batch, timezone.now())}
    return shown(request, "undo", recipe, context)
