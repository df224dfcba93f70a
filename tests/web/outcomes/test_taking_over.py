"""Notes of a meeting become its minutes: added, looked through, kept; nothing lost, nothing twice."""

import pytest
from django.test import Client

from simpul.activities.models import Event, Minutes
from simpul.activities.services.minutes import write_minutes
from simpul.activities.services.notes import write_note
from simpul.web.outcomes.noted import LONGEST_DECISION, Noted, not_yet, notes_read, taken_over
from tests.activities.conftest import worker
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM, make_event, session_of

pytestmark = pytest.mark.django_db
SAID = [
    ("discussed", "Jalan rusak\nsejak Januari."),
    ("decided", "Air bersih dianggarkan."),
    ("asked", "Kapan suratnya dikirim?"),
]


@pytest.fixture
def event(cast: Cast) -> Event:
    made = make_event(cast.forum)
    for kind, text in SAID:
        write_note(SYSTEM, session_of(made), kind=kind, text=text, now=NOW)
    return made


@pytest.fixture
def eko(cast: Cast) -> Client:
    return cast.eko.client()


def page(event: Event) -> str:
    return f"/kelola/kegiatan/{event.pk}/notulensi/"


def test_what_was_typed_stays_and_the_notes_stand_below_until_somebody_keeps_them(event: Event, eko: Client) -> None:
    typed = {"seen": "0", "led_by": "Ibu Camat", "discussion": "Pembukaan.", "decisions": "Rapat lagi Juli"}
    shown = eko.post(page(event), {**typed, "langkah": "catatan"})
    assert (shown.status_code, Minutes.objects.exists()) == (200, False)
    form = {name: shown.context["form"][name].value() for name in ("seen", "led_by", "discussion", "decisions")}
    assert form == {
        "seen": "0",
        "led_by": "Ibu Camat",
        "discussion": "Pembukaan.\n\nJalan rusak\nsejak Januari.\n\nDitanyakan: Kapan suratnya dikirim?",
        "decisions": "Rapat lagi Juli\nAir bersih dianggarkan.",
    }
    assert shown.context["missing"] == []
    assert eko.post(page(event), form).status_code == 302
    kept = Minutes.objects.get()
    assert kept.decisions == ["Rapat lagi Juli", "Air bersih dianggarkan."]
    assert "Ambil alih catatan" not in eko.get(page(event)).content.decode()


def test_the_page_says_how_many_are_missing_and_a_later_note_alone_is_offered(event: Event, eko: Client) -> None:
    assert "3 catatan pertemuan belum ada di notulensi" in eko.get(page(event)).content.decode()
    both = taken_over([Noted(*one) for one in SAID], {})
    write_minutes(
        SYSTEM, event, seen=0, discussion=both["discussion"], decisions=both["decisions"].splitlines(), now=NOW
    )
    write_note(SYSTEM, session_of(event), kind="decided", text="Surat dikirim Senin.", now=NOW)
    assert [note.text for note in eko.get(page(event)).context["missing"]] == ["Surat dikirim Senin."]


def test_too_long_or_too_many_for_an_agreement_it_stands_in_what_was_said() -> None:
    long = "Kata " * (LONGEST_DECISION // 5 + 1)
    told = taken_over([Noted("decided", long)], {})
    assert (told["discussion"], told["decisions"]) == (long.strip(), "")
    many = [Noted("decided", f"Keputusan nomor {number:02}") for number in range(43)]
    full = taken_over(many, {})
    assert (len(full["decisions"].splitlines()), len(full["discussion"].split("\n\n"))) == (40, 3)
    assert not_yet(many, full) == []


def test_taken_over_twice_it_stands_there_once() -> None:
    notes = [Noted(*one) for one in SAID]
    once = taken_over(notes, {})
    assert taken_over(notes, once) == once


def test_who_keeps_the_event_and_receives_nobody_reads_no_note(event: Event, cast: Cast, eko: Client) -> None:
    """Minutes are for who keeps the event, notes for who receives people there."""

    planner = worker(event.owner_organisation, "event.manage", "organisation.see_protected")
    assert notes_read(planner, event) == []
    assert len(notes_read(cast.eko.actor, event)) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_notes_as_for_one(
    cast: Cast, eko: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    made = make_event(cast.forum)
    for number in range(rows):
        write_note(SYSTEM, session_of(made), kind="decided", text=f"Keputusan {number}", now=NOW)
    eko.get(page(made))
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        assert eko.get(page(made)).status_code == 200
