"""One's own events on their page: registered as oneself, kept with the account later, given back, the certificate."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from simpul.activities.models import Event, Registration
from simpul.activities.passes import new_receipt
from simpul.activities.services.attendance import check_in
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.life import hold_event
from simpul.activities.services.registrations import withdraw
from simpul.activities.states import SeatState
from tests.cast import Cast
from tests.factories.activities import SYSTEM, enrol, make_event, session_of
from tests.web.activities.test_registering import answers, upcoming

pytestmark = pytest.mark.django_db
PAGE = "/kegiatan/saya/"
DAY = timedelta(days=1)


@pytest.fixture
def ani(cast: Cast) -> Client:
    return cast.ani.client()


def test_it_says_how_something_comes_to_stand_there(ani: Client) -> None:
    shown = ani.get(PAGE).content.decode()
    assert "Belum ada apa-apa di sini" in shown
    assert 'href="/kegiatan/"' in shown


def test_registered_for_oneself_it_stands_there_and_for_others_it_does_not(ani: Client) -> None:
    mine, hers = upcoming(), upcoming()
    assert 'name="as_self"' in ani.get(f"/kegiatan/{mine.pk}/daftar/").content.decode()
    ani.post(f"/kegiatan/{mine.pk}/daftar/", answers(new_receipt(), as_self="on"))
    ani.post(f"/kegiatan/{hers.pk}/daftar/", answers(new_receipt()))
    found = ani.get(PAGE)
    assert [one.row.key for one in found.context["coming"]] == [mine.pk]


def test_without_an_account_nobody_is_asked_whether_it_is_for_them(client: Client) -> None:
    event = upcoming()
    assert 'name="as_self"' not in client.get(f"/kegiatan/{event.pk}/daftar/").content.decode()
    client.post(f"/kegiatan/{event.pk}/daftar/", answers(new_receipt(), as_self="on"))
    assert Registration.objects.get().participant.person_id is None


def test_an_earlier_one_is_kept_with_the_account_by_its_number(ani: Client, client: Client) -> None:
    receipt = new_receipt()
    enrol(upcoming(), receipt=receipt, now=timezone.now())
    assert "akun saya" not in client.post("/pendaftaran/", {"receipt": receipt}).content.decode()
    assert "Simpan di akun saya" in ani.post("/pendaftaran/", {"receipt": receipt}).content.decode()
    kept = ani.post("/pendaftaran/", {"receipt": receipt, "langkah": "akun"})
    assert (kept.status_code, kept.context["claimable"]) == (200, False)
    assert len(ani.get(PAGE).context["coming"]) == 1


def test_a_number_of_somebody_elses_account_is_refused_in_words(cast: Cast, ani: Client) -> None:
    receipt = new_receipt()
    enrol(upcoming(), receipt=receipt, actor=cast.eko.actor, as_self=True, now=timezone.now())
    refused = ani.post("/pendaftaran/", {"receipt": receipt, "langkah": "akun"})
    assert refused.status_code == 422
    assert "sudah ada di akun lain" in refused.content.decode()


def test_showing_the_number_makes_an_old_registration_known_to_phones_at_the_door(client: Client) -> None:
    receipt = new_receipt()
    row = enrol(upcoming(), receipt=receipt, now=timezone.now())
    Registration.objects.update(door_digest="")
    client.post("/pendaftaran/", {"receipt": receipt})
    assert Registration.objects.get().door_digest == row.door_digest


def test_a_freed_seat_is_taken_and_a_seat_given_back_without_the_number(cast: Cast, ani: Client) -> None:
    event, now = upcoming(capacity=1), timezone.now()
    first = enrol(event, now=now)
    mine = enrol(event, actor=cast.ani.actor, as_self=True, now=now)
    withdraw(SYSTEM, first, now=now)
    assert "disimpan untuk Anda sampai" in ani.get(PAGE).content.decode()
    for step, state in (("ambil", SeatState.SEATED), ("batal", SeatState.WITHDRAWN)):
        assert ani.post(f"{PAGE}{mine.pk}/", {"langkah": step}, follow=True).status_code == 200
        mine.refresh_from_db()
        assert mine.state is state
    assert ani.get(PAGE).context["coming"] == []


def attended(cast: Cast) -> tuple[Event, Registration]:
    now = timezone.now()
    event = make_event(cast.forum, starts_at=now - DAY, now=now - 3 * DAY)
    row = enrol(event, actor=cast.ani.actor, as_self=True, now=now - 2 * DAY)
    check_in(SYSTEM, session_of(event), participant=row.participant, now=now)
    hold_event(SYSTEM, event, now=now)
    set_certificate_rule(SYSTEM, event, measure="sessions", least=1, signer="Ibu Ketua", now=now)
    issue_certificates(SYSTEM, event, now=now)
    return event, row


def test_the_certificate_is_downloaded_by_whose_it_is_alone(cast: Cast, ani: Client) -> None:
    _event, row = attended(cast)
    paper = f"{PAGE}{row.pk}/sertifikat.pdf"
    assert paper in ani.get(PAGE).content.decode()
    assert ani.get(paper).content.startswith(b"%PDF")
    # Eko receives people there, and still it is not his.
    assert [cast.played[key].client().get(paper).status_code for key in ("eko", "budi")] == [404, 404]
    assert cast.eko.client().post(f"{PAGE}{row.pk}/", {"langkah": "batal"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_as_for_one(
    cast: Cast, ani: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    for _number in range(rows):
        attended(cast)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert ani.get(PAGE).status_code == 200
