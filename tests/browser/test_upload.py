"""Sending a file from a phone: over a lost connection, after the browser was closed, and without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django import Settings

from simpul.documents.models import Document, Upload, Version
from simpul.documents.queries import opened
from tests.browser.conftest import PHONE, PLAIN, Screen
from tests.browser.conftest import opened as browser_opened
from tests.cast import Cast
from tests.factories.documents import MARKER, pdf, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOST = ["Failed to load resource: net::ERR_", "the server responded with a status of 409"]
ANY_PART = "**/unggahan/**"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    place = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": place}},
    }
    return place


@contextmanager
def budi_at(chromium: Browser, site: str, cast: Cast, screen: Screen = PHONE) -> Iterator[Page]:
    """Budi's browser, on the page where a document is added."""
    with browser_opened(chromium, site, screen, LOST) as page:
        jar = cast.budi.client().cookies
        cookies: list[Any] = [{"name": k, "value": m.value, "url": site} for k, m in jar.items()]
        page.context.add_cookies(cookies)
        page.goto(f"/kelola/{cast.lentera.pk}/dokumen/tambah/")
        yield page


def choose(page: Page, data: bytes, name: str = "laporan.pdf") -> None:
    page.get_by_label("Berkas").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": data})


def describe(page: Page) -> None:
    page.get_by_label("Dokumen apa ini?").select_option("annual")
    page.get_by_label("Judul").fill("Laporan tahunan 2024")
    page.get_by_label("Semua orang").check()


def kept() -> bytes:
    return b"".join(opened(Version.objects.get()).pieces())


def test_a_lost_connection_costs_nothing_but_time(chromium: Browser, site: str, cast: Cast, folder: Path) -> None:
    data, asked = pdf(3_000_000), []

    def network(route: Route) -> None:
        asked.append(route.request.method)
        if len(asked) in {3, 4}:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    with budi_at(chromium, site, cast) as page:
        page.route(ANY_PART, network)
        choose(page, data)
        expect(page.get_by_text("Sambungan terputus")).to_be_visible()
        describe(page)
        page.get_by_role("button", name="Simpan dokumen ini").click()
        expect(page.get_by_text("Dokumen tersimpan")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("link", name="Laporan tahunan 2024", exact=True)).to_be_visible()
    assert asked.count("PATCH") < 9, "what had arrived was not sent again"
    assert kept() == data
    assert [p for p in folder.rglob("*") if p.is_file() and MARKER in p.read_bytes()] == []


def test_a_browser_closed_half_way_goes_on_with_the_same_file(
    chromium: Browser, site: str, cast: Cast, tmp_path: Path
) -> None:
    data = pdf(2_000_000)
    file = tmp_path / "laporan.pdf"
    file.write_bytes(data)
    sent: list[int] = []

    def cut(route: Route) -> None:
        if route.request.method == "PATCH" and len(sent) == 2:
            route.abort("internetdisconnected")
        else:
            sent.append(1) if route.request.method == "PATCH" else None
            route.continue_()

    with budi_at(chromium, site, cast) as page:
        page.route(ANY_PART, cut)
        page.get_by_label("Berkas").set_input_files(file)
        expect(page.get_by_text("Sambungan terputus")).to_be_visible()
    arrived = Upload.objects.get().received
    assert 0 < arrived < len(data)
    parts: list[str] = []
    with budi_at(chromium, site, cast) as page:
        page.on("request", lambda r: parts.append(r.headers["upload-offset"]) if r.method == "PATCH" else None)
        page.get_by_label("Berkas").set_input_files(file)
        expect(page.get_by_text("Berkasnya sudah sampai")).to_be_visible()
        assert parts[0] == str(arrived)
        describe(page)
        page.get_by_role("button", name="Simpan dokumen ini").click()
        expect(page.get_by_text("Dokumen tersimpan")).to_be_visible()
    assert kept() == data
    assert not Upload.objects.exists()


def test_what_is_not_taken_is_said_while_it_is_sent(chromium: Browser, site: str, cast: Cast) -> None:
    with browser_opened(chromium, site, PHONE, [*LOST, "status of 422"]) as page:
        jar = cast.budi.client().cookies
        cookies: list[Any] = [{"name": k, "value": m.value, "url": site} for k, m in jar.items()]
        page.context.add_cookies(cookies)
        page.goto(f"/kelola/{cast.lentera.pk}/dokumen/tambah/")
        choose(page, b"MZ" + b"\x00" * 900_000, "akta.pdf")
        expect(page.get_by_role("status").get_by_text("Jenis berkas ini tidak diterima")).to_be_visible()
        assert page.get_by_label("Berkas").input_value() == ""
    assert not Upload.objects.exists()


@pytest.mark.parametrize("screen", [PHONE, PLAIN], ids=["script", "plain"])
def test_a_picture_is_kept_and_looked_at_with_and_without_javascript(
    chromium: Browser, site: str, cast: Cast, screen: Screen
) -> None:
    with budi_at(chromium, site, cast, screen) as page:
        choose(page, picture(tell="Sekar"), "foto.jpg")
        describe(page)
        page.get_by_role("button", name="Simpan dokumen ini").click()
        expect(page.get_by_text("Dokumen tersimpan")).to_be_visible()
        page.goto(f"/jejaring/{cast.lentera.pk}/dokumen/")
        shown = page.locator(".papers img")
        expect(shown).to_be_visible()
        width = "image => image.decode().then(() => image.naturalWidth)"  # it may still be on its way
        assert shown.evaluate(width) == 480
    assert Document.objects.get().title.open() == "Laporan tahunan 2024"
