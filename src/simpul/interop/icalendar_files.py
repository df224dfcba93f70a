"""How a calendar is written down. Loaded where one is: the library is a sixth of a second of every start."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration, vUri

from simpul.interop.calendars import Entry
from simpul.kernel.time import Zone

PRODUCT: Final = "-//Simpul//Kegiatan//ID"
ASK_AGAIN: Final = timedelta(hours=6)
# None of the three zones has changed its clocks since; nothing before is put on a calendar.
_UNCHANGED_SINCE: Final = datetime(1988, 1, 1)  # noqa: DTZ001  # the local time at which a zone's rule begins


def drawn(name: str, entries: Sequence[Entry], *, language: str, address: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name, parameters={"language": language})
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    if address:
        calendar.add("source", vUri(address), parameters={"value": "URI"})
    for zone in sorted({entry.zone for entry in entries}):
        calendar.add_component(_zone(zone))
    for entry in entries:
        calendar.add_component(_event(entry, language))
    return bytes(calendar.to_ical())


def _zone(zone: Zone) -> Timezone:
    component, rule = Timezone(), TimezoneStandard()
    offset = _UNCHANGED_SINCE.replace(tzinfo=zone.info).utcoffset()
    component.add("tzid", zone.value)
    rule.add("dtstart", _UNCHANGED_SINCE)
    rule.add("tzoffsetfrom", offset)
    rule.add("tzoffsetto", offset)
    rule.add("tzname", zone.name)
    component.add_component(rule)
    return component


def _event(entry: Entry, language: str) -> Event:
    event = Event()
    event.add("uid", str(entry.key))
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.version)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("dtstart", entry.starts_at.astimezone(entry.zone.info))
    event.add("dtend", entry.ends_at.astimezone(entry.zone.info))
    event.add("summary", entry.title, parameters={"language": language})
    for name, words in (("location", entry.place), ("description", entry.about)):
        if words:
            event.add(name, words, parameters={"language": language})
    if entry.kind:
        event.add("categories", [entry.kind])
    if entry.address:
        event.add("url", vUri(entry.address))
    if entry.cancelled:
        event.add("transp", "TRANSPARENT")
    return event
