"""At the door: scanned, searched, unannounced, on paper, by head; once for each, however often."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader

from simpul.activities.kinds import AgeBand, Disability, How
from simpul.activities.models import Attendance, Event, HeadCount, Participant
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.life import cancel_event
from simpul.kernel.ids import uuid7
from simpul.people.codes import Sex
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM, came, enrol, make_event, session_of, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def eko(cast: Cast) -> Client:
    return cast.eko.client()


@pytest.fixture
def event(cast: Cast) -> Event:
    return make_event(cast.forum)


def door(event: Event) -> str:
    return f"/hadir/sesi/{session_of(event).pk}/"


def scan(browser: Client, event: Event, code: str, **headers: str) -> Any:
    return browser.post(door(event), {"langkah": "kode", "code": code}, headers=headers)


def test_a_code_is_noted_once_and_says_so_the_second_time(event: Event, eko: Client) -> None:
    receipt = new_receipt()
    enrol(event, somebody("Inaq Contoh"), receipt=receipt)
    code = pass_of(receipt)
    first = scan(eko, event, code.lower().replace("-", " ")).content.decode()
    assert "Inaq Contoh" in first
    assert "1 orang sudah hadir" in first
    again = scan(eko, event, code).content.decode()
    assert "Sekali saja cukup" in again
    assert Attendance.objects.get().how == How.QR


def test_a_phone_that_scans_gets_only_the_answer(event: Event, eko: Client) -> None:
    receipt = new_receipt()
    enrol(event, somebody("Inaq Contoh"), receipt=receipt)
    page = scan(eko, event, pass_of(receipt), **{"HX-Request": "true"}).content.decode()
    assert "Inaq Contoh" in page
    assert "<html" not in page


@pytest.mark.parametrize("code", ["", "2222222222", "K7MX", "x" * 41, "https://lain.example/"])
def test_a_code_of_nobody_here_is_refused_in_words(event: Event, eko: Client, code: str) -> None:
    assert scan(eko, event, code).status_code == 422
    assert "notice bad" in scan(eko, event, code, **{"HX-Request": "true"}).content.decode()
    assert not Attendance.objects.exists()


def test_a_code_of_another_event_is_as_unknown_as_any(cast: Cast, event: Event, eko: Client) -> None:
    receipt = new_receipt()
    enrol(make_event(cast.forum), receipt=receipt)
    other = scan(eko, event, pass_of(receipt)).context["code"].errors
    assert other == scan(eko, event, "2222222222").context["code"].errors


def test_somebody_is_found_by_name_and_noted(event: Event, eko: Client) -> None:
    enrol(event, somebody("Baiq Contoh Lestari"))
    enrol(event, somebody("Lalu Contoh"))
    answer = eko.post(door(event), {"langkah": "cari", "text": "lestari"})
    page = answer.content.decode()
    assert "Baiq Contoh Lestari" in page
    assert "Lalu Contoh" not in page
    person = Participant.objects.get(pk=answer.context["rows"][0].key)
    page = eko.post(door(event), {"langkah": "catat", "participant": str(person.pk)}).content.decode()
    assert "1 orang sudah hadir" in page
    assert Attendance.objects.get().how == How.SEARCH


def test_a_name_that_is_searched_stands_in_no_address(event: Event, eko: Client) -> None:
    enrol(event, somebody("Baiq Contoh Lestari"))
    answer = eko.get(door(event), {"langkah": "cari", "text": "lestari"})
    assert "Baiq Contoh Lestari" not in answer.content.decode()
    assert answer.content.decode().count('<form method="post" novalidate') == 2


def test_who_came_unannounced_is_noted_once_however_often_it_is_sent(event: Event, eko: Client) -> None:
    said = {"key": str(uuid7()), "name": "Amaq Contoh", "sex": "L", "age_band": "60+"}
    for _ in range(2):
        assert eko.post(f"{door(event)}tamu/", said).status_code == 302
    assert Attendance.objects.get().how == How.WALK_IN
    assert eko.post(f"{door(event)}tamu/", {**said, "key": str(uuid7()), "name": ""}).status_code == 422


def test_what_was_noted_by_mistake_is_taken_back_with_a_reason(event: Event, eko: Client) -> None:
    (person,) = came(event, somebody("Amaq Contoh"))
    row = person.attendances.get()
    assert eko.post(f"/hadir/catatan/{row.pk}/batal/", {"reason": ""}).status_code == 422
    assert eko.post(f"/hadir/catatan/{row.pk}/batal/", {"reason": "Salah orang"}).status_code == 302
    assert "0 orang sudah hadir" in eko.get(door(event)).content.decode()


def test_the_sheet_holds_who_has_a_seat_and_empty_lines(event: Event, eko: Client) -> None:
    enrol(event, somebody("Inaq Contoh", phone="081234567890"))
    answer = eko.get(f"{door(event)}daftar-hadir.pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("DAFTAR HADIR", "Inaq Contoh", "Tanda tangan atau cap jempol", "Forum Simpul Contoh"):
        assert words in text
    assert "081234567890" not in text


def test_a_signed_sheet_is_put_in_whole_and_twice_changes_nothing(event: Event, eko: Client) -> None:
    enrol(event, somebody("Inaq Contoh"))
    page = eko.get(f"{door(event)}lembar/")
    person = Participant.objects.get()
    rows = page.context["rows"]
    said = {
        "present": [str(person.pk)],
        "baris-TOTAL_FORMS": "2", "baris-INITIAL_FORMS": "0", "baris-MIN_NUM_FORMS": "0",
        "baris-MAX_NUM_FORMS": "60",
        "baris-0-key": str(rows[0]["key"].value()), "baris-0-name": "Amaq Contoh", "baris-0-sex": "L",
        "baris-1-key": str(rows[1]["key"].value()), "baris-1-name": "",
    }  # fmt: skip
    assert eko.post(f"{door(event)}lembar/", said).status_code == 302
    eko.post(f"{door(event)}lembar/", {**said, "present": []})
    assert sorted(Attendance.objects.values_list("how", flat=True)) == [How.SHEET, How.SHEET]


def test_a_sheet_with_one_wrong_line_puts_in_nothing(event: Event, eko: Client) -> None:
    said = {
        "baris-TOTAL_FORMS": "2", "baris-INITIAL_FORMS": "0",
        "baris-0-key": str(uuid7()), "baris-0-name": "Amaq Contoh",
        "baris-1-key": str(uuid7()), "baris-1-name": "Inaq Contoh", "baris-1-age_band": "lama",
    }  # fmt: skip
    answer = eko.post(f"{door(event)}lembar/", said)
    assert answer.status_code == 422
    assert "Inaq Contoh" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_where_nobody_may_be_named_heads_are_counted_alone(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum, is_sensitive=True)
    page = eko.get(f"/hadir/{event.pk}/").content.decode()
    assert "hanya jumlah hadirin" in page
    assert "daftar-hadir" not in page
    assert eko.post(f"{door(event)}tamu/", {"key": str(uuid7()), "name": "Amaq Contoh"}).status_code == 422
    assert eko.post(f"{door(event)}jumlah/", {"n-P-25-39": "7", "n-L-": "3", "n--": ""}).status_code == 302
    assert sorted(HeadCount.objects.values_list("sex", "number")) == [("L", 3), ("P", 7)]
    assert "10 orang hadir" in eko.get(f"/hadir/{event.pk}/").content.decode()
    assert 'value="7"' in eko.get(f"{door(event)}jumlah/").content.decode()
    assert not Participant.objects.exists()


def test_the_summary_counts_everybody_once_by_all_that_was_said(event: Event, eko: Client) -> None:
    came(event, somebody(sex="P", age_band="25-39"), somebody(sex="P"), somebody(sex="L", disability="physical"))
    page = eko.get(f"/hadir/{event.pk}/").content.decode()
    assert "3 orang hadir" in page
    with override("id"):
        said = [
            str(label) for label in (Sex.FEMALE.label, Sex.MALE.label, AgeBand.ADULT.label, Disability.PHYSICAL.label)
        ]
    assert [words for words in said if words not in page] == []


def test_a_cancelled_event_notes_nobody(event: Event, eko: Client) -> None:
    receipt = new_receipt()
    enrol(event, receipt=receipt)
    cancel_event(SYSTEM, event, reason="Banjir", now=NOW)
    assert scan(eko, event, pass_of(receipt)).status_code == 422
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_door_and_the_summary_cost_the_same_however_many_came(
    event: Event, eko: Client, django_assert_max_num_queries: Any, many: int
) -> None:
    came(event, *(somebody(sex="P") for _ in range(many)))
    eko.get("/kegiatan/")
    with django_assert_max_num_queries(12):
        assert f"{many} orang sudah hadir" in eko.get(door(event)).content.decode()
    with django_assert_max_num_queries(12):
        assert f"{many} orang hadir" in eko.get(f"/hadir/{event.pk}/").content.decode()


def test_who_registered_is_read_by_those_who_receive_them(event: Event, cast: Cast, eko: Client) -> None:
    row = enrol(event, somebody("Inaq Contoh", phone="081234567890"))
    path = f"/kelola/kegiatan/{event.pk}/peserta/"
    page = eko.get(path).content.decode()
    assert "Inaq Contoh" in page
    assert "1 orang mendapat kursi" in page
    assert cast.dewi.client().get(path).status_code == 403
    assert eko.post(path, {"langkah": "mundur", "baris": str(row.pk)}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at is not None
