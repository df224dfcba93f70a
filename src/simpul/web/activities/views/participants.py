"""Who registered: seats, the line, and whom somebody has to call."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.activities.models import Event, Telling
from simpul.activities.queries.registrations import registration_for
from simpul.activities.services.registrations import withdraw
from simpul.activities.services.reminders import note_told, remind
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.enrolled import enrolled
from simpul.web.activities.entry import pressed, received_event
from simpul.web.activities.views.organising import form_page
from simpul.web.http import Request

ACT = "langkah"
PAGE = "activities:participants"


@signed_in
@form_page
def participants(request: Request, event_id: UUID) -> HttpResponse:
    """Names and numbers, for those who receive people there; one press withdraws, or notes a call."""
    found = received_event(request, event_id)
    if request.method == "POST":
        return _done(request, event_id)
    page = enrolled(request.actor, found, after=request.GET.get("setelah", ""), now=timezone.now())
    return private(render(request, "activities/participants.html", {"event": found, **page}))


def _done(request: Request, event_id: UUID) -> HttpResponse:
    found, act = received_event(request, event_id), request.POST.get(ACT, "")
    if act == "ingatkan":
        told = remind(request.actor, found, now=timezone.now())
        messages.success(request, _("%(n)s were told that it is coming up.") % {"n": told})
        return redirect("activities:participants", found.pk)
    if act == "dihubungi":
        telling = Telling.objects.filter(pk=_row(request), registration__event=found).first()
        if telling is None:
            raise NotFound("activities.telling")
        noted = lambda: note_told(request.actor, telling, now=timezone.now())  # noqa: E731
        return pressed(request, noted, said=_("Noted: they know."), back=PAGE, to=[found.pk])
    return _withdrawn(request, found)


def _withdrawn(request: Request, found: Event) -> HttpResponse:
    row = registration_for(request.actor, _row(request))
    said = _("Withdrawn: the seat goes to the next in line.")
    gone = lambda: withdraw(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, gone, said=said, back=PAGE, to=[found.pk])


def _row(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("baris", ""))
    except ValueError as error:
        raise NotFound("activities.registration") from error
