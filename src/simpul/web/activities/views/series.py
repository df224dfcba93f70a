"""A series of one's own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.activities.kinds import EventKind, Rhythm, Visibility
from simpul.activities.models import EventSeries
from simpul.activities.queries.events import one_series_for
from simpul.activities.rules.events import require_series_manager
from simpul.activities.services.series import add_break, change_series, create_series
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone, local_date
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import accepted, asked
from simpul.web.activities.forms.series import BreakForm, SeriesChangeForm, SeriesForm
from simpul.web.activities.keeping import hosts_of
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.editing.versions import save
from simpul.web.http import Request


@signed_in
@form_page
def begin(request: Request) -> HttpResponse:
    if not (hosts := {str(row.pk): row for row in hosts_of(request.actor)}):
        raise Denied("event.manage")
    today = local_date(timezone.now(), Zone.WIB)
    first = {"kind": EventKind.WEBINAR, "rhythm": Rhythm.WEEKLY, "visibility": Visibility.PUBLIC, "starts_on": today}
    form = SeriesForm(
        sent(request), initial={"key": uuid7(), **first}, hosts={key: row.name for key, row in hosts.items()}
    )
    made: list[EventSeries] = []

    def act() -> None:
        host = hosts[form.cleaned_data["organisation"]]
        made.append(create_series(request.actor, host, now=timezone.now(), **form.said()))

    if accepted(form, act):
        messages.success(request, _("The series is there. Its events get their numbers by themselves."))
        return redirect("activities:series", made[0].pk)
    up = reverse("activities:kept")
    context = {"form": form, "title": _("A new series"), "up": up, "up_named": _("Events you organise")}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _kept(request: Request, series_id: UUID) -> EventSeries:
    found = one_series_for(request.actor, series_id)
    require_series_manager(request.actor, found)
    return found


@signed_in
@form_page
def change(request: Request, series_id: UUID) -> HttpResponse:
    found = _kept(request, series_id)
    form = SeriesChangeForm.of(found, sent(request))
    up = reverse("activities:series", args=[found.pk])
    if form.is_valid():
        met = save(form, lambda: _kept(request, series_id), lambda said, seen: _write(request, found, said, seen))
        if met:
            both = {"meeting": met, "name": str(found), "action": request.path, "back": up}
            return render(request, "editing/conflict.html", both, status=409)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("activities:series", found.pk)
    context = {
        "form": form,
        "title": _("Change the series"),
        "seen": form.seen(found),
        "up": up,
        "up_named": str(found),
    }
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _write(request: Request, found: EventSeries, said: dict[str, Any], seen: int) -> None:
    for name in ("title", "about"):
        if said.get(name):
            said[name] = LocalizedText(said[name])
    change_series(request.actor, found, seen=seen, now=timezone.now(), **said)


@signed_in
@form_page
def pause(request: Request, series_id: UUID) -> HttpResponse:
    found = _kept(request, series_id)
    form = BreakForm(sent(request))
    act = lambda: add_break(request.actor, found, now=timezone.now(), **form.cleaned_data)  # noqa: E731
    return asked(
        request, form, act, title=_("Days on which none is due"), said=_("Noted: these days are not missed."),
        back="activities:series", to=[found.pk], up=reverse("activities:series", args=[found.pk]), up_named=str(found),
    )  # fmt: skip
