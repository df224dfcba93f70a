"""A real Chromium against a live server.

    @pytest.mark.browser
    def test_something(page: Page, live_server: LiveServer) -> None:
        page.goto(live_server.url + "/wilayah/libur/")

`page` is a phone of 360 x 740 px unless the test is marked `@pytest.mark.parametrize("screen", [DESK])`; a screen also
says dark or light, the language, and whether there is JavaScript. A console error or a page error fails the test.

Where a walk leaves acts in the audit, which no test can wipe away again, it takes `site` in place of `live_server`:

    def test_something(site: str, cast: Cast, chromium: Browser) -> None:
        with opened(chromium, site, PHONE) as page:
            page.goto("/")
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast, Stage

# Chromium without windows, tabs and extensions, where Debian's package of it is installed: the same pages, drawn and
# scripted by the same code, for a third of the work of going to one.
WITH_WINDOWS = "/usr/bin/chromium"
CHROMIUM = shutil.which("chromium-headless-shell") or WITH_WINDOWS
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--use-fake-device-for-media-stream",  # a microphone that hums, for whom the page allows it
    "--use-fake-ui-for-media-stream",
    "--disable-dev-shm-usage",  # a container's shared memory is smaller than a page
]
# Milliseconds after which what was to come will not, on however busy a machine. Only what fails waits for so long.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
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
def chromium_with_windows(chromium: Browser) -> Iterator[Browser]:
    """For what the system shows outside of a page: its notifications."""
    browser = chromium.browser_type.launch(executable_path=WITH_WINDOWS, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def screen() -> Screen:
    return PHONE


@pytest.fixture
def allowed() -> list[str]:
    """Parts of console messages that are meant to be: a test of a failing network names its own."""
    return []


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """The address of a live server, for whichever database the test of the moment is on."""
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://{thread.host}:{thread.port}"
    thread.terminate()


@pytest.fixture
def site(server: str, raced: None) -> str:
    """A live server with a database of its own, thrown away afterwards. Empty: nobody's yet."""
    return server


@pytest.fixture
def cast(site: str, stage: Stage) -> Cast:
    """The cast, at the site."""
    return stage.set_up()


@contextmanager
def opened(chromium: Browser, address: str, screen: Screen, allowed: Sequence[str] = ()) -> Iterator[Page]:
    """A browser of its own, with no cookie of another. At its end: AssertionError if a page complained."""
    context = chromium.new_context(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme="dark" if screen.dark else "light",
        java_script_enabled=screen.script,
        has_touch=screen.touch,
        is_mobile=screen.touch,
        reduced_motion="reduce",
        base_url=address,
    )
    context.set_default_timeout(PATIENCE)
    if screen.language != "id":
        cookie: Any = {"name": settings.LANGUAGE_COOKIE_NAME, "value": screen.language, "url": address}
        context.add_cookies([cookie])
    shown = context.new_page()
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in allowed):
            wrong.append(message.text)

    shown.on("console", heard)
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield shown
    finally:
        context.close()
    assert wrong == [], "the page complained to the console"


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, screen: Screen, allowed: list[str]) -> Iterator[Page]:
    with opened(chromium, live_server.url, screen, allowed) as shown:
        yield shown
