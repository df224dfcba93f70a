"""Published counts on a phone and on a desk: map, drawing and tables fit, say the same, and are accessible."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.arriving import fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, PLAIN, Screen, opened
from tests.factories.published import a_year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", [PHONE, PHONE_DARK, PLAIN, DESK], ids=["phone", "dark", "plain", "desk"])
def test_numbers_of_cases_are_looked_at_from_the_country_to_one_number(
    chromium: Browser, site: str, screen: Screen
) -> None:
    a_year()
    with opened(chromium, site, screen) as page:
        page.goto("/data/kasus/?periode=2025-01")
        expect(page.get_by_role("heading", level=1)).to_have_text("101 orang didampingi: Indonesia, Januari 2025")
        assert fits(page)
        if screen.script:
            assert violations(page) == []
        page.goto("/data/kasus/?wilayah=52.03&periode=2025-Q1")
        expect(page.get_by_role("heading", level=1)).to_contain_text("80 orang didampingi: Kabupaten Lombok Timur")
        assert fits(page)
        page.locator(".cross a", has_text="47").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("47")
        assert fits(page)
        if screen.script:
            assert violations(page) == []
