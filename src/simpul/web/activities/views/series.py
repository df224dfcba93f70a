"""A series of one's own."""

from collections.abc import Mapping
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
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import accepted, asked, both_versions
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
    names = {key: row.name for key, row in hosts.items()}
    form = SeriesForm(sent(request), initial=_first_answers(), hosts=names)
    made: list[EventSeries] = []
    act = lambda: made.append(_made(request, form, hosts))  # noqa: E731
    if accepted(form, act):
        messages.success(request, _("The series is there. Its events get their numbers by themselves."))
        return redirect("activities:series", made[0].pk)
    up = reverse("activities:kept")
    context = {"form": form, "title": _("A new series"), "up": up, "up_named": _("Events you organise")}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _made(request: Request, form: SeriesForm, hosts: Mapping[str, Organisation]) -> EventSeries:
    host = hosts[form.cleaned_data["organisation"]]
    return create_series(request.actor, host, now=timezone.now(), **form.said())


def _first_answers() -> dict[str, Any]:
    today = local_date(timezone.now(), Zone.WIB)
    usual = {"kind": EventKind.WEBINAR, "rhythm": Rhythm.WEEKLY, "visibility": Visibility.PUBLIC}
    return {"key": uuid7(), "starts_on": today, **usual}


def _kept(request: Request, series_id: UUID) -> EventSeries:
    found = one_series_for(request.actor, series_id)
    require_series_manager(request.actor, found)
    return found


@signed_in
@form_page
def change(request: Request, series_id: UUID) -> HttpResponse:
    found = _kept(request, series_id)
    form = SeriesChangeForm.of(found, sent(request))
    if answer := _changed(request, found, form):
        return answer
    up = reverse("activities:series", args=[found.pk])
    context = {"form": form, "title": _("Change the series"), "seen": form.seen(found)}
    context |= {"up": up, "up_named": str(found)}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _changed(request: Request, found: EventSeries, form: SeriesChangeForm) -> HttpResponse | None:
    """None where it has to be asked again."""
    if not form.is_valid():
        return None
    fresh = lambda: _kept(request, found.pk)  # noqa: E731
    if met := save(form, fresh, lambda said, seen: _write(request, found, said, seen)):
        return both_versions(request, met, str(found), reverse("activities:series", args=[found.pk]))
    if form.errors:
        return None
    messages.success(request, _("Saved."))
    return redirect("activities:series", found.pk)


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
