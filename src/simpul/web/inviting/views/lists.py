"""Who registered, with what they answered, as a table to work on."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from simpul.activities.services.lists import take_away_list
from simpul.interop.writing import write_xlsx
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import received_event
from simpul.web.http import Request
from simpul.web.imports.views.files import attached
from simpul.web.inviting.tables import page_of


@signed_in
@require_POST
def taken_away(request: Request, event_id: UUID) -> HttpResponse:
    """An XLSX, made in memory; that it was taken away is noted."""
    found = received_event(request, event_id)
    listed = take_away_list(request.actor, found, now=timezone.now())
    return private(attached(write_xlsx([page_of(listed)]), "peserta.xlsx"))
