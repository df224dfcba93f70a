"""Six questions, check your answers, done: nothing typed is lost, nothing secret is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from simpul.access.models import OpeningDraft
from simpul.access.setup_code import setup_code
from simpul.accounts.models import User
from simpul.organisations.models import Node, Organisation
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas
from tests.organisations.test_logos import picture

ANSWERS: dict[str, dict[str, object]] = {
    "untuk-apa": {"preset": "village_group"},
    "nama": {"name": "Kelompok Konstituen Lentera", "acronym": "KK Lentera"},
    "daerah": {"area_code": MASBAGIK_UTARA_BARU},
    "logo": {},
    "koordinator": {"coordinator": "Budi Contoh", "way": "password", "identifier": "budi@contoh.id"},
    "pengaduan": {"complaints": "me"},
}
PASSWORD = {"password": "tiga kata rahasia", "again": "tiga kata rahasia"}


@pytest.fixture
def _empty(db: None) -> None:
    areas(MASBAGIK_UTARA_BARU)


def answer(client: Client, *, but: str = "") -> None:
    for step, data in ANSWERS.items():
        if step != but:
            assert client.post(f"/mulai/{step}/", data).status_code == 302, step


@pytest.mark.usefixtures("_empty")
def test_front_page_of_an_empty_simpul_leads_to_the_six_questions(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/mulai/"
    page = client.get("/mulai/")
    assert page.status_code == 200
    assert b"/mulai/untuk-apa/" in page.content


@pytest.mark.usefixtures("_empty")
def test_answers_lead_through_check_to_an_open_simpul(client: Client) -> None:
    answer(client)
    page = client.get("/mulai/periksa/").content.decode()
    assert "Kelompok Konstituen Lentera" in page
    assert "Masbagik Utara Baru" in page
    done = client.post("/mulai/periksa/", PASSWORD, follow=True)
    assert done.redirect_chain == [("/mulai/selesai/", 302)]
    assert Node.objects.get().host.name == "Kelompok Konstituen Lentera"
    assert not OpeningDraft.objects.exists()
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("_empty")
def test_each_question_leads_to_the_next_and_back_to_check_when_changed(client: Client) -> None:
    first = client.post("/mulai/untuk-apa/", ANSWERS["untuk-apa"])
    assert first.headers["Location"] == "/mulai/nama/"
    answer(client)
    changed = client.post("/mulai/nama/?periksa=1", {"name": "KK Suluh"})
    assert changed.headers["Location"] == "/mulai/periksa/"
    assert "KK Suluh" in client.get("/mulai/periksa/").content.decode()


@pytest.mark.usefixtures("_empty")
def test_check_leads_to_the_first_unanswered_question(client: Client) -> None:
    answer(client, but="daerah")
    assert client.get("/mulai/periksa/").headers["Location"] == "/mulai/daerah/"


@pytest.mark.usefixtures("_empty")
def test_wrong_answer_is_said_beside_its_field_and_what_was_typed_stays(client: Client) -> None:
    typed = {"coordinator": "Budi Contoh", "way": "password", "identifier": "bukan surel"}
    page = client.post("/mulai/koordinator/", typed)
    assert page.status_code == 422
    assert b'value="Budi Contoh"' in page.content
    assert b'href="#id_identifier"' in page.content


@pytest.mark.usefixtures("_empty")
def test_refused_password_keeps_every_answer_and_opens_nothing(client: Client) -> None:
    answer(client)
    page = client.post("/mulai/periksa/", {"password": "1234567890", "again": "1234567890"})
    assert page.status_code == 422
    assert "Kelompok Konstituen Lentera" in page.content.decode()
    page = client.post("/mulai/periksa/", {"password": "tiga kata rahasia", "again": "lain"})
    assert page.status_code == 422
    assert not User.objects.exists()


@pytest.mark.usefixtures("_empty")
def test_uploaded_logo_stays_when_later_pages_are_answered(client: Client) -> None:
    upload = SimpleUploadedFile("logo.jpg", picture(), content_type="image/jpeg")
    assert client.post("/mulai/logo/", {"logo": upload}).status_code == 302
    answer(client)
    client.post("/mulai/periksa/", PASSWORD)
    logo = client.get("/logo.png")
    assert logo.headers["Content-Type"] == "image/png"
    assert logo.content.startswith(b"\x89PNG")
    assert client.get("/logo.png", headers={"if-none-match": logo.headers["ETag"]}).status_code == 304


@pytest.mark.usefixtures("_empty")
def test_upload_that_is_no_picture_is_refused_in_words(client: Client) -> None:
    page = client.post("/mulai/logo/", {"logo": SimpleUploadedFile("a.png", b"<svg onload='x'>")})
    assert page.status_code == 422
    assert client.get("/logo.png").status_code == 404


@pytest.mark.usefixtures("_empty")
def test_coordinator_with_a_pin_goes_on_to_enrol_the_phone(client: Client) -> None:
    answer(client, but="koordinator")
    client.post("/mulai/koordinator/", {"coordinator": "Budi", "way": "pin"})
    opened = client.post("/mulai/periksa/")
    assert opened.headers["Location"].startswith("/daftar-perangkat/")
    assert client.get(opened.headers["Location"]).status_code == 200


@pytest.mark.usefixtures("_empty")
def test_neither_session_nor_database_keeps_an_answer_in_clear(client: Client) -> None:
    answer(client)
    assert "Budi" not in str(dict(client.session))
    draft = OpeningDraft.objects.values_list("answers", flat=True).get()
    assert "Budi" not in repr(draft)


@pytest.mark.usefixtures("_empty")
def test_from_elsewhere_the_code_of_the_terminal_is_asked(client: Client) -> None:
    away = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get("/mulai/", **away).headers["Location"] == "/mulai/kode/"
    assert client.post("/mulai/nama/", ANSWERS["nama"], **away).headers["Location"] == "/mulai/kode/"
    assert client.post("/mulai/kode/", {"code": "0000-0000"}, **away).status_code == 422
    assert client.post("/mulai/kode/", {"code": setup_code()}, **away).headers["Location"] == "/mulai/"
    assert client.get("/mulai/", **away).status_code == 200


@pytest.mark.usefixtures("_empty")
def test_behind_a_proxy_the_code_is_asked_of_everybody(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    assert client.get("/mulai/").headers["Location"] == "/mulai/kode/"


@pytest.mark.usefixtures("_empty")
def test_open_simpul_shows_no_question_any_more(client: Client) -> None:
    answer(client)
    client.post("/mulai/periksa/", PASSWORD)
    for path in ("/mulai/", "/mulai/nama/", "/mulai/periksa/", "/mulai/kode/"):
        assert client.get(path).headers["Location"] == "/", path
    assert Organisation.objects.count() == 1


@pytest.mark.usefixtures("_empty")
def test_unknown_question_is_not_found(client: Client) -> None:
    assert client.get("/mulai/entah/").status_code == 404
