"""Seats kept for the members of a group."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.models import Event, SeatReservation
from simpul.activities.queries.seats import reservations_of, seats_of
from simpul.activities.rules.events import require_manager
from simpul.activities.services.seats import release_seats, reserve_seats
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import accepted, kept_event, organisation_meant, pressed
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.inviting.forms import SeatsForm

PAGE = "inviting:seats"


@signed_in
@form_page
def seats(request: Request, event_id: UUID) -> HttpResponse:
    """What is kept for whom, and a form to keep more; the code of a group is shown this once."""
    found = kept_event(request, event_id)
    form = SeatsForm(sent(request), zone=found.clock)
    made: list[tuple[SeatReservation, str]] = []
    done = accepted(form, lambda: made.append(_reserved(request, found, form)))
    context: dict[str, Any] = {"form": SeatsForm(None, zone=found.clock) if done else form, "event": found}
    context |= {"rows": reservations_of(found), "seats": seats_of(found, now=timezone.now())}
    context["made"], context["code"] = made[0] if made else (None, "")
    return private(render(request, "inviting/seats.html", context, status=422 if form.errors else 200))


def _reserved(request: Request, found: Event, form: SeatsForm) -> tuple[SeatReservation, str]:
    group = organisation_meant(request, form.cleaned_data["search"])
    return reserve_seats(request.actor, found, organisation=group, **form.given(), now=timezone.now())


@signed_in
@require_POST
def released(request: Request, row_id: UUID) -> HttpResponse:
    row = SeatReservation.objects.filter(pk=row_id).select_related("event__owner_organisation").first()
    if row is None:
        raise NotFound("activities.seatreservation", row_id)
    require_manager(request.actor, row.event)
    act = lambda: release_seats(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Given free: who waits is offered them."), back=PAGE, to=[row.event_id])
