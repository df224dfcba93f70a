"""At the door, and after it: who was there, counted as it is known."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.kinds import How, Mode
from simpul.activities.models import Attendance, Event, Participant, Session
from simpul.activities.queries.attendance import tally
from simpul.activities.queries.registrations import find_participants
from simpul.activities.services.attendance import CheckIn, check_in, undo_check_in, walk_in
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.arrivals import Arrived, arrivals_of, arrived, found_rows, sessions_told, tally_told
from simpul.web.activities.entry import accepted, asked, received_event, received_session
from simpul.web.activities.forms.attendance import CodeForm, SearchForm, UndoForm, WalkInForm
from simpul.web.activities.rows import event_rows
from simpul.web.activities.views.organising import form_page
from simpul.web.activities.when import when
from simpul.web.editing.entry import sent
from simpul.web.http import Request

ACT = "langkah"
CODE, SEARCH, NOTE = "kode", "cari", "catat"


@signed_in
@require_safe
def attendance(request: Request, event_id: UUID) -> HttpResponse:
    """Each session with its doors, and who came, by all that may be counted."""
    found = received_event(request, event_id)
    counted = tally(found)
    context = {
        "event": found,
        "row": event_rows([found], local_date(timezone.now(), found.clock))[0],
        "sessions": sessions_told(found, counted),
        "report": _report(found),
        **tally_told(counted),
    }
    return private(render(request, "activities/attendance.html", context))


def _report(found: Event) -> str:
    """Where the report of its meeting is read; "" where there was none, or nobody is named."""
    if found.mode == Mode.PLACE or found.is_sensitive or found.starts_at > timezone.now():
        return ""
    return f"{reverse('imports:upload', args=['meetings'])}?untuk={found.pk}"


@signed_in
@form_page
def door(request: Request, session_id: UUID) -> HttpResponse:
    """Scanned, typed, found by name: each is one press, and the page is ready for the next."""
    session = received_session(request, session_id)
    acts = {CODE: _by_code, SEARCH: _searched, NOTE: _by_name}
    act = acts.get(request.POST.get(ACT, ""))
    context = {**_waiting(session), **(act(request, session) if act else {})}
    if request.headers.get("HX-Request"):
        # htmx puts in place only what came back well; the words say what was wrong.
        return private(render(request, "activities/_came.html", context))
    context |= arrivals_of(request.actor, session)
    refused = context["code"].errors or context["search"].errors
    return private(render(request, "activities/door.html", context, status=422 if refused else 200))


def _waiting(session: Session) -> dict[str, Any]:
    event = session.event
    times = when(session.starts_at, session.ends_at, event.clock)
    return {"session": session, "event": event, "when": times, "code": CodeForm(), "search": SearchForm()}


def _by_code(request: Request, session: Session) -> dict[str, Any]:
    form = CodeForm(request.POST)
    done = _checked_in(request, session, form, lambda: {"shown": form.cleaned_data["code"], "how": How.QR})
    return {"came": done} if done else {"code": form}


def _by_name(request: Request, session: Session) -> dict[str, Any]:
    """Somebody who was found on the list."""
    try:
        key = UUID(request.POST.get("participant", ""))
    except ValueError as error:
        raise NotFound("activities.participant") from error
    person = Participant.objects.filter(pk=key, event=session.event).first()
    if person is None:
        raise NotFound("activities.participant", key)
    form = CodeForm({"code": "-"})  # what is refused is said where a code would be
    done = _checked_in(request, session, form, lambda: {"participant": person, "how": How.SEARCH})
    return {"came": done} if done else {"code": form}


def _checked_in(
    request: Request, session: Session, form: CodeForm, whom: Callable[[], dict[str, Any]]
) -> Arrived | None:
    done: list[CheckIn] = []
    act = lambda: done.append(check_in(request.actor, session, now=timezone.now(), **whom()))  # noqa: E731
    return arrived(done[0], session.event) if accepted(form, act) else None


def _searched(request: Request, session: Session) -> dict[str, Any]:
    form = SearchForm(request.POST)
    if not form.is_valid():
        return {"search": form}
    found = find_participants(request.actor, session.event, form.cleaned_data["text"])
    return {"search": form, "rows": found_rows(session, found)}


@signed_in
@form_page
def walked_in(request: Request, session_id: UUID) -> HttpResponse:
    """Somebody who is on no list."""
    session = received_session(request, session_id)
    form = WalkInForm(sent(request), event=session.event, initial={"key": uuid7()})
    act = lambda: walk_in(  # noqa: E731
        request.actor, session, id=form.cleaned_data["key"], details=form.details(), now=timezone.now()
    )
    up = reverse("activities:door", args=[session.pk])
    return asked(
        request, form, act, title=_("Somebody who did not register"), said=_("Noted: they are here."),
        back="activities:door", to=[session.pk], up=up, up_named=_("At the door"), action=_("They are here"),
    )  # fmt: skip


@signed_in
@form_page
def undo(request: Request, attendance_id: UUID) -> HttpResponse:
    row = Attendance.objects.filter(pk=attendance_id).select_related("session", "participant").first()
    if row is None:
        raise NotFound("activities.attendance", attendance_id)
    row.session = received_session(request, row.session_id)
    form = UndoForm(sent(request))
    act = lambda: undo_check_in(  # noqa: E731
        request.actor, row, reason=form.cleaned_data["reason"], now=timezone.now()
    )
    up = reverse("activities:door", args=[row.session_id])
    return asked(
        request, form, act, title=_("They were not there"), said=_("Taken back; the reason is kept."),
        back="activities:door", to=[row.session_id], up=up, up_named=_("At the door"), action=_("Was not there"),
        lead=row.participant.name.open() if row.participant.name else "",
    )  # fmt: skip
