"""The notes of a meeting, written and corrected where there is a signal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.activities.models import MeetingNote
from simpul.activities.queries.notes import note_for, notes_of
from simpul.activities.services.notes import change_note, write_note
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import accepted, received_session
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.offline.forms import ChangeForm, NoteForm


@signed_in
@form_page
def notes(request: Request, session_id: UUID) -> HttpResponse:
    """What was said, in its order, and the next paragraph."""
    session = received_session(request, session_id)
    form = NoteForm(sent(request), initial={"key": uuid7(), "kind": "discussed"})
    write = lambda: write_note(  # noqa: E731
        request.actor, session, id=form.cleaned_data["key"], kind=form.cleaned_data["kind"],
        text=form.cleaned_data["text"], now=timezone.now(),
    )  # fmt: skip
    if request.method == "POST" and accepted(form, write):
        return redirect("offline:notes", session.pk)
    rows = [(row, row.text.open()) for row in notes_of(request.actor, session.event) if row.session_id == session.pk]
    context = {"session": session, "event": session.event, "form": form, "rows": rows}
    return private(render(request, "offline/notes.html", context, status=422 if form.errors else 200))


@signed_in
@form_page
def note(request: Request, note_id: UUID) -> HttpResponse:
    """One of them, corrected; what somebody else wrote meanwhile is shown beside it."""
    found = note_for(request.actor, note_id)
    told = {"kind": found.kind, "text": found.text.open(), "seen": found.version}
    form, status, theirs = ChangeForm(sent(request), initial=told), 200, None
    if request.method == "POST" and form.is_valid():
        try:
            if accepted(form, lambda: _changed(request, found, form)):
                messages.success(request, _("The note is changed."))
                return redirect("offline:notes", found.session_id)
        except _Met as met:
            form, status, theirs = form.having_seen(found.version), 409, met.theirs
    context = {"note": found, "form": form, "theirs": theirs}
    status = 422 if form.errors else status
    return private(render(request, "offline/note.html", context, status=status))


class _Met(Exception):
    """Somebody was faster."""

    def __init__(self, theirs: str) -> None:
        super().__init__("met")
        self.theirs = theirs


def _changed(request: Request, found: MeetingNote, form: ChangeForm) -> None:
    given = form.cleaned_data
    try:
        change_note(
            request.actor, found, seen=given["seen"], kind=given["kind"], text=given["text"], now=timezone.now()
        )
    except Conflict as conflict:
        raise _Met(str(conflict.theirs["text"])) from conflict
