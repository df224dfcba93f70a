"""Dewi's day: her Excel comes in and goes out again, somebody applies and is admitted, members are confirmed, and the
network is looked at. On a laptop, and the same on a phone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from simpul.kernel.actor import System
from simpul.organisations.models import Confirmation, Membership, Organisation
from simpul.organisations.services.application_calls import open_applications
from simpul.organisations.services.memberships import admit_member
from simpul.web import numbered
from tests.browser.arriving import arrived
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Screen, opened
from tests.cast import Cast, Played
from tests.factories.imports import sheet
from tests.factories.territory import areas

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ("Nama Lembaga", "Jenis", "No HP")
ROWS = (
    ("Yayasan Baru Sekali", "Yayasan", "081234567890"),
    ("Kelompok Tani Maju", "Kelompok", "081234567891"),
    ("Pusat Riset Contoh", "Yayasan", "0376 21234"),  # it is there already
)
screens = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["laptop", "phone"])


@contextmanager
def at(chromium: Browser, site: str, who: Played, screen: Screen) -> Iterator[Page]:
    with opened(chromium, site, screen) as page:
        cookies = who.client().cookies.items()
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in cookies])
        yield page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@screens
def test_an_excel_comes_in_with_its_doubles_merged_and_goes_out_again(
    chromium: Browser, site: str, cast: Cast, screen: Screen
) -> None:
    before = Organisation.objects.count()
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto("/impor/")
        page.get_by_role("link", name="Pilih berkas Organisasi").click()
        page.get_by_role("radio", name="Jaringan Provinsi Contoh").check()
        page.get_by_label("Berkasnya").set_input_files(
            {"name": "anggota.xlsx", "mimeType": XLSX, "buffer": sheet(HEADS, *ROWS)}
        )
        press(page, "Baca berkasnya")
        assert violations(arrived(page, "Apa arti kolom-kolom ini?")) == []
        press(page, "Periksa barisnya")
        expect(page.get_by_role("heading", level=1)).to_contain_text("3 baris terbaca")
        page.get_by_role("link", name="Lihat berdampingan").first.click()
        expect(page.get_by_role("heading", name="Pusat Riset Contoh").first).to_be_visible()
        assert violations(page) == []
        assert Organisation.objects.count() == before
        press(page, "Gabungkan")
        page.get_by_role("link", name="Kembali ke baris").click()
        page.get_by_role("link", name="Lanjut memastikan").click()
        press(page, "Masukkan")
        expect(page.get_by_text("Baris Anda sudah masuk")).to_be_visible()
        assert Organisation.objects.count() == before + 2
        assert Membership.objects.filter(network=cast.network, member=cast.support, superseded_at=None).exists()
        page.get_by_role("link", name="Urungkan seluruh impor").click()
        press(page, "Urungkan")
        expect(page.get_by_text("Impor sudah diurungkan")).to_be_visible()
    assert Organisation.objects.count() == before
    assert not Membership.objects.filter(network=cast.network, member=cast.support, superseded_at=None).exists()


@screens
def test_somebody_applies_without_an_account_and_is_verified_and_admitted(
    chromium: Browser, site: str, cast: Cast, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbered, "READING_TIME", 0)  # a machine types faster than anybody reads
    areas("52.03.05.2008")
    open_applications(System("tests"), cast.network, now=datetime.now(UTC))
    with opened(chromium, site, PHONE) as page:
        page.goto(f"/jejaring/{cast.network.pk}/")
        page.get_by_role("link", name="Daftar menjadi anggota").click()
        page.get_by_label("Nama organisasi").fill("Yayasan Tani Makmur")
        page.locator("[name=kind]").select_option("OT.Y")
        page.locator("[name=does]").fill("Mendampingi petani garam.")
        page.locator("[name=contact_name]").fill("Wanda Contoh")
        page.locator("[name=contact_phone]").fill("0812 3456 7890")
        page.locator("[name=consents]").check()
        press(page, "Baca ulang")
        press(page, "Kirim permohonan")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Permohonan")
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto(f"/kelola/{cast.network.pk}/permohonan/")
        page.get_by_role("link", name="Yayasan Tani Makmur").click()
        press(page, "Mulai verifikasi")
        expect(page.get_by_role("button", name="Simpan daftar periksa")).to_be_visible()
        for box in page.get_by_role("checkbox").all()[:3]:
            box.check()
        press(page, "Simpan daftar periksa")
        press(page, "Nyatakan terverifikasi")
        page.get_by_role("link", name="Catat keputusan").click()
        page.locator("[name=outcome][value=accept]").check()
        page.locator("[name=decided_by]").fill("Rapat presidium")
        press(page, "Catat")
        expect(page.get_by_role("heading", name="Surat untuk pemohon")).to_be_visible()
        assert violations(page) == []
    assert Membership.objects.filter(network=cast.network, member__name="Yayasan Tani Makmur").exists()


@screens
def test_members_are_confirmed_and_the_graph_is_read(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    admit_member(System("tests"), cast.network, member=cast.other_group, now=datetime.now(UTC))
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto("/masih-aktif/")
        page.get_by_role("button").filter(has_text="Forum Simpul Contoh").click()
        expect(page.get_by_role("button").filter(has_text="Forum Simpul Contoh")).to_have_count(0)
        assert Confirmation.objects.filter(organisation=cast.forum).exists()
        page.goto(f"/jejaring/{cast.network.pk}/hubungan/")
        expect(page.get_by_role("heading", level=2)).to_contain_text("2 anggota langsung")
        page.get_by_role("link", name="1 organisasi").click()  # unfolds the forum
        page.get_by_role("link", name="Kelompok Konstituen Lentera").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kelompok Konstituen Lentera")
        page.get_by_role("link", name="Bagaimana hubungannya dengan organisasi lain?").click()
        page.get_by_label("Organisasi yang lain").fill("aik bening")
        press(page, "Cari")
        page.get_by_role("link", name="Kelompok Konstituen Aik Bening").click()
        expect(page.get_by_role("heading", level=2).first).to_contain_text("berjarak 3 langkah")
        expect(page.get_by_role("heading", name="1 jaringan bersama")).to_be_visible()
        assert violations(page) == []


@screens
def test_an_announcement_is_written_read_and_counted(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto(f"/kelola/{cast.network.pk}/pengumuman/tulis/")
        page.locator("[name=title]").fill("Rapat anggota 14 Maret")
        page.locator("[name=body]").fill("Kita bertemu pukul sembilan di kantor forum.")
        page.locator("[name=to]").nth(1).check()
        assert violations(page) == []
        press(page, "Kirim kepada anggota")
        expect(page.get_by_role("heading", level=2)).to_contain_text("2 belum membaca")
    with at(chromium, site, cast.budi, PHONE) as page:
        page.goto("/pengumuman/")
        page.get_by_role("link", name="Rapat anggota 14 Maret").click()
        press(page, "Sudah kami baca")
        expect(page.get_by_role("button", name="Sudah kami baca")).to_have_count(0)
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto(f"/kelola/{cast.network.pk}/pengumuman/")
        expect(page.get_by_role("main")).to_contain_text("dibaca 1 dari 2")
