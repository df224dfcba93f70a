"""The notes of a meeting on their page."""

import pytest
from django.test import Client
from django.urls import reverse

from simpul.activities.models import Event, MeetingNote
from simpul.activities.services.notes import change_note
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM, make_event, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast) -> Event:
    return make_event(cast.forum)


@pytest.fixture
def eko(cast: Cast) -> Client:
    return cast.eko.client()


def page(event: Event) -> str:
    return reverse("offline:notes", args=[session_of(event).pk])


def written(event: Event, eko: Client, text: str = "Air bersih dianggarkan.") -> MeetingNote:
    eko.post(page(event), {"key": str(uuid7()), "kind": "decided", "text": text})
    return MeetingNote.objects.latest("noted_at")


def test_a_note_is_written_once_and_shown(event: Event, eko: Client) -> None:
    said = {"key": str(uuid7()), "kind": "decided", "text": "Air bersih dianggarkan."}
    for _ in range(2):
        assert eko.post(page(event), said).status_code == 302
    assert MeetingNote.objects.count() == 1
    assert "Air bersih dianggarkan." in eko.get(page(event)).content.decode()


def test_an_empty_one_is_refused_and_keeps_what_was_chosen(event: Event, eko: Client) -> None:
    answer = eko.post(page(event), {"key": str(uuid7()), "kind": "asked", "text": " "})
    assert answer.status_code == 422
    assert not MeetingNote.objects.exists()


def test_a_faster_hand_is_shown_beside_one_s_own_and_may_be_written_over(event: Event, eko: Client) -> None:
    note = written(event, eko)
    address = reverse("offline:note", args=[note.pk])
    stored = MeetingNote.objects.select_related("session__event").get(pk=note.pk)
    change_note(SYSTEM, stored, seen=1, kind="decided", text="Kata orang lain.", now=NOW)
    answer = eko.post(address, {"seen": "1", "kind": "decided", "text": "Kata saya."})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Kata orang lain." in shown
    assert "Kata saya." in shown
    assert eko.post(address, {"seen": "2", "kind": "decided", "text": "Kata saya."}).status_code == 302
    assert MeetingNote.objects.get().text.open() == "Kata saya."


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_notes_as_for_one(
    event: Event, eko: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    for number in range(rows):
        written(event, eko, f"Catatan {number}")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        eko.get(page(event))
