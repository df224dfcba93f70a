"""The camera reads a QR code: a video of one is held before it. The browser here has no reader of its own."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from django.utils import timezone
from playwright.sync_api import Browser, expect

from simpul.activities.models import Attendance
from simpul.activities.passes import new_receipt, pass_of
from tests.browser.arriving import arrived
from tests.browser.axe import violations
from tests.browser.conftest import CHROMIUM, PHONE, QUIET, opened
from tests.browser.test_dewis_day import at
from tests.browser.test_outbox import HEADING, address, is_ready
from tests.browser.test_unsent import LOST, trusts, unlock
from tests.cast import Cast
from tests.factories.activities import enrol, make_event, session_of, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "Inaq Contoh Lestari"
RECEIPT = new_receipt()
WIDTH, HEIGHT, SIDE = 320, 240, 6


def video(code: str) -> bytes:
    """YUV4MPEG of two frames with the code in the middle, dark on light."""
    rows = [list(row) for row in segno.make(code, micro=False).matrix_iter(scale=SIDE, border=4)]
    top, left = (HEIGHT - len(rows)) // 2, (WIDTH - len(rows[0])) // 2
    luma = bytearray(b"\xdc" * (WIDTH * HEIGHT))
    for y, row in enumerate(rows):
        start = (top + y) * WIDTH + left
        luma[start : start + len(row)] = bytes(0x10 if dark else 0xEB for dark in row)
    frame = b"FRAME\n" + bytes(luma) + b"\x80" * (WIDTH * HEIGHT // 2)
    return f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 2


@pytest.fixture(scope="module")
def filming(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera sees the pass of somebody who registered."""
    path: Path = tmp_path_factory.mktemp("camera") / "code.y4m"
    path.write_bytes(video(pass_of(RECEIPT).replace("-", "")))
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=[*QUIET, f"--use-file-for-fake-video-capture={path}"]
    )
    yield browser
    browser.close()


def test_the_door_reads_the_code_and_says_who_came(filming: Browser, site: str, cast: Cast) -> None:
    event = make_event(cast.forum, starts_at=timezone.now() - timedelta(hours=1))
    enrol(event, somebody(NAME), receipt=RECEIPT)
    with at(filming, site, cast.eko, PHONE) as page:
        page.context.grant_permissions(["camera"], origin=site)
        page.goto(f"/hadir/sesi/{session_of(event).pk}/", timeout=60_000)
        page.get_by_role("button", name="Pindai dengan kamera").click()
        expect(page.locator("#hasil").get_by_text(NAME)).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Hentikan kamera").click()
        expect(page.locator(".camera")).to_be_hidden()
    assert Attendance.objects.get().how == "qr"


def test_without_a_signal_it_reads_as_well(filming: Browser, site: str, cast: Cast) -> None:
    event = make_event(cast.forum, starts_at=timezone.now() - timedelta(hours=1))
    enrol(event, somebody(NAME), receipt=RECEIPT)
    with opened(filming, site, PHONE, LOST) as page:
        trusts(page, site, cast.eko)
        page.context.grant_permissions(["camera"], origin=site)
        page.goto(address(event))
        unlock(page, HEADING)
        is_ready(page)
        words = page.locator("[data-words]").text_content() or ""
        page.context.set_offline(True)
        page.goto(address(event))
        arrived(page, HEADING)
        page.get_by_label("Empat kata itu").fill(words)
        page.get_by_role("button", name="Buka", exact=True).click()
        page.get_by_role("button", name="Pindai dengan kamera").click()
        expect(page.get_by_text(f"{NAME} hadir.")).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_text("Semua sudah terkirim.")).to_be_visible()
    assert Attendance.objects.count() == 1


def test_a_link_to_one_s_registration_opens_it_from_behind_the_mark(chromium: Browser, site: str, cast: Cast) -> None:
    """The number stands behind "#", where no server and no log sees it."""
    event = make_event(cast.forum, starts_at=timezone.now() + timedelta(days=3))
    enrol(event, somebody(NAME), receipt=RECEIPT)
    with opened(chromium, site, PHONE) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"/pendaftaran/#{RECEIPT}", timeout=60_000)
        expect(page.locator("[name=receipt]")).to_have_value(RECEIPT)
        assert RECEIPT not in page.url
        assert not [url for url in asked if RECEIPT in url]
        page.get_by_role("button", name="Tampilkan").click()
        arrived(page, "Anda mendapat kursi")
        expect(page.locator("code").first).to_have_text(pass_of(RECEIPT))
        assert violations(page) == []
