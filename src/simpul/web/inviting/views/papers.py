"""Paper: the letter of an invitation, and the receipt that is signed for the cost of coming."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from simpul.activities.queries.invitations import kept_invitation
from simpul.paper.attendance import print_attendance
from simpul.paper.letters import print_letter
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import received_event
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.inviting.forms import TransportForm
from simpul.web.inviting.printing import letter_of, receipt_of


@signed_in
@form_page
def letter(request: Request, invitation_id: UUID) -> HttpResponse:
    """With the code where it was just shown, sent in the body; else with the way to the event's page."""
    row = kept_invitation(request.actor, invitation_id)
    code = request.POST.get("receipt", "") if row.code_digest else ""
    return _pdf(print_letter(letter_of(request, row, code, timezone.now())), "undangan.pdf")


@signed_in
@form_page
def transport(request: Request, event_id: UUID) -> HttpResponse:
    """Who came, one line each, with room to sign."""
    found = received_event(request, event_id)
    form = TransportForm(sent(request))
    if form.is_valid():
        sheet = receipt_of(request.actor, found, form.cleaned_data, timezone.now())
        return _pdf(print_attendance(sheet), "bukti-transpor.pdf")
    context = {"event": found, "form": form}
    return private(render(request, "inviting/transport.html", context, status=422 if form.errors else 200))


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return private(response)
