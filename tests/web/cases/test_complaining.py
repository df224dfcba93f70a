"""The public form and its receipt, page by page, as a phone without JavaScript sends them."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from simpul.cases.complaint_files import files_of
from simpul.cases.models import Complaint, ComplaintDraft
from simpul.documents.queries import opened
from simpul.notices.models import Notice
from tests.cast import Cast
from tests.documents.test_sounds import SOUND, TOLD, webm
from tests.factories.complaints import VILLAGE, works_in
from tests.factories.documents import picture

pytestmark = pytest.mark.django_db
STEP = [reverse("complaint:step", args=[n]) for n in range(1, 5)]
SEND, RECEIPT = reverse("complaint:send"), reverse("complaint:receipt")


@pytest.fixture
def village(cast: Cast) -> Cast:
    works_in(cast.lentera, VILLAGE)
    return cast


@pytest.fixture
def phone() -> Client:
    return Client()


def words_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def digits_in(response: HttpResponse) -> str:
    found = re.search(r'class="digits">([\d ]{19})<', response.content.decode())
    assert found, words_of(response)
    return found[1]


def fill(phone: Client, **story: object) -> None:
    assert phone.post(reverse("complaint:start")).status_code == 302
    assert phone.post(STEP[0], {"reported_by": "anonymous"})["Location"] == STEP[1]
    assert phone.post(STEP[1], {"wish": "phone", "phone": "0800-000-1234", "safe_to_call": "no"})["Location"] == STEP[2]
    assert phone.post(STEP[2], {"area": VILLAGE, "matter": "AD", "about": "nobody"})["Location"] == STEP[3]
    told = {"narrative": "KTP saya tidak jadi-jadi.", **story}
    assert phone.post(STEP[3], told)["Location"] == reverse("complaint:check")


def test_four_steps_a_look_over_and_a_receipt(village: Cast, phone: Client) -> None:
    fill(phone)
    checked = words_of(phone.get(reverse("complaint:check")))
    assert "KTP saya tidak jadi-jadi." in checked
    done = phone.post(SEND)
    digits = digits_in(done)
    assert digits_in(phone.post(SEND)) == digits
    complaint = Complaint.objects.get()
    assert complaint.handler == village.lentera
    assert complaint.contact is not None
    assert complaint.contact.open() == {"phone": "0800-000-1234", "safe_to_call": "no"}
    assert "LAPOR!" in words_of(done)
    assert Notice.objects.count() == 1
    opened = phone.post(RECEIPT, {"receipt": digits})
    assert opened.status_code == 200
    assert "0800-000-1234" not in words_of(opened)
    assert "KTP saya" not in words_of(opened)


def test_no_page_of_the_form_is_kept_and_none_has_a_telling_title_or_address(village: Cast, phone: Client) -> None:
    phone.post(reverse("complaint:start"))
    for address in (reverse("complaint:start"), *STEP, reverse("complaint:check"), RECEIPT):
        answer = phone.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        title = re.search("<title>(.*?)</title>", answer.content.decode())
        assert title is not None
        assert title[1] == "Formulir · Simpul"
        assert not re.search("kekerasan|aduan|pengaduan|kasus", address)


def test_the_browser_keeps_one_key_that_scripts_and_strangers_never_see(village: Cast, phone: Client) -> None:
    phone.post(reverse("complaint:start"))
    assert set(phone.cookies) == {"isian"}
    kept = phone.cookies["isian"]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["max-age"]) == (True, "Strict", "/adu/", "")
    assert "sessionid" not in phone.cookies
    assert not phone.session.keys()


def test_leaving_forgets_at_once(village: Cast, phone: Client) -> None:
    fill(phone)
    left = phone.post(reverse("complaint:leave"))
    assert left["Refresh"] == "0; url=https://www.bmkg.go.id/"
    assert left.content == b""
    assert not ComplaintDraft.objects.exists()
    assert phone.get(STEP[3])["Location"] == reverse("complaint:start")


def test_a_sent_form_is_not_shown_to_who_opens_the_phone_next(village: Cast, phone: Client) -> None:
    fill(phone)
    digits = digits_in(phone.post(SEND))
    page = words_of(phone.get(reverse("complaint:start")))
    assert digits not in page
    assert "Lanjutkan" not in page
    assert phone.cookies["isian"].value == ""


def test_a_picture_is_kept_without_what_it_told(village: Cast, phone: Client) -> None:
    phone.post(reverse("complaint:start"))
    sent = SimpleUploadedFile("Rumah Ani.jpg", picture())
    phone.post(STEP[3], {"narrative": "Lihat foto.", "pictures": [sent], "langkah": "tambah"})
    assert "Foto" in words_of(phone.get(STEP[3]))
    phone.post(SEND)
    ((kept, name),) = files_of(Complaint.objects.get().pk)
    assert kept.title is not None
    assert "Ani" not in kept.title.open() + name


def test_other_files_are_refused_and_what_was_typed_stays(village: Cast, phone: Client) -> None:
    phone.post(reverse("complaint:start"))
    sent = SimpleUploadedFile("nama.txt", b"catatan saya\n" * 20)
    answer = phone.post(STEP[3], {"narrative": "Tetap ada.", "pictures": [sent]})
    assert answer.status_code == 422
    assert "Tetap ada." in words_of(answer)
    assert files_of(ComplaintDraft.objects.get().complaint) == []


def test_a_wrong_receipt_is_said_to_be_one_and_then_waits(village: Cast, phone: Client) -> None:
    for _n in range(3):
        assert phone.post(RECEIPT, {"receipt": "1234 5678 9012 3456"}).status_code == 422
    waiting = phone.post(RECEIPT, {"receipt": "1234 5678 9012 3456"})
    assert waiting.status_code == 429
    assert "Tunggu 2 detik" in words_of(waiting)
    assert Client().post(RECEIPT, {"receipt": "9234 5678 9012 3456"}).status_code == 422


def test_words_and_a_trusted_person_are_added_on_the_last_page(village: Cast, phone: Client) -> None:
    fill(phone)
    phone.post(SEND)
    page = phone.post(SEND, {"langkah": "kata"}).content.decode()
    words = re.search(r'class="digits words">([a-z ]+)<', page)
    assert words is not None
    assert phone.post(RECEIPT, {"receipt": words[1]}).status_code == 200
    trusted = re.findall(r'class="digits">([\d ]{19})<', phone.post(SEND, {"langkah": "titip"}).content.decode())[1]
    page = phone.post(RECEIPT, {"receipt": trusted}).content.decode()
    assert "tarik" not in page


def test_an_objection_begins_where_it_is_told(village: Cast, phone: Client) -> None:
    fill(phone)
    digits = digits_in(phone.post(SEND))
    assert phone.post(RECEIPT, {"receipt": digits, "langkah": "keberatan"})["Location"] == STEP[3]
    phone.post(STEP[3], {"narrative": "Saya tidak setuju."})
    phone.post(SEND)
    first, second = Complaint.objects.order_by("received_at")
    assert second.appeal_of == first
    assert second.handler == village.support


def test_a_recording_is_kept_whole_without_what_it_told(village: Cast, phone: Client) -> None:
    phone.post(reverse("complaint:start"))
    phone.post(STEP[3], {"voice": [SimpleUploadedFile("suara Ani.webm", webm())]})
    phone.post(SEND)
    ((kept, _name),) = files_of(Complaint.objects.get().pk)
    with opened(kept.versions.get()) as file:
        data = file.read()
    assert len(data) == len(webm())
    assert SOUND[:900] in data
    assert TOLD.encode() not in data
