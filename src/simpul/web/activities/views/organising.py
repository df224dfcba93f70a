"""An event of one's own: begun with a few answers, then one part after the other, in any order."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.activities.kinds import Mode, Visibility
from simpul.activities.models import Event
from simpul.activities.queries.events import event_for
from simpul.activities.services.events import change_event, create_event
from simpul.activities.services.seats import set_capacity
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone, local_date
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import accepted, both_versions, kept_event
from simpul.web.activities.forms.events import PARTS, BeginForm, SeatsForm
from simpul.web.activities.keeping import hosts_of, kept_lists, series_kept
from simpul.web.activities.manage import next_step, parts_of, tasks_of
from simpul.web.activities.rows import event_rows, said
from simpul.web.editing.entry import sent
from simpul.web.editing.versions import VersionedForm, save
from simpul.web.http import Request
from simpul.web.outcomes.doors import doors_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def kept(request: Request) -> HttpResponse:
    """Drafts first, then what comes, then what was."""
    if not (hosts := hosts_of(request.actor)):
        raise Denied("event.manage")
    today = local_date(timezone.now(), Zone.WIB)
    context = {"hosts": hosts, "series": series_kept(request.actor), **kept_lists(request.actor, today)}
    return render(request, "activities/kept.html", context)


@signed_in
@form_page
def begin(request: Request) -> HttpResponse:
    hosts = hosts_of(request.actor)
    if not hosts:
        raise Denied("event.manage")
    names = {str(row.pk): row.name for row in hosts}
    language = get_language() or "id"
    series = {str(row.pk): said(row.title, language) for row in series_kept(request.actor)}
    zone = hosts[0].seat.zone if hosts[0].seat else Zone.WIB
    initial = {"key": uuid7(), "zone": zone.value, "mode": Mode.PLACE.value, "series": request.GET.get("seri", "")}
    form = BeginForm(sent(request), initial=initial, hosts=names, series=series)
    made: list[Event] = []
    if accepted(form, lambda: made.append(_begun(request, form))):
        messages.success(request, _("The draft is kept. Only you and your organisation see it until you announce it."))
        return redirect("activities:manage", made[0].pk)
    return render(request, "activities/begin.html", {"form": form}, status=422 if form.errors else 200)


def _begun(request: Request, form: BeginForm) -> Event:
    given = form.cleaned_data
    host = next(row for row in hosts_of(request.actor) if str(row.pk) == given["organisation"])
    wanted = given.get("series")
    series = next((row for row in series_kept(request.actor) if str(row.pk) == wanted), None)
    plain: dict[str, Any] = {name: given[name] for name in ("kind", "mode", "zone")}
    title, key = LocalizedText(id=given["title"]), given["key"]
    said = {**plain, **form.times(), "title": title, "visibility": Visibility.PUBLIC, "series": series}
    return create_event(request.actor, host, id=key, now=timezone.now(), **said)


@signed_in
@require_safe
def manage(request: Request, event_id: UUID) -> HttpResponse:
    """What is still to be done, part by part, and the one step that comes next."""
    found, now = kept_event(request, event_id), timezone.now()
    context = {
        "event": found,
        "row": event_rows([found], local_date(now, found.clock))[0],
        "parts": parts_of(found),
        "tasks": tasks_of(request.actor, found),
        "after": doors_of(request.actor, found, now),
        **next_step(found, now),
    }
    return render(request, "activities/manage.html", context)


@signed_in
@form_page
def part(request: Request, event_id: UUID, part: str) -> HttpResponse:
    """One part under its lock: saved, refused with what was typed, or both versions side by side."""
    found = kept_event(request, event_id)
    if part not in PARTS:
        raise NotFound("activities.event", event_id)
    title, kind = PARTS[part]
    form = kind.of(found, sent(request))
    if isinstance(form, SeatsForm):
        form.zoned({"zone": found.clock})
    return _saved(request, found, form) or _part_page(request, found, form, title)


def _saved(request: Request, found: Event, form: VersionedForm) -> HttpResponse | None:
    """None where it has to be asked again."""
    if not form.is_valid():
        return None
    fresh = lambda: event_for(request.actor, found.pk)  # noqa: E731
    if met := save(form, fresh, lambda said, seen: _write(request, found, said, seen)):
        return both_versions(request, met, str(found), reverse("activities:manage", args=[found.pk]))
    if not accepted(form, lambda: _seats(request, found, form)):
        return None
    messages.success(request, _("Saved."))
    return redirect("activities:manage", found.pk)


def _write(request: Request, found: Event, said: dict[str, Any], seen: int) -> None:
    for name in ("title", "summary"):
        if said.get(name):
            said[name] = LocalizedText(said[name])
    change_event(request.actor, found, seen=seen, now=timezone.now(), **said)


def _seats(request: Request, found: Event, form: VersionedForm) -> None:
    """How many seats there are is no word about the event: those who wait may get one."""
    if form.errors or not isinstance(form, SeatsForm):
        return
    if form.cleaned_data["capacity"] != found.capacity:
        fresh = event_for(request.actor, found.pk)
        set_capacity(request.actor, fresh, capacity=form.cleaned_data["capacity"], now=timezone.now())


def _part_page(request: Request, found: Event, form: VersionedForm, title: Any) -> HttpResponse:
    up = reverse("activities:manage", args=[found.pk])
    context = {"form": form, "title": title, "seen": form.seen(found), "up": up, "up_named": str(found)}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)
