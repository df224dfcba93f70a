"""What every page of an organiser begins and ends with."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from simpul.activities.models import Event, Session
from simpul.activities.queries.events import event_for, session_for
from simpul.activities.rules.events import require_manager, require_receiver
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search, directory
from simpul.web.accounts.guards import private
from simpul.web.components import Text
from simpul.web.editing.versions import Meeting
from simpul.web.http import Request

# What services call a time -> the field of a form in which it was written.
_FIELDS: Final[Mapping[str, str]] = {"starts_at": "day", "ends_at": "ends"}


def kept_event(request: Request, event_id: UUID) -> Event:
    """NotFound out of sight, Denied("event.manage")."""
    found = event_for(request.actor, event_id)
    require_manager(request.actor, found)
    return found


def received_event(request: Request, event_id: UUID) -> Event:
    """NotFound out of sight, Denied("attendance.record")."""
    found = event_for(request.actor, event_id)
    require_receiver(request.actor, found)
    return found


def received_session(request: Request, session_id: UUID) -> Session:
    """With its event. NotFound where the event is out of sight, Denied("attendance.record")."""
    session = session_for(request.actor, session_id)
    require_receiver(request.actor, session.event)
    return session


def organisation_meant(request: Request, words: str) -> Organisation:
    """The one of the directory that is called that. Invalid("unknown", "search") where nobody is, or several are."""
    rows = directory(request.actor, Search(text=words), limit=2).rows
    if len(rows) != 1:
        message = _("Several are called that. Write the whole name.") if rows else _("Nobody is called that.")
        raise Invalid("unknown", "search", message=message)
    return rows[0]


def accepted(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Whether the service took it; what it refused stands beside its field, with everything typed kept."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as refusal:
        name = _FIELDS.get(refusal.field or "", refusal.field)
        form.add_error(name if name in form.fields else None, str(refusal.message))
    except Conflict as refusal:
        form.add_error(None, str(refusal.message))
    return not form.errors


def asked(
    request: Request,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    title: Text,
    said: Text,
    back: str,
    to: Iterable[object] = (),
    **more: Any,
) -> HttpResponse:
    """One form on a page; once it is taken, on to the page `back`. `more`: lead, action, up, danger."""
    if request.method == "POST" and accepted(form, act):
        messages.success(request, str(said))
        return redirect(back, *to)
    context = {"form": form, "title": title, **more}
    return private(render(request, "activities/form.html", context, status=422 if form.errors else 200))


def both_versions(request: Request, met: Meeting, name: str, back: str) -> HttpResponse:
    """Somebody was faster: what each wrote, side by side."""
    context = {"meeting": met, "name": name, "action": request.path, "back": back}
    return render(request, "editing/conflict.html", context, status=409)


def pressed(
    request: Request, act: Callable[[], object], *, said: Text, back: str, to: Iterable[object] = ()
) -> HttpResponse:
    """A button without a form: what is refused is said on the page one comes back to."""
    try:
        act()
    except (Invalid, Conflict) as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, str(said))
    return redirect(back, *to)
