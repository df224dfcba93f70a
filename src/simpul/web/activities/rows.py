"""An event as lists and calendars show it: words, days and where it leads. Nothing here asks the database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.kinds import EventKind, Mode
from simpul.activities.models import Event
from simpul.activities.states import EventState
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone
from simpul.web.activities.when import hours, weekdays, when
from simpul.web.components import Text, Tone


@dataclass(frozen=True, slots=True)
class EventRow:
    """`clock` is "09.00–12.00 WITA"; `place` in a few words; `pill` only where something is out of the ordinary."""

    key: UUID
    title: str
    kind: Text
    host: str
    starts_on: date
    ends_on: date
    weekday: str
    clock: str
    when: str
    place: Text
    href: str
    cancelled: bool
    pill: Text = ""
    tone: Tone = Tone.INFO


def event_rows(events: Iterable[Event], today: date) -> list[EventRow]:
    """Each with its host, its area and its series at hand."""
    language = get_language() or "id"
    return [_row(event, today, language) for event in events]


def _row(event: Event, today: date, language: str) -> EventRow:
    zone = Zone(event.zone)
    pill, tone = _pill(event, today)
    return EventRow(
        key=event.pk,
        title=titled(event, language),
        kind=EventKind(event.kind).label,
        host=event.owner_organisation.name,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        weekday=weekdays(event.starts_on, event.ends_on),
        clock=hours(event.starts_at, event.ends_at, zone),
        when=when(event.starts_at, event.ends_at, zone),
        place=place_of(event),
        href=reverse("activities:event", args=[event.pk]),
        cancelled=event.state == EventState.CANCELLED,
        pill=pill,
        tone=tone,
    )


def titled(event: Event, language: str) -> str:
    """The title; with its number where it is one of a series: "Semidaring Jejaring ke-23: …"."""
    title = said(event.title, language)
    if event.series is None or event.number is None:
        return title
    series = said(event.series.title, language)
    numbered = _("%(series)s no. %(number)s") % {"series": series, "number": event.number}
    own = _beyond(title, series, event.number)
    return f"{numbered}: {own}" if own else numbered


def _beyond(title: str, series: str, number: int) -> str:
    """What a title says of its own, where somebody wrote the series and its number into it as well."""
    if not title.casefold().startswith(series.casefold()):
        return title
    rest = title[len(series) :]
    told = re.fullmatch(rf"\s*(?:(?:ke-|no\.?|#)?\s*{number}\b)?\s*[:\-–—]?\s*(.*)", rest, re.IGNORECASE | re.DOTALL)
    return told[1] if told and (rest.strip() == "" or told[1] != rest.strip()) else title


def said(text: LocalizedText | None, language: str) -> str:
    return text.to(language) if text else ""


def place_of(event: Event) -> Text:
    """Where to go, or that there is nowhere to go to."""
    if event.mode == Mode.ONLINE:
        return Mode.ONLINE.label
    words = ", ".join(part for part in (event.venue, event.area.title if event.area else "") if part)
    return _("%(place)s, and online") % {"place": words} if event.mode == Mode.HYBRID and words else words


def _pill(event: Event, today: date) -> tuple[Text, Tone]:
    if event.state == EventState.CANCELLED:
        return _("called off"), Tone.BAD
    if event.state == EventState.DRAFT:
        return _("draft"), Tone.IDLE
    if event.starts_on <= today <= event.ends_on and event.state == EventState.PUBLISHED:
        return _("today"), Tone.WARN
    return "", Tone.INFO
