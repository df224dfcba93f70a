"""Ani's inbox on her phone: the bell, opening, marking as read."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.notices.models import PushSubscription
from tests.browser.arriving import arrived, comes, fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, PLAIN, Screen, opened
from tests.cast import Cast, Played
from tests.factories.notices import PARAMS, TOLD, kinds_of_tests, send
from tests.web.notices.test_wishes import at_home

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
        arrived(page, "Pemberitahuan")
        expect(page.get_by_role("main")).to_contain_text("Belum ada pemberitahuan")
        if screen.script:
            assert violations(page) == []
        tell(cast)
        page.goto("/")
        page.get_by_role("link", name="Pemberitahuan: 2 belum dibuka").first.click()
        assert fits(arrived(page, "Pemberitahuan"))
        if screen.script:
            assert violations(page) == []
        page.get_by_role("main").get_by_role("button", name="Akun").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Lentera")
        page.goto("/pemberitahuan/")
        page.get_by_role("button", name="Tandai semua sudah dibaca").click()
        expect(page.get_by_role("main")).to_contain_text("1 pemberitahuan ditandai sudah dibaca")
        expect(page.get_by_role("link", name="Pemberitahuan", exact=True).first).to_be_visible()


SHOWN = """async () => {
  const here = await navigator.serviceWorker.ready;
  return (await here.getNotifications()).map((one) => [one.title, one.body, one.tag]);
}"""
REGISTER = "navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => 0)"
SENTENCE = "Ada yang perlu dilihat di Simpul"


def test_a_push_shows_the_one_sentence_and_a_second_takes_its_place(
    cast: Cast, site: str, chromium_with_windows: Browser
) -> None:
    """The browser's own tools deliver what its maker's service would."""
    with signed_in(cast.ani, site, chromium_with_windows) as page:
        page.context.grant_permissions(["notifications"], origin=site)
        page.goto("/pemberitahuan/cara/")
        assert violations(page) == []
        tools = page.context.new_cdp_session(page)
        known: list[str] = []
        tools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: known.extend(r["registrationId"] for r in told["registrations"]),
        )
        tools.send("ServiceWorker.enable")
        page.evaluate(
            "navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => 0)"
        )
        comes(page, lambda: bool(known))

        def push(data: str) -> None:
            order = {"origin": site, "registrationId": known[-1], "data": data}
            tools.send("ServiceWorker.deliverPushMessage", order)
            page.wait_for_timeout(500)  # in which one too many would come

        one = [SENTENCE, "", "a" * 32]
        for _ in range(2):
            push(json.dumps({"text": SENTENCE, "tag": "a" * 32}))
            comes(page, lambda: page.evaluate(SHOWN) == [one])
        # What can't be read says the same sentence, and nothing of what came.
        push("bukan JSON")
        comes(page, lambda: sorted(page.evaluate(SHOWN)) == sorted([one, [SENTENCE, "", "simpul"]]))


def test_where_the_browser_can_not_be_told_the_page_says_so(cast: Cast, site: str, chromium: Browser) -> None:
    """No service of a browser's maker can be reached from here: it fails in words, and nothing is kept."""
    with opened(chromium, site, PHONE) as page:
        cookies = at_home(cast.ani).cookies.items()
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in cookies])
        page.goto("/pemberitahuan/cara/")
        page.get_by_role("button", name="Kabari saya di perangkat ini").click()
        expect(page.locator("[data-status]")).to_have_text(re.compile("tidak mengizinkan|Belum berhasil"))
        assert not PushSubscription.objects.exists()
