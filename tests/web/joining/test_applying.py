"""Applying without an account: read over, sent once, seen again with the number; machines are kept out."""

import re
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client

from simpul.organisations.admission import Act
from simpul.organisations.models import MembershipApplication
from simpul.organisations.receipts import new_receipt
from simpul.organisations.services.application_calls import open_applications
from simpul.organisations.services.applications import move_application
from simpul.web.joining.forms import SALT
from tests.cast import NOW, Cast
from tests.factories.applications import apply
from tests.factories.organisations import SYSTEM
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db

DANGER = "52.03.05.2008"


class Earlier(TimestampSigner):
    """Draws a form as it would have been drawn a long while ago."""

    def timestamp(self) -> str:
        return b62_encode(1_700_000_000)


def number(receipt: str = "") -> str:
    return Earlier(salt=SALT).sign(receipt or new_receipt())


def answers(**more: Any) -> dict[str, Any]:
    areas(DANGER)
    return {
        "number": number(),
        "kind": "OT.Y",
        "name": "Yayasan Tani Makmur",
        "acronym": "YTM",
        "seat": DANGER,
        "does": "Mendampingi petani garam.",
        "hopes": "Belajar bersama.",
        "contact_name": "Wanda Contoh",
        "contact_phone": "0812 3456 7890",
        "consents": "on",
        "website": "",
        **more,
    }


@pytest.fixture
def path(cast: Cast) -> str:
    open_applications(SYSTEM, cast.network, now=NOW)
    return f"/jejaring/{cast.network.pk}/gabung/"


def test_a_closed_network_says_so_and_has_no_form(client: Client, cast: Cast) -> None:
    page = client.get(f"/jejaring/{cast.network.pk}/gabung/").content.decode()
    assert "tidak menerima pendaftaran" in page
    assert 'name="contact_name"' not in page


def test_answers_are_read_over_and_nothing_is_kept_before_they_are_sent(client: Client, path: str) -> None:
    page = client.post(path, answers()).content.decode()
    assert "Periksa jawaban Anda" in page
    assert "Mendampingi petani garam." in page
    assert not MembershipApplication.objects.exists()
    again = client.post(path, answers(langkah="ubah"))
    assert (again.status_code, 'value="YTM"' in again.content.decode()) == (200, True)


def test_sent_twice_it_is_one_application_with_one_number(client: Client, path: str, cast: Cast) -> None:
    receipt = new_receipt()
    sent = answers(number=number(receipt), langkah="kirim")
    for _ in range(2):
        page = client.post(path, sent)
        assert (page.status_code, receipt in page.content.decode()) == (200, True)
        assert page.headers["Cache-Control"] == "no-store"
    row = MembershipApplication.objects.get()
    assert (row.name, row.seat_id, row.network_id, row.applicant) == (
        "Yayasan Tani Makmur",
        DANGER,
        cast.network.pk,
        None,
    )


def test_an_organisation_of_the_directory_is_offered_and_may_say_that_it_is_the_one(
    client: Client, path: str, cast: Cast
) -> None:
    said = answers(name="Kelompok Konstituen Aik Bening")
    assert f'value="{cast.other_group.pk}"' in client.post(path, said).content.decode()
    client.post(path, {**said, "langkah": "kirim", "kami": str(cast.other_group.pk)})
    assert MembershipApplication.objects.get().applicant == cast.other_group
    assert client.post(path, {**answers(), "langkah": "kirim", "kami": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "name"),
        ({"contact_phone": ""}, "contact_phone"),
        ({"contact_phone": "bukan nomor"}, "contact_phone"),
        ({"consents": ""}, "consents"),
        ({"website": "http://spam.example"}, "__all__"),
        ({"number": "kosong"}, "__all__"),
        ({"number": TimestampSigner(salt="lain").sign(new_receipt())}, "__all__"),
    ],
)
def test_what_is_wrong_comes_back_with_everything_typed(
    client: Client, path: str, wrong: dict[str, str], said: str
) -> None:
    answer = client.post(path, answers(langkah="kirim", **wrong))
    assert answer.status_code == 422
    assert said in answer.context["form"].errors
    assert "Mendampingi petani garam." in answer.content.decode()
    assert not MembershipApplication.objects.exists()


def test_a_form_that_lost_its_number_gets_a_new_one(client: Client, path: str) -> None:
    page = client.post(path, answers(number="kosong")).content.decode()
    found = re.search(r'name="number" value="([^"]+)"', page)
    assert found is not None
    assert TimestampSigner(salt=SALT).unsign(found[1])


def test_faster_than_anybody_reads_is_asked_to_send_once_more(client: Client, path: str) -> None:
    fresh = TimestampSigner(salt=SALT).sign(new_receipt())
    answer = client.post(path, answers(number=fresh, langkah="kirim"))
    assert answer.status_code == 422
    assert f'name="number" value="{fresh}"' in answer.content.decode()


def test_closed_while_somebody_writes_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    answer = client.post(f"/jejaring/{cast.network.pk}/gabung/", answers(langkah="kirim"))
    assert answer.status_code == 422
    assert "Mendampingi petani garam." in answer.content.decode()


def test_the_number_shows_the_question_and_takes_the_answer(client: Client, cast: Cast) -> None:
    receipt = new_receipt()
    row = apply(cast.network, receipt=receipt)
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    move_application(SYSTEM, row, act=Act.ASK, words="Sejak kapan berdiri?", now=NOW)
    page = client.post("/permohonan/", {"receipt": receipt.lower()}).content.decode()
    assert "Sejak kapan berdiri?" in page
    empty = client.post("/permohonan/", {"receipt": receipt, "langkah": "answer", "words": " "})
    assert "words" in empty.context["reply"].errors
    for _ in range(2):
        client.post("/permohonan/", {"receipt": receipt, "langkah": "answer", "words": "Sejak 2019"})
    assert [step.act for step in row.steps.all()] == ["submit", "begin", "ask", "answer"]
    assert (
        "ditarik" in client.post("/permohonan/", {"receipt": receipt, "langkah": "withdraw"}).content.decode().lower()
    )


def test_a_wrong_number_is_told_apart_from_none(client: Client) -> None:
    assert client.post("/permohonan/", {"receipt": ""}).status_code == 422
    answer = client.post("/permohonan/", {"receipt": new_receipt()})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (422, "no-store")


def test_the_pages_ask_little_of_the_database(
    client: Client, path: str, cast: Cast, django_assert_num_queries: Any
) -> None:
    receipt = new_receipt()
    apply(cast.network, receipt=receipt)
    client.get(path)
    with django_assert_num_queries(3):
        client.get(path)
    with django_assert_num_queries(3):
        client.post("/permohonan/", {"receipt": receipt})
