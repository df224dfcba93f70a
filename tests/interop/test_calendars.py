"""iCalendar as phones read it: folded lines, zones, keys that stay, what was called off."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from icalendar import Calendar
from icalendar import Event as Component

from simpul.interop.calendars import Entry, write_calendar
from simpul.kernel.time import Zone

ENTRY = Entry(
    key=UUID("01935b5e-0000-7000-8000-000000000005"),
    title="Lokakarya; pencegahan, perkawinan anak – bersama warga dan perangkat desa di Lombok Timur",
    starts_at=datetime(2026, 12, 31, 16, 30, tzinfo=UTC),
    ends_at=datetime(2026, 12, 31, 20, 0, tzinfo=UTC),
    zone=Zone.WITA,
    changed_at=datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC),
    version=3,
    place="Aula, Desa Contoh",
    about="Baris satu\nbaris dua; \\ akhir",
    address="https://simpul.example/kegiatan/5/",
    kind="Lokakarya",
)


def read(*entries: Entry) -> list[Component]:
    """As another program would."""
    return list(Calendar.from_ical(write_calendar("Kegiatan", entries)).walk("VEVENT"))


def test_words_come_back_as_they_were_given() -> None:
    (event,) = read(ENTRY)
    assert (str(event["summary"]), str(event["location"])) == (ENTRY.title, ENTRY.place)
    assert str(event["description"]) == ENTRY.about
    assert str(event["url"]) == ENTRY.address


def test_lines_are_folded_at_75_octets_never_within_a_letter() -> None:
    content = write_calendar("Kegiatan", [replace(ENTRY, title="é" * 200)])
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()
    assert content.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("zone", "local", "offset"),
    [(Zone.WIB, "20261231T233000", "+0700"), (Zone.WITA, "20270101T003000", "+0800"),
     (Zone.WIT, "20270101T013000", "+0900")],
)  # fmt: skip
def test_an_event_stands_at_the_hour_of_its_place_even_across_the_year(zone: Zone, local: str, offset: str) -> None:
    text = write_calendar("Kegiatan", [replace(ENTRY, zone=zone)]).decode()
    assert f"DTSTART;TZID={zone.value}:{local}\r\n" in text
    assert f"TZNAME:{zone.name}\r\nTZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\n" in text
    (event,) = read(replace(ENTRY, zone=zone))
    assert event.start == ENTRY.starts_at
    assert event.end == ENTRY.ends_at


def test_each_zone_is_described_once() -> None:
    entries = [replace(ENTRY, key=UUID(int=n), zone=zone) for n, zone in enumerate([Zone.WIB, Zone.WIT, Zone.WIB])]
    assert write_calendar("Kegiatan", entries).count(b"BEGIN:VTIMEZONE") == 2


def test_the_key_stays_when_an_event_is_moved_and_its_number_grows() -> None:
    (before,), (after,) = read(ENTRY), read(replace(ENTRY, version=4, starts_at=datetime(2026, 12, 31, 17, tzinfo=UTC)))
    assert before["uid"] == after["uid"] == str(ENTRY.key)
    assert (before["sequence"], after["sequence"]) == (3, 4)


def test_what_was_called_off_stays_as_cancelled() -> None:
    (event,) = read(replace(ENTRY, cancelled=True))
    assert (event["status"], event["transp"], event["uid"]) == ("CANCELLED", "TRANSPARENT", str(ENTRY.key))
    assert read(ENTRY)[0]["status"] == "CONFIRMED"


def test_the_same_events_make_the_same_bytes() -> None:
    assert write_calendar("Kegiatan", [ENTRY]) == write_calendar("Kegiatan", [ENTRY])


def test_an_empty_calendar_is_one_too() -> None:
    calendar = Calendar.from_ical(write_calendar("Kegiatan", [], address="https://simpul.example/kalender.ics"))
    assert (str(calendar["version"]), str(calendar["name"])) == ("2.0", "Kegiatan")
    assert str(calendar["source"]) == "https://simpul.example/kalender.ics"
    assert calendar.walk("VEVENT") == []


def test_an_event_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError):
        replace(ENTRY, ends_at=datetime(2026, 12, 31, 16, tzinfo=UTC))
