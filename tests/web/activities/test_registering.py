"""Registering from a phone: no account, nothing lost on a mistake, nothing of anybody in an address."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.utils import timezone

from simpul.activities.kinds import Question
from simpul.activities.models import Event, Participant, Registration
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.life import cancel_event
from simpul.activities.services.registrations import withdraw
from simpul.activities.states import SeatState
from simpul.web.activities.forms.registration import SALT
from tests.factories.activities import SYSTEM, enrol, make_event

pytestmark = pytest.mark.django_db

MINE = "/pendaftaran/"


class Earlier(TimestampSigner):
    """Draws a form as it would have been drawn a long while ago."""

    def timestamp(self) -> str:
        return b62_encode(1_700_000_000)


def soon() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)


def upcoming(**more: Any) -> Event:
    return make_event(**{"starts_at": soon(), **more})


def answers(receipt: str, **more: Any) -> dict[str, Any]:
    return {
        "number": Earlier(salt=SALT).sign(receipt),
        "name": "Ibu Contoh",
        "phone": "0812 3456 7890",
        "publishing": "none",
        "website": "",
        **more,
    }


def send(event: Event, receipt: str = "", **more: Any) -> Any:
    return Client().post(f"/kegiatan/{event.pk}/daftar/", answers(receipt or new_receipt(), **more))


def show(receipt: str, step: str = "", **more: Any) -> Any:
    return Client().post(MINE, {"receipt": receipt, "langkah": step, **more})


def test_a_registration_gets_a_seat_a_number_and_a_code_for_the_door() -> None:
    receipt = new_receipt()
    answer = send(upcoming(capacity=2), receipt)
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Anda mendapat kursi", receipt, pass_of(receipt), "data:image/svg+xml"):
        assert words in page
    assert Registration.objects.get().state is SeatState.SEATED
    assert answer.headers["Cache-Control"] == "no-store"


def test_sent_twice_it_is_one_registration() -> None:
    event, receipt = upcoming(capacity=2), new_receipt()
    assert [send(event, receipt).status_code for _ in range(2)] == [200, 200]
    assert Registration.objects.count() == Participant.objects.count() == 1


def test_only_what_the_event_asks_is_asked_and_kept() -> None:
    event = upcoming(asks=[Question.SEX.value])
    page = Client().get(f"/kegiatan/{event.pk}/daftar/").content.decode()
    assert 'name="sex"' in page
    assert not any(f'name="{name}"' in page for name in ("age_band", "disability", "needs", "organisation_name"))
    send(event, sex="P", disability="physical")
    assert Participant.objects.values_list("sex", "disability").get() == ("P", "")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Bagian ini belum diisi"),
        ({"phone": "", "email": ""}, "Tulis nomor"),
        ({"phone": "bukan nomor"}, ""),
        ({"website": "x"}, "tidak terlihat"),
        ({"number": "palsu"}, "nomor"),
        ({"code": "AAAA-AAAA-AAAA-AAAA"}, ""),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(wrong: dict[str, str], words: str) -> None:
    answer = send(upcoming(), **{"needs": "Juru bahasa isyarat", **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Juru bahasa isyarat" in page
    assert words.casefold() in page.casefold()
    assert not Registration.objects.exists()


class Later(TimestampSigner):
    """Draws a form as if no time at all had passed since, however busy the machine."""

    def timestamp(self) -> str:
        return b62_encode(9_000_000_000)


def test_a_form_that_comes_back_at_once_is_asked_again() -> None:
    answer = send(upcoming(), number=Later(salt=SALT).sign(new_receipt()))
    assert answer.status_code == 422
    assert "Cepat sekali" in answer.content.decode()


def test_a_form_that_lost_its_number_gets_a_new_one_that_works() -> None:
    page = send(upcoming(), number="palsu").content.decode()
    assert 'name="number" value="palsu"' not in page


def test_when_all_seats_are_taken_one_waits_in_plain_words() -> None:
    event = upcoming(capacity=1)
    enrol(event, now=timezone.now())
    assert "Masuk daftar tunggu" in Client().get(f"/kegiatan/{event.pk}/daftar/").content.decode()
    receipt = new_receipt()
    page = send(event, receipt).content.decode()
    assert "Anda nomor 1 dalam antrean" in page
    assert pass_of(receipt) not in page


def test_who_waits_is_offered_the_freed_seat_and_takes_it() -> None:
    event, receipt = upcoming(capacity=1), new_receipt()
    first = enrol(event, now=timezone.now())
    send(event, receipt)
    withdraw(SYSTEM, first, now=timezone.now())
    page = show(receipt).content.decode()
    assert "Ada kursi kosong untuk Anda" in page
    assert "Saya ambil kursinya" in page
    assert "Anda mendapat kursi" in show(receipt, "ambil").content.decode()
    assert Registration.objects.exclude(pk=first.pk).get().state is SeatState.SEATED


def test_taking_a_seat_that_is_not_offered_is_refused_in_words() -> None:
    event, receipt = upcoming(capacity=1), new_receipt()
    enrol(event, now=timezone.now())
    send(event, receipt)
    answer = show(receipt, "ambil")
    assert answer.status_code == 422
    assert "Anda nomor 1 dalam antrean" in answer.content.decode()


def test_who_cannot_come_gives_the_seat_back_and_twice_is_once() -> None:
    event, receipt = upcoming(capacity=1), new_receipt()
    send(event, receipt)
    for _ in range(2):
        page = show(receipt, "batal").content.decode()
        assert "Anda batal datang" in page
    assert Registration.objects.get().state is SeatState.WITHDRAWN


def test_answers_are_changed_with_the_number_alone() -> None:
    event, receipt = upcoming(), new_receipt()
    send(event, receipt, sex="P")
    assert 'value="Ibu Contoh"' in show(receipt, "ubah").content.decode()
    wrong = show(receipt, "simpan", name="", phone="0812 3456 7890", publishing="none")
    assert wrong.status_code == 422
    said = show(receipt, "simpan", name="Ibu Baru", phone="0812 3456 7890", publishing="name")
    assert "Jawaban Anda sudah diubah." in said.content.decode()
    assert Participant.objects.get().name.open() == "Ibu Baru"  # type: ignore[union-attr]


def test_what_somebody_wrote_is_deleted_at_their_word() -> None:
    event, receipt = upcoming(capacity=1), new_receipt()
    send(event, receipt)
    assert "Sudah dihapus" in show(receipt, "hapus").content.decode()
    assert Participant.objects.get().name is None


def test_an_unknown_number_opens_nothing() -> None:
    for receipt in ("K7MX", new_receipt()):
        answer = show(receipt)
        assert answer.status_code == 422
        assert receipt in answer.content.decode()


def test_the_link_to_join_is_for_those_with_a_seat() -> None:
    event = upcoming(capacity=1, joining_link="https://rapat.example/masuk")
    first, second = new_receipt(), new_receipt()
    assert "rapat.example" in send(event, first).content.decode()
    assert "rapat.example" not in send(event, second).content.decode()
    cancel_event(SYSTEM, event, reason="Sakit", now=timezone.now())
    page = show(first).content.decode()
    assert "rapat.example" not in page
    assert "Kegiatan ini dibatalkan" in page


def test_an_event_without_registration_says_so() -> None:
    for event in (upcoming(takes_registrations=False), make_event()):
        page = Client().get(f"/kegiatan/{event.pk}/daftar/").content.decode()
        assert "Pendaftaran tidak dibuka sekarang" in page
    assert send(make_event()).status_code == 422


def test_a_number_stands_in_no_address_that_is_sent() -> None:
    """The link to keep carries it behind the sign that browsers keep to themselves."""
    receipt = new_receipt()
    page = send(upcoming(), receipt).content.decode()
    assert f'href="{MINE}#{receipt}"' in page
    assert page.count(receipt) == page.count(f'value="{receipt}"') + 2


@pytest.mark.parametrize("many", [1, 3])
def test_registering_costs_the_same_however_many_registered(django_assert_max_num_queries: Any, many: int) -> None:
    event = upcoming(capacity=10)
    for _ in range(many):
        enrol(event, now=timezone.now())
    with django_assert_max_num_queries(30):
        assert send(event).status_code == 200
