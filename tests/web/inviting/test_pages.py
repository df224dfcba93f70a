"""Inviting, keeping seats, asking: from the organiser's press to the answer of somebody without an account."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from simpul.activities.kinds import AnswerKind
from simpul.activities.models import Event, EventAnswer, EventQuestion, Invitation, Registration, SeatReservation
from simpul.activities.passes import new_receipt
from simpul.activities.services.letters import invite_person
from simpul.activities.services.questions import add_question
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.services.safety import set_safety_mode
from simpul.search.queries import find
from simpul.web.activities.forms.registration import SALT
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM, came, enrol, make_event, make_held, somebody

pytestmark = pytest.mark.django_db


class Earlier(TimestampSigner):
    """Draws a form as it would have been drawn a long while ago."""

    def timestamp(self) -> str:
        return b62_encode(1_700_000_000)


def soon() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)


@pytest.fixture
def event(cast: Cast) -> Event:
    return make_event(cast.forum, starts_at=soon(), asks=[])


@pytest.fixture
def eko(cast: Cast) -> Client:
    return cast.eko.client()


def page_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_somebody_is_invited_by_name_and_answers_with_the_letter_alone(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum, starts_at=soon(), asks=[], visibility="hosts")
    said = {"key": uuid7(), "name": "Ibu Contoh", "office": "Kepala Desa Contoh", "reach": ""}
    page = page_of(eko.post(f"/kelola/kegiatan/{event.pk}/undangan/orang/", said))
    code = page.split("<code>")[1].split("</code>")[0]
    anybody = Client()
    assert "Kepala Desa" not in page_of(anybody.post("/undangan/", {"receipt": code}))
    form = page_of(anybody.post("/undangan/", {"receipt": code, "langkah": "datang"}))
    assert "Ibu Contoh" in form
    told = {"receipt": code, "langkah": "kirim", "number": Earlier(salt=SALT).sign(new_receipt()), "website": ""}
    told |= {"name": "Ibu Contoh", "phone": "0812 3456 7890", "publishing": "none"}
    assert "Anda mendapat kursi" in page_of(anybody.post("/undangan/", told))
    assert Invitation.objects.get().registration == Registration.objects.get()
    assert "Anda sudah terdaftar" in page_of(anybody.post("/undangan/", {"receipt": code}))
    assert "datang" in page_of(eko.get(f"/kelola/kegiatan/{event.pk}/undangan/"))


def test_who_cannot_come_says_so_and_may_think_again(event: Event) -> None:
    letter, code = invite_person(SYSTEM, event, name="Ibu Contoh", now=timezone.now())
    page = page_of(Client().post("/undangan/", {"receipt": code, "langkah": "tidak"}))
    assert "Anda batal datang" in page
    assert Invitation.objects.get(pk=letter.pk).declined_at is not None
    assert "Saya datang" in page


def test_asked_again_the_old_letter_opens_nothing(event: Event, eko: Client) -> None:
    letter, code = invite_person(SYSTEM, event, name="Ibu Contoh", now=timezone.now())
    newer = page_of(eko.post(f"/kelola/undangan/{letter.pk}/surat/")).split("<code>")[1].split("</code>")[0]
    page_of(Client().post("/undangan/", {"receipt": code}), 422)
    assert event.title is not None
    assert event.title["id"] in page_of(Client().post("/undangan/", {"receipt": newer}))


def test_an_organisation_is_invited_and_its_own_people_answer(cast: Cast, event: Event, eko: Client) -> None:
    answer = eko.post(f"/kelola/kegiatan/{event.pk}/undangan/lembaga/", {"search": cast.lentera.name})
    assert answer.status_code == 302
    budi = cast.budi.client()
    assert "diundang" in page_of(budi.get("/"))
    assert "Tidak ada dari kami yang datang" in page_of(budi.get(f"/kegiatan/{event.pk}/"))
    row = Invitation.objects.get()
    assert budi.post(f"/undangan/{row.pk}/jawab/").status_code == 302
    assert "Tidak ada dari kami yang datang" not in page_of(budi.get(f"/kegiatan/{event.pk}/"))
    assert "tidak datang" in page_of(eko.get(f"/kelola/kegiatan/{event.pk}/undangan/"))


def test_the_letter_is_paper_with_its_code_only_where_it_was_just_shown(event: Event, eko: Client) -> None:
    letter, code = invite_person(SYSTEM, event, name="Ibu Contoh", now=timezone.now())
    for answer in (
        eko.get(f"/kelola/undangan/{letter.pk}/surat.pdf"),
        eko.post(f"/kelola/undangan/{letter.pk}/surat.pdf", {"receipt": code}),
    ):
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_receipt_for_transport_has_a_line_for_each_who_came(cast: Cast, eko: Client) -> None:
    event = make_held(cast.forum)
    came(event, somebody("Ibu Contoh", phone=""))
    assert "transpor" in page_of(eko.get(f"/hadir/{event.pk}/transpor/")).casefold()
    answer = eko.post(f"/hadir/{event.pk}/transpor/", {"amount": "50000", "source": "Hibah contoh"})
    assert answer.content.startswith(b"%PDF")


def test_seats_are_kept_for_a_group_with_a_code_shown_once(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum, starts_at=soon(), capacity=3)
    until = (soon() - timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    said = {"search": cast.lentera.name, "seats": "2", "until": until}
    page = page_of(eko.post(f"/kelola/kegiatan/{event.pk}/kursi/", said))
    row = SeatReservation.objects.get()
    assert (row.seats, row.until is not None) == (2, True)
    code = page.split("<code>")[1].split("</code>")[0]
    assert code not in page_of(eko.get(f"/kelola/kegiatan/{event.pk}/kursi/"))
    assert enrol(event, code=code, now=timezone.now()).reservation_id == row.pk
    too_many = page_of(eko.post(f"/kelola/kegiatan/{event.pk}/kursi/", {**said, "seats": "9"}), 422)
    assert 'value="9"' in too_many
    assert eko.post(f"/kelola/kursi/{row.pk}/lepas/").status_code == 302
    assert SeatReservation.objects.get().released_at is not None


def test_a_question_stands_on_the_form_and_its_answer_in_the_list(event: Event, eko: Client) -> None:
    said = {"key": uuid7(), "label": "Naik apa?", "kind": "one", "choices": "Motor\nMobil", "is_required": "on"}
    assert eko.post(f"/kelola/kegiatan/{event.pk}/pertanyaan/tambah/", said).status_code == 302
    question = EventQuestion.objects.get()
    path = f"/kegiatan/{event.pk}/daftar/"
    assert "Naik apa?" in page_of(Client().get(path))
    told: dict[str, Any] = {"name": "Ibu Contoh", "phone": "0812 3456 7890", "publishing": "none", "website": ""}
    number = Earlier(salt=SALT).sign(new_receipt())
    assert "Ibu Contoh" in page_of(Client().post(path, {**told, "number": number}), 422)
    page_of(Client().post(path, {**told, "number": number, str(question.pk): "Mobil"}))
    assert EventAnswer.objects.count() == 1
    listed = page_of(eko.get(f"/kelola/kegiatan/{event.pk}/peserta/"))
    assert "Naik apa?" in listed
    assert "Mobil" in listed
    sheet = load_workbook(BytesIO(eko.post(f"/hadir/{event.pk}/peserta.xlsx").content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (rows[0][-1], rows[1][-1]) == ("Naik apa?", "Mobil")


def test_somebody_changes_what_they_answered(event: Event) -> None:
    question = add_question(SYSTEM, event, kind=AnswerKind.SEVERAL, label=LocalizedText(id="Kapan?"),
                            choices=["Pagi", "Siang"], now=NOW)  # fmt: skip
    receipt = new_receipt()
    enrol(event, somebody("Ibu Contoh", answers={str(question.pk): ["Pagi"]}), receipt=receipt, now=timezone.now())
    form = page_of(Client().post("/pendaftaran/", {"receipt": receipt, "langkah": "ubah"}))
    assert 'value="Pagi"' in form
    said = {"receipt": receipt, "langkah": "simpan", "name": "Ibu Contoh", "phone": "0812", "publishing": "none"}
    page_of(Client().post("/pendaftaran/", {**said, "phone": "0812 3456 7890", str(question.pk): ["Siang"]}))
    assert EventAnswer.objects.get().value.open() == ["Siang"]


def test_home_shows_the_door_of_today_and_who_waits(cast: Cast, eko: Client) -> None:
    now = timezone.now()
    make_event(cast.forum, starts_at=now + timedelta(hours=1), now=now - timedelta(days=1))
    full = make_event(cast.forum, starts_at=soon(), capacity=1)
    for _n in range(3):
        enrol(full, now=now)
    page = page_of(eko.get("/"))
    assert "Hari ini: pintu masuk" in page
    assert "2 orang menunggu kursi" in page
    assert "pintu masuk" not in page_of(cast.hasan.client().get("/"))


def test_what_is_public_is_found_by_its_words_and_hidden_with_its_host(cast: Cast) -> None:
    event = make_event(cast.forum, starts_at=soon(), title=LocalizedText(id="Semidaring anggaran kelapa"))
    make_event(cast.forum, starts_at=soon(), visibility="network", title=LocalizedText(id="Rapat kelapa tertutup"))
    make_event(cast.forum, starts_at=soon(), published=False, title=LocalizedText(id="Draf kelapa"))
    assert [hit.ref for hit in find("kelapa").hits] == [event.ref]
    assert f"/kegiatan/{event.pk}/" in page_of(Client().get("/cari/?q=kelapa"))
    set_safety_mode(SYSTEM, cast.forum, on=True, reason_code="threat", now=timezone.now())
    assert find("kelapa").hits == ()


@pytest.mark.parametrize("many", [1, 3])
def test_these_pages_cost_the_same_however_many_there_are(
    event: Event, eko: Client, django_assert_max_num_queries: Any, many: int
) -> None:
    eko.get("/kegiatan/")
    for number in range(many):
        invite_person(SYSTEM, event, name=f"Ibu {number}", now=timezone.now())
        add_question(SYSTEM, event, kind="text", label=LocalizedText(id=f"Apa {number}?"), now=NOW)
    for page in ("undangan", "pertanyaan", "kursi", "peserta"):
        with django_assert_max_num_queries(12):
            page_of(eko.get(f"/kelola/kegiatan/{event.pk}/{page}/"))
