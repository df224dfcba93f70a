"""Eko's meeting that is online: somebody invited by name answers with the letter alone; afterwards the report of the
meeting becomes attendance.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.activities.models import Attendance, Event, Invitation
from simpul.web import numbered
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Screen, opened
from tests.browser.test_desk import sits_down
from tests.browser.test_dewis_day import XLSX, press
from tests.cast import Cast
from tests.factories.activities import make_event
from tests.factories.imports import sheet
from tests.web.meetings.test_reports import ZOOM, event_of, zoom

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
screens = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["laptop", "phone"])


@screens
def test_a_letter_is_written_printed_and_answered_without_an_account(
    chromium: Browser, site: str, cast: Cast, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbered, "READING_TIME", 0)  # a machine types faster than anybody reads
    event = make_event(cast.forum, starts_at=timezone.now() + timedelta(days=10), asks=[], visibility="hosts")
    with opened(chromium, site, screen) as page:
        sits_down(page, site, cast.eko)
        page.goto(f"/kelola/kegiatan/{event.pk}/undangan/")
        looked_at(page, "Belum ada yang diundang")
        page.get_by_role("link", name="Undang seseorang atas nama").click()
        looked_at(page, "Undang seseorang atas nama")
        page.locator("[name=name]").fill("Ibu Contoh")
        page.locator("[name=office]").fill("Kepala Desa Contoh")
        press(page, "Undang")
        looked_at(page, "Suratnya siap")
        code = page.locator("code").first.inner_text()
        told = {"receipt": code, "csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()}
        row = Invitation.objects.get()
        paper = page.request.post(f"/kelola/undangan/{row.pk}/surat.pdf", form=told, headers={"Referer": page.url})
        assert (paper.status, paper.body()[:4]) == (200, b"%PDF")
    with opened(chromium, site, PHONE) as page:
        page.goto(f"/undangan/#{code}")
        looked_at(page, "Undangan saya")
        expect(page.locator("[name=receipt]")).to_have_value(code)
        assert code not in page.url
        press(page, "Buka surat")
        looked_at(page, "mengundang Anda")
        press(page, "Saya datang")
        looked_at(page, "Saya datang")
        expect(page.locator("[name=name]")).to_have_value("Ibu Contoh")
        page.locator("[name=phone]").fill("0812 3456 7890")
        press(page, "Daftar")
        expect(page.get_by_text("Anda mendapat kursi").first).to_be_visible()
        assert violations(page) == []
    row.refresh_from_db()
    assert row.registration_id is not None


@screens
def test_the_report_of_a_meeting_becomes_attendance(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    event: Event = event_of(cast)
    data = sheet(
        ZOOM,
        zoom("Siti Aminah", "09:00:00", "09:30:00", "siti@example.org"),
        zoom("M. Yusuf", "09:00:00", "10:00:00"),
        zoom("Siti Aminah", "09:20:00", "10:00:00", "siti@example.org"),
        zoom("iPhone", "09:00:00", "09:30:00"),
    )
    with opened(chromium, site, screen) as page:
        sits_down(page, site, cast.eko)
        page.goto("/impor/")
        arrived(page, "Pindahkan Excel").get_by_role("link", name="Pilih berkas Laporan rapat daring").click()
        looked_at(page, "Berkas yang mana?")
        page.get_by_label("Berkasnya").set_input_files({"name": "rapat.xlsx", "mimeType": XLSX, "buffer": data})
        press(page, "Baca berkasnya")
        looked_at(page, "Apa arti kolom-kolom ini?")
        press(page, "Periksa barisnya")
        looked_at(page, "3 baris terbaca")  # both joins of Siti are one
        page.get_by_role("link", name="Lihat berdampingan").first.click()
        looked_at(page, "1 baris mungkin sudah ada")
        merged_and_entered(page)
    came = Attendance.objects.filter(session__event=event, undone_at=None).values_list("minutes", flat=True)
    assert sorted(came) == [60, 60]  # nobody is called iPhone: unmended, it is left out


def merged_and_entered(page: Page) -> None:
    """What is left to do of three rows, one of which may be there already, from the page that shows both."""
    press(page, "Gabungkan")
    page.get_by_role("link", name="Kembali ke baris").click()
    arrived(page, "3 baris terbaca").get_by_role("link", name="Lanjut memastikan").click()
    looked_at(page, "Masukkan baris-baris ini?")
    press(page, "Masukkan")
    expect(page.get_by_text("Baris Anda sudah masuk")).to_be_visible()
    looked_at(page, "Baris Anda sudah masuk")


def looked_at(page: Page, heading: str) -> None:
    arrived(page, heading)
    assert violations(page) == []
    assert fits(page)
