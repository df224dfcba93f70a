"""The night a record has to be opened, on a phone: Budi names Ani, Ani opens, Kartika reads why."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from simpul.access.models import EmergencyOpening
from simpul.access.openable import Openable, only
from simpul.kernel.actor import Actor
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation
from tests.browser.axe import violations
from tests.browser.conftest import PHONE_DARK, PLAIN, Screen, opened
from tests.cast import Cast, Played

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Rumah aman menelepon malam ini dan Budi tidak bisa dihubungi."
ENGLISH = Screen(dark=True, language="en")
CASE = RecordRef("cases.sample", uuid7())


def found_by_number(_actor: Actor, _organisation: Organisation, number: str) -> RecordRef | None:
    return CASE if number == "K-0001" else None


@pytest.fixture(autouse=True)
def cases() -> Iterator[None]:
    with only(Openable(CASE.kind, "Kasus", "Nomor kasus", found_by_number)):
        yield


def sign_in(page: Page, played: Played, site: str) -> None:
    cookies = played.client().cookies.items()
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in cookies])
    page.set_default_timeout(60_000)


def looked_at(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_deputy_opens_it_and_the_supervisor_reads_why(cast: Cast, site: str, chromium: Browser) -> None:
    with opened(chromium, site, PLAIN) as page:
        sign_in(page, cast.budi, site)
        page.goto("/akses/darurat/")
        looked_at_plain(page, "Bukaan darurat")
        page.get_by_role("link", name="Tunjuk wakil darurat").click()
        page.get_by_label("Ani (Relawan)").check()
        page.get_by_role("button", name="Tunjuk").click()
        expect(page.get_by_text("Ani mewakili para koordinator sejak")).to_be_visible()
    with opened(chromium, site, PHONE_DARK) as page:
        sign_in(page, cast.ani, site)
        page.goto("/akses/darurat/")
        looked_at(page, "Bukaan darurat")
        page.get_by_role("link", name="Buka catatan dalam keadaan darurat").click()
        looked_at(page, "Buka catatan dalam keadaan darurat")
        page.get_by_label("Nomor kasus").fill("K-0001")
        page.get_by_label("Apa yang terjadi, dan mengapa tidak bisa menunggu?").fill(REASON)
        page.get_by_role("button", name="Lanjut").click()
        looked_at(page, "Periksa sebelum membuka")
        expect(page.get_by_text("Budi, Kartika")).to_be_visible()
        page.get_by_role("button", name="Buka dan beri tahu mereka").click()
        looked_at(page, "Sudah terbuka bagi Anda")
        page.get_by_role("link", name="Tutup sekarang").click()
        looked_at(page, "Tutup sebelum waktunya?")
        page.get_by_role("button", name="Tutup sekarang").click()
        expect(page.get_by_text("Sudah ditutup.")).to_be_visible()
    assert EmergencyOpening.objects.get().closed_at is not None
    with opened(chromium, site, ENGLISH) as page:
        sign_in(page, cast.kartika, site)
        page.goto("/pemberitahuan/")
        page.get_by_role("button", name="A record was opened in an emergency").click()
        looked_at(page, "An emergency opening")
        expect(page.get_by_text(REASON)).to_be_visible()
        expect(page.get_by_text("Ani, as the deputy")).to_be_visible()


def looked_at_plain(page: Page, heading: str) -> None:
    """Without JavaScript axe can't run; what it shows can."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    expect(page.get_by_text("Belum ada. Bila HP Anda mati malam ini")).to_be_visible()
