"""The style guide, the front door and each room in a real browser: what axe finds, what overflows, what is touched."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/gaya/",
    "/gaya/ruang/umum/",
    "/gaya/ruang/kerja/",
    "/gaya/ruang/rahasia/",
    "/gaya/ruang/cetak/",
    "/cara-menghitung/",
    "/kerahasiaan/",
    "/aksesibilitas/",
]
ENGLISH_DESK_DARK = Screen(1280, 900, dark=True, language="en", touch=False)


@pytest.mark.parametrize("screen", [PHONE, ENGLISH_DESK_DARK, PHONE_DARK], ids=["phone", "desk-dark-en", "phone-dark"])
def test_axe_finds_nothing(page: Page, screen: Screen) -> None:
    found: dict[str, list[str]] = {}
    for address in PAGES:
        page.goto(address)
        if wrong := violations(page):
            found[address] = wrong
    assert found == {}


@pytest.mark.parametrize("screen", [PHONE, Screen(320, 640)], ids=["360", "320"])
def test_no_page_is_wider_than_the_screen(page: Page, screen: Screen) -> None:
    wide = {}
    for address in PAGES:
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > screen.width:
            wide[address] = width
    assert wide == {}


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_what_one_touches_is_44_pixels_high(page: Page, screen: Screen) -> None:
    """Buttons, fields, places and summaries; links within sentences are exempt."""
    small = """() => [...document.querySelectorAll('button, .btn, select, textarea, summary, .choice, .nav a, .me a,'
        + ' .foot a, .tabs a, .chips a, input:not([type=checkbox], [type=radio], [type=hidden])')]
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([_, r]) => r.width && r.height < 43.5).map(([html, r]) => `${Math.round(r.height)} ${html}`)"""
    page.goto("/gaya/")
    assert page.evaluate(small) == []


def test_language_changes_without_script_and_stays_on_the_page(page: Page) -> None:
    page.goto("/kerahasiaan/")
    page.get_by_role("button", name="Read in English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confidentiality")
    assert page.url.endswith("/kerahasiaan/")


@pytest.mark.parametrize("screen", [DESK])
def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page, screen: Screen) -> None:
    page.goto("/kerahasiaan/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#isi")).to_be_focused()


def test_the_thread_stands_on_a_phone_and_lies_where_there_is_room(page: Page, live_server: LiveServer) -> None:
    page.goto("/gaya/")
    knots = "[...document.querySelectorAll('#thread .thread > ol > li')]"
    tops = f"{knots}.map(knot => Math.round(knot.getBoundingClientRect().top))"
    upright = page.evaluate(tops)
    assert upright == sorted(set(upright))
    page.set_viewport_size({"width": 1280, "height": 900})
    assert len(set(page.evaluate(tops))) == 1


def test_everything_comes_from_this_host(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in PAGES:
        page.goto(address)
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_leaving_quickly_leaves_no_way_back(page: Page, live_server: LiveServer) -> None:
    """The weather is answered here: tests ask nothing of other hosts."""
    page.route("https://www.bmkg.go.id/**", lambda route: route.fulfill(body="cuaca"))
    page.goto("/kerahasiaan/")
    page.goto("/gaya/")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.bmkg.go.id/")
    page.go_back()
    assert page.url == f"{live_server.url}/kerahasiaan/"
