"""Budi brings in what volunteers wrote down in KoboCollect, the form explaining its columns."""

import pytest
from playwright.sync_api import Browser, Page, expect

from simpul.cases.models import Case
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, PLAIN, Screen, opened
from tests.browser.test_desk import sits_down
from tests.cast import Cast
from tests.factories.kobo import place, table, workbook
from tests.web.cases.incoming.test_formwords import FORM, report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def is_fine(page: Page, screen: Screen) -> None:
    assert fits(page)
    if screen is not PLAIN:
        assert violations(page) == []


def choose(page: Page, label: str, name: str, data: bytes) -> None:
    page.get_by_label(label).set_input_files({"name": name, "mimeType": SHEET, "buffer": data})


@pytest.mark.parametrize("screen", [PHONE, PLAIN], ids=["phone", "plain"])
def test_reports_come_in_and_go_again(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    place()
    with opened(chromium, site, screen) as page:
        sits_down(page, site, cast.budi)
        page.goto("/impor/cases/baru/")
        is_fine(arrived(page, "Berkas yang mana?"), screen)
        choose(page, "Berkasnya", "laporan.xlsx", workbook(Laporan=table(report())))
        page.get_by_role("button", name="Baca berkasnya").click()
        is_fine(arrived(page, "Apa arti kolom-kolom ini?"), screen)
        page.get_by_text("Biarkan formulirnya menjelaskan kolom").click()
        choose(page, "Formulirnya (XLSForm)", "formulir.xlsx", FORM)
        page.get_by_role("button", name="Baca formulirnya").click()
        expect(page.get_by_text("9 kolom dijelaskan oleh formulirnya.")).to_be_visible()
        expect(page.get_by_label("g1/k1")).to_have_value("name")
        is_fine(arrived(page, "Apa arti kolom-kolom ini?"), screen)
        page.get_by_role("button", name="Periksa barisnya").click()
        is_fine(arrived(page, "baris terbaca"), screen)
        page.get_by_role("link", name="Lanjut memastikan").click()
        is_fine(arrived(page, "Masukkan baris-baris ini?"), screen)
        page.get_by_role("button", name="Masukkan", exact=True).click()
        expect(page.get_by_role("link", name="Urungkan seluruh impor")).to_be_visible()
        is_fine(page, screen)
    assert Case.objects.get().owner_organisation == cast.lentera
