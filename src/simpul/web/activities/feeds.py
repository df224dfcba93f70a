"""Events for a phone's own calendar."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.kinds import EventKind, Mode
from simpul.activities.models import Event
from simpul.activities.states import EventState
from simpul.interop.calendars import MEDIA_TYPE, Entry
from simpul.kernel.time import Zone
from simpul.web.activities.rows import place_of, titled

MOST: Final = 500
KEPT_FOR: Final = timedelta(minutes=30)


def entry_of(event: Event, request: HttpRequest) -> Entry:
    """What stands in everybody's calendar: never a link to join by, which is for those who registered."""
    language = get_language() or "id"
    address = request.build_absolute_uri(f"/kegiatan/{event.pk}/")
    return Entry(
        key=event.pk,
        title=titled(event, language),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=Zone(event.zone),
        changed_at=event.changed_at,
        version=event.sequence,
        place="" if event.mode == Mode.ONLINE else str(place_of(event)),
        about="\n\n".join(_about(event, language, address)),
        address=address,
        kind=str(EventKind(event.kind).label),
        cancelled=event.state == EventState.CANCELLED,
    )


def _about(event: Event, language: str, address: str) -> list[str]:
    parts = [
        _("Called off: %(reason)s") % {"reason": event.cancelled_reason} if event.cancelled_reason else "",
        event.summary.to(language) if event.summary else "",
        event.owner_organisation.name,
        _("Online") if event.mode == Mode.ONLINE else "",
        address,
    ]
    return [part for part in parts if part]


def answered(request: HttpRequest, content: bytes, *, name: str, etag: str, everybody: bool) -> HttpResponse:
    """304 where the asker has it already. `everybody`: it is the same for all, and may be kept on the way."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["ETag"] = quote_etag(etag)
    seconds = int(KEPT_FOR.total_seconds())
    response.headers["Cache-Control"] = f"public, max-age={seconds}" if everybody else "private, no-cache"
    return get_conditional_response(request, etag=quote_etag(etag), response=response) or response
