"""A download over a bad connection: the browser takes it up by itself where it broke off."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings

from tests.browser.conftest import PHONE, opened
from tests.cast import Cast
from tests.factories.documents import make_document, varied_pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZE, ARRIVES = 600_000, 250_000


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}},
    }


class BadConnection:
    """Stands between browser and server, and hangs up after so many bytes of the first file. `asked`: what for."""

    def __init__(self, server: str) -> None:
        self.asked: list[dict[str, str]] = []
        self._server = (urlsplit(server).hostname or "", urlsplit(server).port or 0)
        self._listening = socket.create_server(("localhost", 0))
        self.address = f"http://localhost:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _listen(self) -> None:
        while True:
            try:
                browser, _address = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(browser,), daemon=True).start()

    def _answer(self, browser: socket.socket) -> None:
        with browser, socket.create_connection(self._server) as server:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (piece := browser.recv(65_536)):
                    return
                head += piece
            left = self._bytes_let_through(head.decode("latin-1"))
            server.sendall(re.sub(rb"(?mi)^connection:.*\r$", b"Connection: close\r", head))
            while left > 0 and (piece := server.recv(65_536)):
                browser.sendall(piece[:left])
                left -= len(piece)

    def _bytes_let_through(self, head: str) -> int:
        if not head.startswith("GET /berkas/"):
            return 10**9
        lines = (line.partition(": ") for line in head.split("\r\n")[1:])
        self.asked.append({name.lower(): value for name, _sign, value in lines})
        return ARRIVES if len(self.asked) == 1 else 10**9


@contextmanager
def bad_connection(server: str) -> Iterator[BadConnection]:
    between = BadConnection(server)
    try:
        yield between
    finally:
        between.close()


def test_a_download_that_breaks_off_goes_on_where_it_stopped(
    chromium: Browser, site: str, cast: Cast, tmp_path: Path
) -> None:
    data = varied_pdf(SIZE)
    make_document(cast.budi.actor, cast.lentera.ref, data, title="Laporan tahunan", kind="annual")
    with bad_connection(site) as line, opened(chromium, line.address, PHONE) as page:
        page.goto(f"/jejaring/{cast.lentera.pk}/dokumen/")
        with page.expect_download() as begun:
            page.get_by_role("link", name="Laporan tahunan", exact=True).click()
        arrived = tmp_path / "arrived.pdf"
        begun.value.save_as(arrived)
    assert arrived.read_bytes() == data
    first, rest = line.asked
    assert "range" not in first
    start = int(re.fullmatch(r"bytes=(\d+)-", rest["range"])[1])  # type: ignore[index]
    assert 0 < start < ARRIVES, "what had arrived was not sent again"
    assert rest["if-range"].startswith('"')
