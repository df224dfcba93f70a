"""The events of whoever is signed in: to come, been to, what waits there."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.models import Registration
from simpul.activities.queries.certificates import own_certificate
from simpul.activities.queries.own import own_events
from simpul.activities.queries.registrations import registration_for
from simpul.activities.services.registrations import accept_offer, withdraw
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.attended import own_rows
from simpul.web.activities.entry import pressed
from simpul.web.http import Request
from simpul.web.outcomes.printing import certificates_pdf

PAGE: Final = "activities:own"
TAKE: Final = "ambil"


@signed_in
@require_safe
def own(request: Request) -> HttpResponse:
    """What is to come first, then where one was, the latest first."""
    now = timezone.now()
    return private(render(request, "activities/own.html", own_rows(own_events(request.actor, now=now), now)))


@signed_in
@require_POST
def answer(request: Request, registration_id: UUID) -> HttpResponse:
    """The offered seat is taken, or the seat given back."""
    found = _mine(request.actor, registration_id)
    takes = request.POST.get("langkah") == TAKE
    act = accept_offer if takes else withdraw
    said = _("You have a seat.") if takes else _("You are not coming. Your seat goes to somebody who waits.")
    return pressed(request, lambda: act(request.actor, found, now=timezone.now()), said=said, back=PAGE)


@signed_in
@require_safe
def certificate(request: Request, registration_id: UUID) -> HttpResponse:
    """One's own, as a PDF."""
    found = own_certificate(_mine(request.actor, registration_id))
    if found is None:
        raise NotFound("activities.certificate", registration_id)
    return certificates_pdf([found])


def _mine(actor: Actor, registration_id: UUID) -> Registration:
    """NotFound for somebody else's, whoever receives them."""
    found = registration_for(actor, registration_id)
    if found.participant.person_id != actor.person_id or actor.person_id is None:
        raise NotFound("activities.registration", registration_id)
    return found
