"""The frame of the whole suite: a data folder nobody keeps, static files without gathering them, a browser."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.racing import copied_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def pytest_configure(config: pytest.Config) -> None:
    folder = Path(tempfile.mkdtemp(prefix="simpul-data-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    settings.DATA = folder
    settings.KEY_RING_FILE = folder / "key-ring.json"
    settings.EMAIL_FILE_PATH = folder / "mail"
    settings.STATIC_ROOT = folder / "static"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = {
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": folder / "files"}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    *,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """The tests' database, always. pytest-django makes one only where some test of the run asks for `db` by name;
    tests that copy the database would then copy the one that somebody works with.
    """
    kept = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, keepdb=kept, serialized_aliases=[])
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """The system's Chromium, one for the run. Missing, it is an error: a test of a page is never passed over."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("Chromium is missing: sudo apt-get install -y chromium")
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[LiveServer]:
    """Simpul served on a copy of the test database, which the test may fill through services and commit to.

    pytest-django's own live server empties every table afterwards, which rows that are never deleted refuse.
    """
    with django_db_blocker.unblock():
        connections.close_all()  # PostgreSQL copies a database that nobody is connected to
        with copied_database(tmp_path):
            server = LiveServer("127.0.0.1")
            yield server
            server.stop()


@pytest.fixture
def phone(chromium: "Browser", site: LiveServer) -> Iterator["Page"]:
    """A page 360 px wide; paths may be relative. Fails where anything is asked of another host."""
    yield from _page(chromium, site, PHONE)


@pytest.fixture
def desk(chromium: "Browser", site: LiveServer) -> Iterator["Page"]:
    """The same, 1280 px wide."""
    yield from _page(chromium, site, DESK)


def _page(browser: "Browser", server: LiveServer, size: dict[str, int]) -> Iterator["Page"]:
    strangers: list[str] = []
    context = browser.new_context(base_url=server.url, viewport=size, locale="id-ID", timezone_id="Asia/Makassar")
    page = context.new_page()
    page.on("request", lambda r: None if r.url.startswith((server.url, "data:")) else strangers.append(r.url))
    page.set_default_timeout(10_000)
    yield page
    context.close()
    assert strangers == [], "a page asks nothing of another host"
