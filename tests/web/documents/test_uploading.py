"""Sending a file in parts, as the page's script does."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simpul.documents.models import Document, Upload
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.documents.full import no_room
from tests.factories.documents import MARKER, pdf

pytestmark = pytest.mark.django_db
DATA = pdf(5000)


def begin(browser: Client, address: str, size: object = len(DATA)) -> tuple[int, str | None]:
    answer = browser.put(address, HTTP_UPLOAD_LENGTH=str(size))
    return answer.status_code, answer.headers.get("Upload-Offset")


def part(browser: Client, address: str, offset: object, data: bytes) -> tuple[int, str | None]:
    answer = browser.patch(
        address, data, content_type="application/offset+octet-stream", HTTP_UPLOAD_OFFSET=str(offset)
    )
    return answer.status_code, answer.headers.get("Upload-Offset")


def test_a_file_is_sent_in_parts_and_asked_about_in_between(cast: Cast, own_folder: Path) -> None:
    browser, address = cast.budi.client(), f"/unggahan/{uuid7()}/"
    assert begin(browser, address) == (201, "0")
    assert part(browser, address, 0, DATA[:3000]) == (204, "3000")
    asked = browser.head(address)
    assert (asked.status_code, asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == (200, "3000", "5000")
    assert "no-store" in asked.headers["Cache-Control"]
    assert part(browser, address, 0, DATA[:3000]) == (409, "3000")
    assert begin(browser, address) == (201, "3000")
    assert part(browser, address, 3000, DATA[3000:]) == (204, "5000")
    assert Upload.objects.get().is_whole
    assert [p for p in own_folder.rglob("*") if p.is_file() and MARKER in p.read_bytes()] == []


def test_giving_up_leaves_nothing_and_may_be_said_twice(cast: Cast) -> None:
    browser, address = cast.budi.client(), f"/unggahan/{uuid7()}/"
    begin(browser, address)
    assert [browser.delete(address).status_code for _ in range(2)] == [204, 204]
    assert browser.head(address).status_code == 404


def test_an_upload_is_nobody_elses(cast: Cast) -> None:
    address = f"/unggahan/{uuid7()}/"
    begin(cast.budi.client(), address)
    hasan = cast.hasan.client()
    assert hasan.head(address).status_code == 404
    assert part(hasan, address, 0, DATA)[0] == 404
    assert hasan.delete(address).status_code == 204
    assert cast.budi.client().head(address).status_code == 200


def test_what_is_unreadable_or_too_large_is_refused_in_words(cast: Cast) -> None:
    browser, address = cast.budi.client(), f"/unggahan/{uuid7()}/"
    for size in ("", "-1", "1e6", "9" * 16, "٣", 0, 50_000_001):
        answer = browser.put(address, HTTP_UPLOAD_LENGTH=str(size))
        assert answer.status_code == 422
        assert answer.json()["message"]
    begin(browser, address)
    assert part(browser, address, "x", DATA)[0] == 422
    answer = browser.patch(address, b"MZ" + b"\x00" * 5000, content_type="x/y", HTTP_UPLOAD_OFFSET="0")
    assert (answer.status_code, "tidak" in answer.json()["message"].lower()) == (422, True)
    assert not Upload.objects.exists()


def test_the_token_of_the_page_is_needed(cast: Cast) -> None:
    signed = cast.budi.client()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed.cookies
    assert begin(strict, f"/unggahan/{uuid7()}/")[0] == 403
    assert not Upload.objects.exists()


def test_who_is_not_signed_in_is_led_to_the_door(cast: Cast) -> None:
    answer = Client().put(f"/unggahan/{uuid7()}/", HTTP_UPLOAD_LENGTH="5")
    assert (answer.status_code, answer.headers["Location"].startswith("/masuk/")) == (302, True)


def test_a_full_disk_is_said_keeps_what_arrived_and_sending_goes_on_once_there_is_room(cast: Cast) -> None:
    browser, address, data = cast.budi.client(), f"/unggahan/{uuid7()}/", pdf(300_000)
    begin(browser, address, len(data))
    with no_room():
        answer = browser.patch(address, data, content_type="x/y", HTTP_UPLOAD_OFFSET="0")
    assert (answer.status_code, "Tidak ada tempat" in answer.json()["message"]) == (507, True)
    arrived = int(browser.head(address).headers["Upload-Offset"])
    assert 0 < arrived < 100_000
    assert part(browser, address, arrived, data[arrived:]) == (204, "300000")


def test_a_form_that_finds_no_room_says_so_and_keeps_nothing(cast: Cast) -> None:
    browser = cast.budi.client()
    words = {"key": str(uuid7()), "kind": "annual", "title": "Laporan", "audience": "public"}
    sent = {**words, "file": SimpleUploadedFile("a.pdf", pdf(300_000))}
    with no_room():
        answer = browser.post(f"/kelola/{cast.lentera.pk}/dokumen/tambah/", sent)
    assert answer.status_code == 507
    assert not Document.objects.exists()
