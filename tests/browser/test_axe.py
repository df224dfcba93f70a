"""Every page there is, as one of the cast who may see it: what axe finds, what is cut off, what is asked of whom.

The pages are those of the access matrix: a page is looked at as soon as it has its rows there. On a phone it is light
and Indonesian, on a desk dark and English. What a form answers to mistakes is looked at too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Screen, opened
from tests.cast import Cast, Played
from tests.factories.territory import areas
from tests.matrix import INVALID, OK, Row, collected

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK_DARK = Screen(1280, 900, dark=True, language="en", touch=False)
ROWS: list[Row] = collected("ROWS")
CUT_OFF = """() => [...document.querySelectorAll('.nav a')].map(a => [a.innerText, a.scrollWidth > a.clientWidth
    || a.scrollHeight > a.clientHeight]).filter(([_, cut]) => cut).map(([name, _]) => name)"""
# What programs read with a token is no page.
PAGES = [row for row in ROWS if not row.name.startswith("api:")]
SHOWN = [row for row in PAGES if row.method == "get" and OK in row.answers.values()]
REFUSED = [row for row in PAGES if row.method == "post" and INVALID in row.answers.values()]


@pytest.fixture(autouse=True)
def _territory(site: str) -> None:
    """Something for the maps to draw."""
    areas("52.01", "52.03.05.2008", "52.71")


@dataclass(frozen=True, slots=True)
class Window:
    """A browser that is kept for all pages, so that style sheets and pictures are fetched once; its cookies are not."""

    page: Page
    screen: Screen
    asked: list[str]
    said: list[str]

    def become(self, address: str, browser: Client) -> None:
        """Signed in as whoever that browser is; a window remembers nobody from before."""
        self.page.context.clear_cookies()
        cookies: list[Any] = [{"name": k, "value": m.value, "url": address} for k, m in browser.cookies.items()]
        cookies.append({"name": settings.LANGUAGE_COOKIE_NAME, "value": self.screen.language, "url": address})
        self.page.context.add_cookies(cookies)
        self.asked.clear()
        self.said.clear()


@pytest.fixture(scope="module")
def windows(server: str, chromium: Browser) -> Iterator[list[Window]]:
    with opened(chromium, server, PHONE, [""]) as phone, opened(chromium, server, DESK_DARK, [""]) as desk:
        yield [_listening(phone, PHONE), _listening(desk, DESK_DARK)]


def _listening(page: Page, screen: Screen) -> Window:
    window = Window(page, screen, [], [])
    page.on("request", lambda request: window.asked.append(request.url))
    page.on("console", lambda message: window.said.append(message.text) if message.type == "error" else None)
    return window


def _first(cast: Cast, row: Row, answer: int) -> Played:
    return next(played for played in cast if row.answers[played.key] == answer)


def _address(cast: Cast, row: Row) -> str:
    return f"/{row.name[1:]}" if row.name.startswith("^") else reverse(row.name, kwargs=dict(row.params(cast)))


def _is_page(response: HttpResponse) -> bool:
    """Not a picture, a file, or a part of a page that a script puts into another."""
    return response.headers["Content-Type"].startswith("text/html") and b"<html" in response.content[:500]


def faults(window: Window, host: str) -> dict[str, object]:
    """What is wrong with the page that the window shows. Empty for a good one."""
    page = window.page
    for map_ in page.locator("figure[data-area-map]").all():  # drawn when one comes near
        map_.scroll_into_view_if_needed()
        page.locator(f"#{map_.get_attribute('id')}:is([data-drawn], :has(.failed))").wait_for()
    found: dict[str, object] = {
        "axe": violations(page),
        "wider than the screen": page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"),
        "places with their names cut off": page.evaluate(CUT_OFF),
        "headings of the first level, besides the one": page.locator("h1").count() - 1,
        "asked of another host": [url for url in window.asked if not url.startswith((host, "data:"))],
        "said to the console": list(window.said),
    }
    language = page.locator("html").get_attribute("lang")
    if language != window.screen.language:
        found["language"] = language
    return {what: wrong for what, wrong in found.items() if wrong}


@pytest.mark.parametrize("row", SHOWN, ids=str)
def test_page_has_no_fault(cast: Cast, windows: list[Window], site: str, row: Row) -> None:
    address = _address(cast, row)
    browser = _first(cast, row, OK).client()
    answer = browser.get(address, row.data(cast))
    assert answer.status_code == 200
    if not _is_page(answer):
        return
    for window in windows:
        window.become(site, browser)
        window.page.goto(answer.wsgi_request.get_full_path())
        assert faults(window, site) == {}, f"{window.screen.width} px"


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_page_that_refuses_has_no_fault(cast: Cast, windows: list[Window], site: str, row: Row) -> None:
    """The browser shows what the server answered to the post, under the same address and the same policy."""
    address = _address(cast, row)
    browser = _first(cast, row, INVALID).client()
    for window in windows:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = window.screen.language
        answer = browser.post(address, row.data(cast))
        assert answer.status_code == INVALID
        window.become(site, browser)
        _show(window, site + address, answer)
        assert faults(window, site) == {}, f"{window.screen.width} px"


def _show(window: Window, url: str, answer: HttpResponse) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(status=200, headers=dict(answer.headers.items()), body=answer.content)

    window.page.route(url, fulfil)
    window.page.goto(url)
    window.page.unroute(url)


@pytest.mark.parametrize("address", ["/tidak-ada/", "/wilayah/libur/tambah/"], ids=["404", "403"])
def test_page_that_says_no_has_no_fault(cast: Cast, windows: list[Window], site: str, address: str) -> None:
    browser = cast.ani.client()
    for window in windows:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = window.screen.language
        answer = browser.get(address)
        assert answer.status_code in (403, 404)
        window.become(site, browser)
        _show(window, site + address, answer)
        assert faults(window, site) == {}, f"{window.screen.width} px"


def test_faults_are_found(cast: Cast, windows: list[Window], site: str) -> None:
    """A page with one of each: the walk above would not pass over it."""
    phone = windows[0]
    phone.become(site, cast.publik.client())
    phone.page.goto("/kerahasiaan/")
    with phone.page.expect_console_message(lambda message: "contoh.invalid" in message.text):
        phone.page.evaluate(
            """() => {
            document.documentElement.lang = 'en';
            document.querySelector('main').insertAdjacentHTML('beforeend',
                '<h1>Dua</h1><img src="/mark.svg"><p style="color: red">x</p><pre>' + 'panjang'.repeat(99) + '</pre>');
            fetch('https://contoh.invalid/').catch(() => null);
        }"""
        )
    found = faults(phone, site)
    assert set(found) == {
        "axe",
        "wider than the screen",
        "headings of the first level, besides the one",
        "said to the console",
        "language",
    }
    assert "image-alt" in str(found["axe"])
    assert "Content Security Policy" in str(found["said to the console"])
