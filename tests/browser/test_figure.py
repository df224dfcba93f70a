"""A figure opened to its records: from the front page to the one organisation that it counts."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PLAIN, Screen, opened
from tests.web.results.test_pages import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", [PHONE, PLAIN, DESK], ids=["phone", "plain", "desk"])
def test_a_figure_opens_to_the_records_it_counts(chromium: Browser, site: str, screen: Screen) -> None:
    world("52.03", "52.71", "36.02", members=3)
    with opened(chromium, site, screen) as page:
        page.goto("/")
        page.get_by_role("link", name="Kabupaten dan kota").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("3 kabupaten/kota: Program MADANI")
        records = page.locator("#catatan")
        expect(records.get_by_role("row")).to_have_count(4)  # and the heading
        page.get_by_role("link", name="Nusa Tenggara Barat").first.click()
        expect(records.get_by_role("row")).to_have_count(3)
        expect(records).to_contain_text("Kota Mataram")
        if screen.script:  # axe is a script
            assert violations(page) == []

        page.goto("/hasil/F17/")
        page.get_by_role("link", name="Organisasi yang terjangkau").click()
        name = records.get_by_role("link", name="Yayasan Contoh").first
        title = name.inner_text()
        name.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_figure_of_another_day_is_what_was_known_then(chromium: Browser, site: str) -> None:
    world("52.03")
    with opened(chromium, site, PHONE) as page:
        page.goto("/hasil/F1/")
        page.get_by_label(re.compile(r"^\s*Per\b")).fill("2019-12-31")
        page.get_by_role("button", name="Hitung lagi").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("0 kabupaten/kota: Program MADANI")
        expect(page.get_by_text("Tidak ada catatan untuk hari itu")).to_be_visible()
