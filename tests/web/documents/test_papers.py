"""Keeping the papers of an organisation, and reading them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from simpul.documents.models import Document, Upload, Version
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.documents import MARKER, docx, make_document, pdf, picture, send
from tests.matrix import DENIED

pytestmark = pytest.mark.django_db


def typed(**more: Any) -> dict[str, Any]:
    given = {"key": str(uuid7()), "kind": "annual", "title": "Laporan tahunan 2024", "audience": "public"}
    return {**given, "file": SimpleUploadedFile("laporan.pdf", pdf(), "application/pdf"), **more}


def add(browser: Client, cast: Cast, **more: Any) -> Any:
    return browser.post(f"/kelola/{cast.lentera.pk}/dokumen/tambah/", typed(**more))


def test_a_paper_is_added_without_javascript_and_read_by_everybody(cast: Cast, own_folder: Path) -> None:
    answer = add(cast.budi.client(), cast)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/kelola/{cast.lentera.pk}/dokumen/")
    text = Client().get(f"/jejaring/{cast.lentera.pk}/dokumen/").content.decode()
    assert "Laporan tahunan 2024" in text
    (address,) = set(re.findall(r"/berkas/[0-9a-f-]+/", text))
    read = Client().get(address)
    assert b"".join(read.streaming_content) == pdf()
    assert [p for p in own_folder.rglob("*") if p.is_file() and MARKER in p.read_bytes()] == []
    assert not Upload.objects.exists()


def test_a_paper_sent_before_is_added_by_its_key(cast: Cast) -> None:
    key = send(cast.budi.actor, docx())
    answer = add(cast.budi.client(), cast, file="", **{"file-kiriman": str(key)})
    assert answer.status_code == 302
    assert Version.objects.get().type.extension == "docx"


def test_a_form_that_comes_back_keeps_what_was_typed_and_the_file(cast: Cast) -> None:
    browser = cast.budi.client()
    answer = add(browser, cast, title="")
    text = answer.content.decode()
    assert answer.status_code == 422
    (key,) = re.findall(r'name="file-kiriman" value="([0-9a-f-]{36})"', text)
    assert "sudah sampai" in text
    assert add(browser, cast, file="", **{"file-kiriman": key}).status_code == 302


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("laporan.pdf", b"MZ\x90" + b"\x00" * 90, "tidak diterima"),
        ("laporan.pdf", b"", "kosong"),
        ("a.docx", docx(**{"word/vbaProject.bin": b"x"}), "makro"),
        ("a.svg", b"<svg/>", "SVG"),
        ("a.jpg", picture()[:700], "rusak"),
    ],
)
def test_what_is_not_taken_is_said_beside_the_file(cast: Cast, name: str, data: bytes, word: str) -> None:
    answer = add(cast.budi.client(), cast, file=SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert word in answer.context["form"].errors["file"][0]
    assert not Upload.objects.exists()
    assert not Document.objects.exists()


def test_a_file_too_large_is_refused_without_being_kept(cast: Cast, settings: Settings, own_folder: Path) -> None:
    settings.FILE_LIMITS = dict.fromkeys(settings.FILE_LIMITS, 1_000_000)
    answer = add(cast.budi.client(), cast, file=SimpleUploadedFile("a.pdf", pdf(1_200_000)))
    assert answer.status_code == 422
    assert "1 MB" in answer.context["form"].errors["file"][0]
    assert [p for p in own_folder.rglob("*") if p.is_file()] == []


def test_without_a_file_one_is_asked_for(cast: Cast) -> None:
    answer = add(cast.budi.client(), cast, file="")
    assert answer.context["form"].errors == {"file": ["Pilih sebuah berkas."]}


def test_the_same_form_twice_keeps_one_and_the_same_file_is_said(cast: Cast) -> None:
    browser, key = cast.budi.client(), str(uuid7())
    assert [add(browser, cast, key=key).status_code for _ in range(2)] == [302, 302]
    answer = add(browser, cast, title="Salinan")
    assert answer.status_code == 422
    assert "Laporan tahunan 2024" in answer.context["form"].non_field_errors()[0]
    assert Document.objects.count() == 1


def test_a_form_without_its_token_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.budi.client().cookies
    assert add(strict, cast).status_code == DENIED
    assert not Document.objects.exists()


def test_a_new_version_new_words_and_removal(cast: Cast) -> None:
    browser, document = cast.budi.client(), make_document(cast.budi.actor, cast.lentera.ref)
    home = f"/kelola/dokumen/{document.pk}"
    sent = {"key": str(uuid7()), "file": SimpleUploadedFile("b.docx", docx())}
    assert browser.post(f"{home}/ganti/", sent).status_code == 302
    text = browser.get(f"/kelola/{cast.lentera.pk}/dokumen/").content.decode()
    assert "1 versi sebelumnya" in text
    assert browser.get(f"/berkas/{document.pk}/versi/1/").headers["Content-Type"] == "application/pdf"
    words = {"version": 2, "kind": "bylaws", "title": "AD/ART", "audience": "own"}
    assert browser.post(f"{home}/ubah/", words).status_code == 302
    assert browser.post(f"{home}/ubah/", words).status_code == 422
    assert Client().get(f"/berkas/{document.pk}/").status_code == 404
    assert browser.post(f"{home}/hapus/", {}).status_code == 422
    assert browser.post(f"{home}/hapus/", {"reason": "mistake"}).status_code == 302
    assert [browser.get(f"{home}/hapus/").status_code, browser.get(f"/berkas/{document.pk}/").status_code] == [404, 404]


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_of_the_list_do_not_grow(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make_document(cast.budi.actor, cast.lentera.ref)
    browser = Client()
    browser.get(f"/jejaring/{cast.lentera.pk}/dokumen/")
    with django_assert_num_queries(4):
        browser.get(f"/jejaring/{cast.lentera.pk}/dokumen/")
