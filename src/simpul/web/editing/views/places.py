"""Where an organisation sits, and where it works."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation, WorkingArea
from simpul.organisations.queries.profiles import working_areas_of
from simpul.organisations.services.places import add_working_area, end_working_area, set_seat
from simpul.territory.models import Area
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted, both_versions, changed_already, entry, form_page, sent
from simpul.web.editing.forms.entries import EndForm, SeatForm, WorkingAreaForm
from simpul.web.editing.versions import save
from simpul.web.http import Request


@signed_in
def places(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    form = SeatForm.of(row, sent(request))

    if form.is_valid():
        if met := save(form, lambda: Organisation.objects.get(pk=row.pk), _writer(request, row)):
            return both_versions(request, row, met)
        if not form.errors:
            return _back(request, key, _("The seat is saved."))
    areas = working_areas_of(row, local_date(timezone.now(), Zone.WIB))
    context = {"row": row, "areas": areas, "seen": form.seen(row), "adding": WorkingAreaForm()}
    return form_page(request, "places", form, context)


def _writer(request: Request, row: Organisation) -> Callable[[dict[str, Any], int], object]:
    def write(changes: dict[str, Any], seen_version: int) -> object:
        seat = Area.objects.get(pk=changes["seat"]) if changes["seat"] else None
        return set_seat(request.actor, row, seat=seat, seen_version=seen_version, now=timezone.now())

    return write


def _back(request: Request, key: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("editing:places", key)


@signed_in
def add(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    form = WorkingAreaForm(sent(request))
    if accepted(form, lambda: add_working_area(request.actor, row, now=timezone.now(), **form.cleaned_data)):
        return _back(request, key, _("The area is added: it is found there now."))
    return form_page(request, "form", form, {"row": row, "title": _("Add an area it works in")})


@signed_in
def end(request: Request, key: UUID, row: UUID) -> HttpResponse:
    """Sent twice, the second answer says that it is done."""
    organisation = entry(request, key)
    found = WorkingArea.objects.filter(pk=row, organisation=organisation).select_related("area", "organisation").first()
    if found is None:
        raise NotFound("organisations.workingarea", row)
    if request.method != "POST" and found.superseded_at is not None:
        return changed_already(request, "editing:places", organisation)
    form = EndForm(sent(request))
    if accepted(form, lambda: end_working_area(request.actor, found, now=timezone.now(), **form.cleaned_data)):
        return _back(request, key, _("Saved: it no longer works there."))
    title = _("No longer works in %(area)s") % {"area": found.area.title}
    return form_page(request, "form", form, {"row": organisation, "title": title})
