"""A real Chromium against a live server.

    @pytest.mark.browser
    def test_something(page: Page, live_server: LiveServer) -> None:
        page.goto(live_server.url + "/wilayah/libur/")

`page` is a phone of 360 x 740 px unless the test is marked `@pytest.mark.parametrize("screen", [DESK])`; a screen also
says dark or light, the language, and whether there is JavaScript. A console error or a page error fails the test.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
# Playwright's sync interface runs an event loop in this thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@dataclass(frozen=True)
class Screen:
    """What somebody looks at the page with."""

    width: int = 360
    height: int = 740
    dark: bool = False
    language: str = "id"
    script: bool = True
    touch: bool = True


PHONE = Screen()
PHONE_DARK = replace(PHONE, dark=True)
PLAIN = replace(PHONE, script=False)
DESK = Screen(1280, 900, touch=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def screen() -> Screen:
    return PHONE


@pytest.fixture
def allowed() -> list[str]:
    """Parts of console messages that are meant to be: a test of a failing network names its own."""
    return []


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, screen: Screen, allowed: list[str]) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme="dark" if screen.dark else "light",
        java_script_enabled=screen.script,
        has_touch=screen.touch,
        is_mobile=screen.touch,
        reduced_motion="reduce",
        base_url=live_server.url,
    )
    context.set_default_timeout(10_000)
    if screen.language != "id":
        cookie: Any = {"name": settings.LANGUAGE_COOKIE_NAME, "value": screen.language, "url": live_server.url}
        context.add_cookies([cookie])
    opened = context.new_page()
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in allowed):
            wrong.append(message.text)

    opened.on("console", heard)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == [], "the page complained to the console"
