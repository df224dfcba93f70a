"""Ani's inbox on her phone: the bell, opening, marking as read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, PLAIN, Screen, opened
from tests.cast import Cast, Played
from tests.factories.notices import PARAMS, TOLD, kinds_of_tests, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with kinds_of_tests():
        yield


@contextmanager
def signed_in(played: Played, site: str, chromium: Browser, screen: Screen = PHONE) -> Iterator[Page]:
    with opened(chromium, site, screen) as page:
        cookies = played.client().cookies.items()
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in cookies])
        yield page


def tell(cast: Cast) -> None:
    assert cast.ani.user is not None
    now = timezone.now()
    send(cast.ani.user, about=cast.forum.ref, now=now - timedelta(days=2))
    send(cast.ani.user, kind=TOLD.key, params=PARAMS, about=cast.lentera.ref, urgent=True, now=now)


@pytest.mark.parametrize("screen", [PHONE, PHONE_DARK, PLAIN, DESK], ids=["phone", "dark", "plain", "desk"])
def test_what_came_is_opened_from_the_bell(cast: Cast, site: str, chromium: Browser, screen: Screen) -> None:
    with signed_in(cast.ani, site, chromium, screen) as page:
        page.goto("/")
        page.get_by_role("link", name="Pemberitahuan").first.click()
        expect(page.get_by_role("main")).to_contain_text("Belum ada pemberitahuan")
        if screen.script:
            assert violations(page) == []
        tell(cast)
        page.goto("/")
        page.get_by_role("link", name="Pemberitahuan: 2 belum dibuka").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= screen.width
        if screen.script:
            assert violations(page) == []
        page.get_by_role("main").get_by_role("button", name="Akun").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Lentera")
        page.goto("/pemberitahuan/")
        page.get_by_role("button", name="Tandai semua sudah dibaca").click()
        expect(page.get_by_role("main")).to_contain_text("1 pemberitahuan ditandai sudah dibaca")
        expect(page.get_by_role("link", name="Pemberitahuan", exact=True).first).to_be_visible()
