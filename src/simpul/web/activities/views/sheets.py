"""Paper at the door: the sheet to sign, what was signed put in, and heads where nobody is named."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.kinds import How
from simpul.activities.models import Participant, Session
from simpul.activities.services.attendance import check_in, count_heads, walk_in
from simpul.paper.attendance import print_attendance
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import accepted, received_session
from simpul.web.activities.forms.attendance import HeadsForm, SignedForm, SignedRows, blank_rows
from simpul.web.activities.printing import expected_of, heads_of, sheet_of
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request


@signed_in
@require_safe
def printed(request: Request, session_id: UUID) -> HttpResponse:
    """*Daftar hadir*: who has a seat, then empty lines. Of a sensitive event empty lines alone, without names."""
    session = received_session(request, session_id)
    content = print_attendance(sheet_of(request.actor, session, timezone.now()))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="daftar-hadir.pdf"'
    return private(response)


@signed_in
@form_page
def signed(request: Request, session_id: UUID) -> HttpResponse:
    """The sheet, put in from top to bottom: those on the list are ticked, the others written."""
    session = received_session(request, session_id)
    expected = expected_of(request.actor, session)
    data = sent(request)
    form = SignedForm(data, people=[(str(row.pk), name) for row, name in expected])
    rows = SignedRows(data, initial=None if data else blank_rows(), prefix="baris")
    if rows.is_bound and rows.is_valid() and accepted(form, lambda: _put_in(request, session, form, rows, expected)):
        messages.success(request, _("The sheet is in. Photograph it and keep the picture with the materials."))
        return redirect("activities:attendance", session.event_id)
    failed = bool(form.errors or (rows.is_bound and not rows.is_valid()))
    context = {"session": session, "event": session.event, "form": form, "rows": rows, "some": bool(expected)}
    return private(render(request, "activities/signed.html", context, status=422 if failed else 200))


def _put_in(request: Request, session: Session, form: SignedForm, rows: Any, expected: Any) -> None:
    """All of the sheet or nothing of it; put in twice, everybody is there once."""
    now = timezone.now()
    people: dict[str, Participant] = {str(row.pk): row for row, _name in expected}
    with transaction.atomic():
        for key in form.cleaned_data["present"]:
            check_in(request.actor, session, participant=people[key], how=How.SHEET, now=now)
        for row in rows:
            if row.cleaned_data.get("name"):
                key = row.cleaned_data["key"]
                walk_in(request.actor, session, id=key, details=row.details(), how=How.SHEET, now=now)


@signed_in
@form_page
def heads(request: Request, session_id: UUID) -> HttpResponse:
    """How many, and of whom; never who."""
    session = received_session(request, session_id)
    form = HeadsForm(sent(request), initial=heads_of(session))
    act = lambda: count_heads(request.actor, session, rows=form.heads(), now=timezone.now())  # noqa: E731
    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Counted."))
        return redirect("activities:attendance", session.event_id)
    context = {
        "session": session,
        "event": session.event,
        "form": form,
        "up": reverse("activities:attendance", args=[session.event_id]),
    }
    return private(render(request, "activities/heads.html", context, status=422 if form.errors else 200))
