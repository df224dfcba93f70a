"""Points before and after a training: typed for many at once, or pasted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.activities.models import Event
from simpul.activities.queries.scores import Line, gain_of, lines_of, scored_for
from simpul.activities.services.scores import Points, put_scores
from simpul.kernel.errors import Conflict, Invalid
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import received_event
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.outcomes.forms import PasteForm
from simpul.web.outcomes.marks import ScoreForm, gain_told, read_lines

PAGE = "outcomes:scores"


@signed_in
@form_page
def scores(request: Request, event_id: UUID) -> HttpResponse:
    """Two fields for each participant. What is emptied is erased."""
    found = received_event(request, event_id)
    people = scored_for(request.actor, found)
    form = ScoreForm(sent(request), people=people)
    if form.is_valid() and _put(request, found, form, form.points()):
        return redirect(PAGE, found.pk)
    context = {"event": found, "form": form, "rows": form.rows(), "gain": gain_told(gain_of(found))}
    return private(render(request, "outcomes/scores.html", context, status=422 if form.errors else 200))


def _put(request: Request, found: Event, form: Any, rows: dict[UUID, Points]) -> bool:
    try:
        changed = put_scores(request.actor, found, rows=rows, now=timezone.now())
    except (Invalid, Conflict) as refusal:
        form.add_error(None, str(refusal.message))
        return False
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return True


@signed_in
@form_page
def paste(request: Request, event_id: UUID) -> HttpResponse:
    """From Excel: what can be matched is put in at once, the rest stays in the field with the reason."""
    found = received_event(request, event_id)
    form = PasteForm(sent(request))
    missed: list[tuple[Line, str]] = []
    if form.is_valid():
        missed = _pasted(request, found, form)
        if not missed and not form.errors:
            return redirect(PAGE, found.pk)
        form = PasteForm(initial={"lines": "\n".join(_typed(line) for line, _why in missed)})
    context = {"event": found, "form": form, "missed": missed}
    return private(render(request, "outcomes/scores-paste.html", context, status=422 if missed or form.errors else 200))


def _pasted(request: Request, found: Event, form: PasteForm) -> list[tuple[Line, str]]:
    """What could not be put in, each with why."""
    rows, missed = read_lines(lines_of(scored_for(request.actor, found), form.cells()))
    if rows:
        _put(request, found, form, rows)
    return missed


def _typed(line: Line) -> str:
    return "\t".join((line.name, line.before, line.after))
