"""Writing the minutes, and the two papers made of them."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.models import Event
from simpul.activities.queries.actions import brought_to
from simpul.activities.queries.minutes import minutes_of
from simpul.activities.services.minutes import write_minutes
from simpul.paper.records import OfficialRecord, print_record
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import accepted, kept_event
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.outcomes.forms import MinutesForm
from simpul.web.outcomes.noted import not_yet, notes_read, taken_over
from simpul.web.outcomes.promised import MOST, action_rows
from simpul.web.outcomes.recording import minutes_to_print, record_to_print

TAKE_OVER: Final = "catatan"


@signed_in
@form_page
def minutes(request: Request, event_id: UUID) -> HttpResponse:
    """What earlier meetings left open stands first: the meeting begins with it."""
    found, now = kept_event(request, event_id), timezone.now()
    if request.POST.get("langkah") == TAKE_OVER:
        return _taken_over(request, found)
    form = MinutesForm(sent(request), initial=MinutesForm.told(minutes_of(request.actor, found)))
    if accepted(form, lambda: write_minutes(request.actor, found, now=now, **form.said())):
        messages.success(request, _("The minutes are kept."))
        return redirect("outcomes:minutes", found.pk)
    return _shown(request, found, form)


def _taken_over(request: Request, found: Event) -> HttpResponse:
    """What is typed stays, and what was noted at the meeting stands below it. Nothing is kept until somebody looked."""
    written = {name: request.POST.get(name, "") for name in MinutesForm.base_fields}
    form = MinutesForm(initial={**written, **taken_over(notes_read(request.actor, found), written)})
    return _shown(request, found, form, taken=True)


def _shown(request: Request, found: Event, form: MinutesForm, *, taken: bool = False) -> HttpResponse:
    brought = action_rows(brought_to(found)[:MOST], timezone.now())
    written = {name: str(form[name].value() or "") for name in ("discussion", "decisions")}
    missing = not_yet(notes_read(request.actor, found), written)
    context: dict[str, Any] = {"event": found, "form": form, "brought": brought, "missing": missing, "taken": taken}
    return private(render(request, "outcomes/minutes.html", context, status=422 if form.errors else 200))


@signed_in
@require_safe
def printed(request: Request, event_id: UUID) -> HttpResponse:
    """*Notulensi*."""
    found = kept_event(request, event_id)
    return _paper(minutes_to_print(request.actor, found, timezone.now()), "notulensi.pdf")


@signed_in
@require_safe
def official(request: Request, event_id: UUID) -> HttpResponse:
    """*Berita acara*, with room to sign and to stamp."""
    found = kept_event(request, event_id)
    return _paper(record_to_print(request.actor, found, timezone.now()), "berita-acara.pdf")


def _paper(record: OfficialRecord, name: str) -> HttpResponse:
    response = HttpResponse(print_record(record), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return private(response)
