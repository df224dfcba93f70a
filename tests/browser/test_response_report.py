"""Dewi's response: she opens it, a village says what it needs, she sees the gap, writes the report and publishes it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from simpul.activities.models import Response, SituationReport
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Screen
from tests.browser.test_dewis_day import at, press
from tests.cast import Cast
from tests.factories.responses import make_line, place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
screens = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["laptop", "phone"])


@screens
def test_a_response_from_the_first_word_to_its_report(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    village = place("52.03.05.2006")
    today = datetime.now(UTC).date()
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto("/tanggap/")
        arrived(page, "Tanggap bencana").get_by_role("link", name="Buka tanggap bencana").click()
        arrived(page, "Buka tanggap bencana")
        page.locator("[name=name]").fill("Banjir Contoh")
        page.locator("[name=valid_from]").fill("2025-02-03")
        page.locator("[name=area-teks]").fill("Kabupaten Lombok Timur")
        press(page, "Simpan")
        looked_at(page, "Banjir Contoh")
        press(page, "Terbitkan tanggap bencana")
        expect(page.get_by_text("Sekarang siapa pun bisa membacanya")).to_be_visible()
    with at(chromium, site, cast.ani, PHONE) as page:
        page.goto("/tanggap/")
        arrived(page, "Tanggap bencana").get_by_role("link", name="Banjir Contoh").click()
        arrived(page, "Banjir Contoh").get_by_role("link", name="Laporkan kebutuhan").click()
        arrived(page, "Laporkan kebutuhan")
        page.locator("[name=area-teks]").fill(village.title)
        page.locator("[name=cluster]").select_option("protection")
        page.locator("[name=what]").fill("Air bersih")
        page.locator("[name=people]").fill("240")
        press(page, "Simpan")
        looked_at(page, "Air bersih")
        expect(page.get_by_text("belum ditangani").first).to_be_visible()
    told_on = datetime.now(UTC) - timedelta(days=2)
    make_line(Response.objects.get(), cast.lentera, village.code, now=told_on, as_of=told_on.date())
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto("/tanggap/")
        arrived(page, "Tanggap bencana").get_by_role("link", name="Banjir Contoh").click()
        looked_at(page, "Banjir Contoh")
        expect(page.get_by_role("heading", name="1 kebutuhan belum ditangani siapa pun")).to_be_visible()
        page.get_by_role("link", name="Laporan", exact=True).click()
        arrived(page, "Laporan jaringan").get_by_role("link", name="Tulis laporan").click()
        arrived(page, "Tulis laporan")
        page.locator("[name=last_day]").fill((today - timedelta(days=1)).isoformat())
        page.locator("[name=author]").fill("Dewi, sekretariat")
        page.locator("[name=progress-all]").fill("Jalan sudah terbuka.")
        page.locator("[name=problems-protection]").fill("Air bersih belum ada.")
        page.locator("[name=proposals-protection]").fill("Satu lembaga mengambil air.")
        press(page, "Simpan")
        looked_at(page, "Laporan no. 1")
        expect(page.get_by_text("Usulan solusi").first).to_be_visible()
        press(page, "Terbitkan laporan")
        expect(page.get_by_text("Kata dan angkanya tidak berubah lagi")).to_be_visible()
        looked_at(page, "Laporan no. 1")
        table = page.get_by_role("heading", name="Menurut klaster", exact=True).locator("xpath=following::table[1]")
        expect(table).to_contain_text("Logistik")
        wide, seen = table.evaluate("t => [t.scrollWidth, t.parentElement.clientWidth]")
        assert wide <= seen  # nobody scrolls sideways to read it
        paper = page.request.get(str(page.get_by_role("link", name="Sebagai PDF").get_attribute("href")))
        assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
        assert paper.body().startswith(b"%PDF")
    assert SituationReport.objects.get().published_at is not None


def looked_at(page: Page, heading: str) -> None:
    arrived(page, heading)
    assert violations(page) == []
    assert fits(page)
