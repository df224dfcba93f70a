"""Events as iCalendar (RFC 5545): what a phone's own calendar subscribes to.

Ours to decide: times stand in the zone of the place, with that zone's rules beside them; the UID is the event's own key
and outlives the address of the site; what was called off stays, as cancelled, so that it leaves nobody's calendar
without a word; the stamp is the last change, so that the same events give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from simpul.kernel.time import Zone

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `starts_at`, `ends_at` and `changed_at` are instants; `version` grows with every change."""

    key: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: Zone
    changed_at: datetime
    version: int = 0
    place: str = ""
    about: str = ""
    address: str = ""
    kind: str = ""
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.ends_at < self.starts_at:
            raise ValueError("an event ends after it starts")


def write_calendar(name: str, entries: Iterable[Entry], *, language: str = "id", address: str = "") -> bytes:
    """A calendar of that name; `address` is where it can be asked for again."""
    from simpul.interop.icalendar_files import drawn  # inline: slow import

    return drawn(name, list(entries), language=language, address=address)
