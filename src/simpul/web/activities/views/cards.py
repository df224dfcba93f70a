"""The picture of an event that goes along where its page is shared."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.models import Event
from simpul.activities.queries.events import event_for
from simpul.activities.states import EventState
from simpul.kernel.time import local_date
from simpul.paper.cards import Card, draw_card
from simpul.web import formats
from simpul.web.activities.rows import event_rows
from simpul.web.http import Request


@require_safe
def card(request: Request, event_id: UUID) -> HttpResponse:
    """Drawn anew only when something of the event was changed: it carries the version as its tag."""
    found = event_for(request.actor, event_id)
    language = get_language() or "id"
    etag = quote_etag(f"{found.version}-{found.sequence}-{language}")
    if met := get_conditional_response(request, etag=etag):
        return met
    response = HttpResponse(draw_card(_card(found, language)), content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def _card(found: Event, language: str) -> Card:
    row = event_rows([found], local_date(found.starts_at, found.clock))[0]
    short = formats.tongue(language).short_months[row.starts_on.month - 1]
    return Card(
        language=language,
        title=row.title,
        kind=str(row.kind),
        weekday=row.weekday,
        day=str(row.starts_on.day),
        month=f"{short} {row.starts_on.year}",
        when=row.when,
        place=str(row.place),
        sender=row.host,
        stamp=_("Called off") if found.state is EventState.CANCELLED else "",
    )
