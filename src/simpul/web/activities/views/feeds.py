"""iCalendar: one event, or all of a network, an area, a series."""

from hashlib import blake2b
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.queries.events import calendar_for, event_for, one_series_for
from simpul.interop.calendars import write_calendar
from simpul.kernel.actor import Anonymous
from simpul.kernel.time import Zone, local_date
from simpul.organisations.queries.profiles import organisation_for
from simpul.web.activities.feeds import MOST, answered, entry_of
from simpul.web.activities.forms.calendar import CalendarForm
from simpul.web.activities.listing import AHEAD, BEHIND
from simpul.web.activities.rows import said
from simpul.web.http import Request


@require_safe
def feed(request: Request) -> HttpResponse:
    """What anybody may see, whoever asks: the address is handed on, and a calendar carries no sign-in."""
    form = CalendarForm(request.GET, networks=())
    name = _named(form)
    today = local_date(timezone.now(), Zone.WIB)
    rows = calendar_for(Anonymous(), first=today - BEHIND, until=today + AHEAD, narrowed=form.narrowing())
    entries = [entry_of(event, request) for event in rows[:MOST]]
    language = get_language() or "id"
    content = write_calendar(name, entries, language=language, address=request.build_absolute_uri())
    return answered(request, content, name="kegiatan", etag=_digest(content), everybody=True)


def _named(form: CalendarForm) -> str:
    """ "Kegiatan · Jaringan Contoh · Lombok Timur". NotFound for a network or a series nobody may see."""
    given, nobody = form.cleaned_data, Anonymous()
    parts = [_("Events")]
    if given.get("seri"):
        parts.append(said(one_series_for(nobody, given["seri"]).title, get_language() or "id"))
    if given.get("jaringan"):
        parts.append(organisation_for(nobody, given["jaringan"]).name)
    if form.area:
        parts.append(form.area.title)
    return " · ".join(parts)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


@require_safe
def one(request: Request, event_id: UUID) -> HttpResponse:
    event = event_for(request.actor, event_id)
    entry = entry_of(event, request)
    content = write_calendar(entry.title, [entry], language=get_language() or "id")
    return answered(request, content, name="kegiatan", etag=_digest(content), everybody=False)
