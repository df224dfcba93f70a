"""A report of an online meeting becomes attendance: minutes for each session, each person once, however often it is
read and however its columns are called.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simpul.activities.kinds import How
from simpul.activities.models import Attendance, Event, Participant, Presence, Session
from simpul.activities.services.life import hold_event
from simpul.activities.services.programme import add_session
from simpul.interop.models import ImportBatch, Outcome, RowState
from simpul.interop.queries import count_rows, rows_of
from simpul.interop.reading import read_book
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.checking import check_rows
from simpul.interop.services.deciding import confirm_import, decide_all, decide_row
from simpul.interop.services.staging import map_columns, receive_import
from simpul.interop.services.undoing import undo_import, undo_rows
from simpul.kernel.errors import Denied, NotFound
from simpul.web.meetings.held import meeting_meant, meetings_of
from tests.cast import Cast
from tests.factories.activities import SYSTEM, TITLE, came, enrol, make_event, somebody
from tests.factories.imports import sheet

pytestmark = pytest.mark.django_db
START = datetime(2025, 6, 10, 1, 0, tzinfo=UTC)  # nine in the morning at Mataram, eight at Jakarta
END = START + timedelta(hours=3)
NOW = datetime(2025, 6, 11, 1, 0, tzinfo=UTC)
ZOOM = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest")
MEET = ("Nama depan", "Nama belakang", "Email", "Durasi", "Waktu bergabung", "Waktu keluar")
MEET_IN_ENGLISH = ("First name", "Last name", "Email", "Duration", "Time joined", "Time exited")


def zoom(name: str, join: str, leave: str, email: str = "") -> tuple[Any, ...]:
    return (name, email, f"06/10/2025 {join} AM", f"06/10/2025 {leave} AM", "", "Yes")


def event_of(cast: Cast, **more: Any) -> Event:
    found = make_event(cast.forum, zone="Asia/Makassar", starts_at=START, ends_at=END, **more)
    enrol(found, somebody("Siti Aminah", email="siti@example.org"))
    enrol(found, somebody("Muhammad Yusuf"))
    return hold_event(SYSTEM, found, now=END)


def put_in(
    cast: Cast, event: Event, *rows: tuple[Any, ...], said: dict[str, Any] | None = None, room: Session | None = None
) -> ImportBatch:
    """Read, named as guessed, looked through."""
    data, meant = sheet(*rows), {"event": str(event.pk), **({"session": str(room.pk)} if room else {})}
    batch = receive_import(
        cast.eko.actor, recipe="meetings", organisation_id=cast.forum.pk, file_name="peserta.xlsx",
        book=read_book(data), sha256=repr(rows), options=meant, now=NOW,
    )  # fmt: skip
    map_columns(cast.eko.actor, batch, mapping=dict(batch.places), options=said or {}, now=NOW)
    return check_rows(cast.eko.actor, batch, now=NOW)


def finish(cast: Cast, batch: ImportBatch) -> None:
    confirm_import(cast.eko.actor, batch, now=NOW)
    while apply_rows(cast.eko.actor, batch, now=NOW):
        pass


def lasted(event: Event) -> dict[str, int | None]:
    rows = Attendance.objects.filter(session__event=event, undone_at=None).select_related("participant")
    return {str(row.participant.name.open()): row.minutes for row in rows if row.participant.name}


def test_several_joins_are_one_person_and_two_telephones_at_once_one_hour(cast: Cast) -> None:
    event = event_of(cast)
    batch = put_in(
        cast, event, ZOOM,
        zoom("Siti Aminah", "09:00:00", "09:30:00", "siti@example.org"),
        zoom("Muhammad Yusuf", "08:50:00", "12:10:00"),  # before it began, and after it ended
        zoom("Siti Aminah", "09:20:00", "10:00:00", "siti@example.org"),
        zoom("Rahmat Hidayat (LBH)", "09:00:00", "09:10:00"),
    )  # fmt: skip
    assert count_rows(batch).states == {RowState.READY: 3}
    finish(cast, batch)
    assert lasted(event) == {"Siti Aminah": 60, "Muhammad Yusuf": 180, "Rahmat Hidayat (LBH)": 10}
    assert set(Attendance.objects.values_list("how", flat=True)) == {How.REPORT}
    arrived = Attendance.objects.get(participant__registration__isnull=True).arrived_at
    assert arrived == START


def test_read_again_it_adds_nothing_and_another_part_of_the_meeting_adds_its_minutes(cast: Cast) -> None:
    event = event_of(cast)
    first = [ZOOM, zoom("Siti Aminah", "09:00:00", "09:30:00"), zoom("Rahmat Hidayat", "09:00:00", "09:10:00")]
    finish(cast, put_in(cast, event, *first))
    before = (Participant.objects.count(), Presence.objects.count(), lasted(event))
    again = put_in(cast, event, *first)
    finish(cast, again)
    assert (Participant.objects.count(), Presence.objects.count(), lasted(event)) == before
    assert count_rows(again).outcomes == {Outcome.MERGED: 2}
    finish(cast, put_in(cast, event, ZOOM, zoom("Siti Aminah", "10:00:00", "10:15:00")))
    assert lasted(event) == {"Siti Aminah": 45, "Rahmat Hidayat": 10}


def test_who_it_may_be_is_looked_at_and_who_looked_decides(cast: Cast) -> None:
    event = event_of(cast)
    batch = put_in(
        cast, event, ZOOM, zoom("M. Yusuf", "09:00:00", "09:30:00"), zoom("Bu Siti", "09:00:00", "09:30:00"),
        zoom("iPhone", "09:00:00", "09:30:00"), zoom("Notulen AI", "09:00:00", "09:30:00"),
    )  # fmt: skip
    assert count_rows(batch).states == {RowState.ALIKE: 2, RowState.FAULTY: 2}
    yusuf, siti = rows_of(batch).filter(state=RowState.ALIKE)
    decide_row(cast.eko.actor, yusuf, decision="merge")
    decide_row(cast.eko.actor, siti, decision="new")
    finish(cast, batch)
    assert lasted(event) == {"Muhammad Yusuf": 30, "Bu Siti": 30}
    assert Participant.objects.filter(event=event).count() == 3


@pytest.mark.parametrize(
    "heads", [MEET, ("First name", "Last name", "Email", "Duration", "Time joined", "Time exited")]
)
def test_the_report_of_meet_is_read_in_two_languages(cast: Cast, heads: tuple[str, ...]) -> None:
    event = event_of(cast)
    rows = [("Siti", "Aminah", "siti@example.org", "1 j 5 mnt", "09.00", "10.05")]
    finish(cast, put_in(cast, event, heads, *rows))
    assert lasted(event) == {"Siti Aminah": 65}


def test_columns_of_any_name_are_named_by_hand_and_joins_added_up_all_the_same(cast: Cast) -> None:
    event = event_of(cast)
    heads = ("Yang hadir siapa", "Dari jam", "Sampai jam")
    data = sheet(heads, ("Siti Aminah", "09:00", "09:30"), ("Siti Aminah", "09:40", "10:00"))
    batch = receive_import(
        cast.eko.actor, recipe="meetings", organisation_id=cast.forum.pk, file_name="a.xlsx", book=read_book(data),
        sha256="x", options={"event": str(event.pk)}, now=NOW,
    )  # fmt: skip
    assert not any(batch.places.values())
    map_columns(cast.eko.actor, batch, mapping={0: "name", 1: "joined", 2: "left"}, options={}, now=NOW)
    finish(cast, check_rows(cast.eko.actor, batch, now=NOW))
    assert lasted(event) == {"Siti Aminah": 50}


def test_above_the_participants_zoom_tells_of_the_meeting(cast: Cast) -> None:
    event = event_of(cast)
    batch = put_in(
        cast, event, ("Topic", "ID", "Host name", "Start time", "End time", "Duration (minutes)"),
        ("Semidaring", "812", "Forum", "06/10/2025 08:50:00 AM", "06/10/2025 12:00:00 PM", 190),
        ("", "", "", "", "", ""), ZOOM, zoom("Siti Aminah", "09:00:00", "09:30:00"),
    )  # fmt: skip
    assert [row.state for row in rows_of(batch)] == [RowState.READY]
    finish(cast, batch)
    assert lasted(event) == {"Siti Aminah": 30}


def test_times_of_another_zone_are_told_once_for_all(cast: Cast) -> None:
    event = event_of(cast)
    row = zoom("Siti Aminah", "07:55:00", "08:30:00")  # by a clock at Jakarta: it began at eight there
    batch = put_in(cast, event, ZOOM, row)
    assert [row.faults for row in rows_of(batch)] == [[["joined", "other_time"]]]
    finish(cast, put_in(cast, event, ZOOM, row, said={"default_zone": "WIB"}))
    assert lasted(event) == {"Siti Aminah": 30}


def test_who_looked_in_for_a_moment_does_not_count_where_the_organiser_says_so(cast: Cast) -> None:
    event = event_of(cast)
    rows = [ZOOM, zoom("Siti Aminah", "09:00:00", "09:20:00"), zoom("Muhammad Yusuf", "09:00:00", "10:00:00")]
    batch = put_in(cast, event, *rows, said={"default_least": "30"})
    assert [row.faults for row in rows_of(batch)] == [[["minutes", "too_short"]], []]
    finish(cast, batch)
    assert lasted(event) == {"Muhammad Yusuf": 60}


def test_each_session_has_its_own_minutes(cast: Cast) -> None:
    event = make_event(cast.forum, zone="Asia/Makassar", starts_at=START, ends_at=END)
    noon = START + timedelta(hours=2)
    early = add_session(SYSTEM, event, starts_at=START, ends_at=noon, title=TITLE, now=START)
    later = add_session(SYSTEM, event, starts_at=noon, ends_at=END, title=TITLE, now=START)
    finish(cast, put_in(cast, event, ZOOM, zoom("Siti Aminah", "10:30:00", "11:15:00")))
    assert {row.session_id: row.minutes for row in Attendance.objects.all()} == {early.pk: 30, later.pk: 15}
    only_minutes = put_in(cast, event, ("Nama", "Menit"), ("Dewi Lestari", 40))
    assert [row.faults for row in rows_of(only_minutes)] == [[["minutes", "session_needed"]]]


def test_of_two_rooms_at_once_the_report_is_of_one(cast: Cast) -> None:
    event = make_event(cast.forum, zone="Asia/Makassar", starts_at=START, ends_at=END)
    when = {"starts_at": START, "ends_at": END, "title": TITLE}
    rooms = [add_session(SYSTEM, event, **when, track=track, now=START) for track in ("Ruang A", "Ruang B")]
    assert meetings_of(cast.eko.actor).keys() == {str(room.pk) for room in rooms}
    for room, leave in zip(rooms, ("09:30:00", "09:45:00"), strict=True):
        assert meeting_meant(room.pk)[1] == {"event": str(event.pk), "session": str(room.pk)}
        finish(cast, put_in(cast, event, ZOOM, zoom("Siti Aminah", "09:00:00", leave), room=room))
    assert {row.session_id: row.minutes for row in Attendance.objects.all()} == {rooms[0].pk: 30, rooms[1].pk: 45}


def test_minutes_alone_are_enough_for_one_session_and_the_longer_stands(cast: Cast) -> None:
    event = event_of(cast)
    for minutes in (40, 55, 50):
        finish(cast, put_in(cast, event, ("Nama", "Total Durasi (Menit)"), ("Siti Aminah", minutes)))
    assert lasted(event) == {"Siti Aminah": 55}
    assert Attendance.objects.get().arrived_at is None


def test_who_was_noted_at_the_door_gets_minutes_and_stays_noted_there(cast: Cast) -> None:
    event = event_of(cast)
    (person,) = came(event, somebody("Inaq Sari", phone=""))
    finish(cast, put_in(cast, event, ZOOM, zoom("Inaq Sari", "09:00:00", "09:30:00")))
    row = person.attendances.get()
    assert (row.how, row.minutes, row.arrived_at) == (How.WALK_IN, 30, START)


def test_taken_back_nothing_of_it_is_left_and_what_was_there_is_as_it_was(cast: Cast) -> None:
    event = event_of(cast)
    (person,) = came(event, somebody("Inaq Sari", phone=""))
    rows = [zoom("Inaq Sari", "09:00:00", "09:30:00"), zoom("Rahmat Hidayat", "09:00:00", "09:30:00")]
    batch = put_in(cast, event, ZOOM, *rows, zoom("Siti Aminah", "09:00:00", "09:30:00"))
    finish(cast, batch)
    undo_import(cast.eko.actor, batch, now=NOW)
    while undo_rows(cast.eko.actor, batch, now=NOW):
        pass
    assert lasted(event) == {"Inaq Sari": None}
    assert not Presence.objects.exists()
    assert Participant.objects.filter(event=event).count() == 3  # two registered, one came; nobody of the report alone
    assert person.attendances.get().how == How.WALK_IN


def test_all_that_may_be_somebody_are_decided_at_once(cast: Cast) -> None:
    event = event_of(cast)
    batch = put_in(cast, event, ZOOM, zoom("M. Yusuf", "09:00:00", "09:30:00"))
    decide_all(cast.eko.actor, batch, decision="merge")
    finish(cast, batch)
    assert lasted(event) == {"Muhammad Yusuf": 30}


def test_only_who_receives_people_there_reads_a_report_in(cast: Cast) -> None:
    event = event_of(cast)
    book = read_book(sheet(ZOOM, zoom("Siti Aminah", "09:00:00", "09:30:00")))
    given: dict[str, Any] = {"recipe": "meetings", "file_name": "a.xlsx", "book": book, "sha256": "y", "now": NOW}
    with pytest.raises(Denied):
        receive_import(cast.hasan.actor, organisation_id=cast.forum.pk, options={"event": str(event.pk)}, **given)
    other = make_event(cast.lentera, visibility="hosts")
    mine = receive_import(cast.eko.actor, organisation_id=cast.forum.pk, options={"event": str(other.pk)}, **given)
    map_columns(cast.eko.actor, mine, mapping=dict(mine.places), options={}, now=NOW)
    with pytest.raises(NotFound):
        check_rows(cast.eko.actor, mine, now=NOW)


def test_the_pages_lead_from_the_event_through_naming_and_looking(cast: Cast) -> None:
    event = event_of(cast)
    client = cast.eko.client()
    page = client.get(f"/hadir/{event.pk}/").content.decode()
    assert f"/impor/meetings/baru/?untuk={event.pk}" in page
    form = client.get(f"/impor/meetings/baru/?untuk={event.pk}").content.decode()
    assert str(event.pk) in form
    batch = put_in(cast, event, ZOOM, zoom("Siti Aminah", "09:00:00", "09:30:00"), zoom("Joko", "09:00:00", "09:30:00"))
    review = client.get(f"/impor/{batch.pk}/").content.decode()
    assert "Siti Aminah" in review
    assert "Tidak ada di daftar" in review
