"""The library without a signal: what was opened is read and heard again, is seen in a list, and goes when it should."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.activities.kinds import Visibility
from simpul.activities.models import LibraryItem
from simpul.activities.services.library import withdraw_item
from simpul.organisations.sectors import Sector
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, opened
from tests.browser.test_unsent import EMPTY, LOST, stored, trusts, unlock
from tests.cast import Cast
from tests.factories.library import add_recording, make_item
from tests.factories.organisations import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE, LIST = "Tugas dan fungsi divisi", "/pustaka/di-ponsel/"
KEEP, READINGS = "Simpan di ponsel ini", "Kelompok mana sudah membaca apa"
GONE = ["404", *LOST]
# Seconds into the recording after it was asked to play: more than none only where it is heard.
PLAYED = """async () => {
  const sound = document.querySelector("audio");
  sound.muted = true;
  await sound.play();
  sound.currentTime = 20;
  for (let tries = 0; tries < 100 && sound.currentTime <= 20.2; tries++)
    await new Promise((done) => setTimeout(done, 100));
  return sound.currentTime;
}"""


def address(item: LibraryItem, language: str = "id") -> str:
    return f"/pustaka/{item.pk}/{language}/"


def opens(page: Page, where: str, heading: str = TITLE) -> Page:
    page.goto(where, timeout=60_000)
    return arrived(page, heading)


def is_kept(page: Page) -> None:
    expect(page.locator("[data-is-kept]")).to_be_visible()


@pytest.fixture
def item(cast: Cast) -> LibraryItem:
    found = make_item(cast.forum, "id", "sas")
    add_recording(found)
    return found


@pytest.fixture
def phone(chromium: Browser, site: str, cast: Cast) -> Iterator[Page]:
    """Nobody's in particular."""
    with opened(chromium, site, PHONE, GONE) as page:
        yield page


def test_opened_once_it_is_read_and_heard_without_a_signal(phone: Page, item: LibraryItem) -> None:
    opens(phone, address(item))
    is_kept(phone)
    assert "OggS" not in stored(phone)  # a recording costs: it is kept where somebody presses for it
    assert violations(phone) == []
    assert fits(phone)
    phone.get_by_role("button", name="Simpan rekaman").click()
    expect(phone.get_by_text("Rekaman tersimpan di ponsel ini")).to_be_visible()
    assert phone.evaluate(PLAYED) > 20
    opens(phone, address(item, "sas"))
    is_kept(phone)

    phone.context.set_offline(True)
    opens(phone, address(item))
    expect(phone.get_by_text("Tidak ada sinyal: inilah halaman yang tersimpan.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Divisi Pengaduan")).to_be_visible()
    expect(phone.get_by_text("Rekaman tersimpan di ponsel ini")).to_be_visible()
    assert phone.evaluate(PLAYED) > 20
    assert violations(phone) == []
    assert fits(phone)

    opens(phone, "/pustaka/", "Di ponsel ini")  # which is not kept: what is there is shown in its place
    expect(phone.get_by_text("halaman yang Anda minta tidak tersimpan")).to_be_visible()
    expect(phone.locator("[data-rows] li")).to_have_count(2)
    expect(phone.locator("[data-rows] li").nth(1)).to_contain_text("disimpan hari ini · beserta rekamannya")
    assert violations(phone) == []
    assert fits(phone)
    phone.locator("[data-rows]").get_by_role("button").first.click()
    expect(phone.locator("[data-rows] li")).to_have_count(1)
    phone.locator("[data-rows] a").click()
    arrived(phone, TITLE)
    phone.get_by_role("button", name="Hapus dari ponsel ini").click()
    expect(phone.get_by_text("Sudah dihapus dari ponsel ini.")).to_be_visible()
    kept = stored(phone)
    assert "Menerima siapa pun" not in kept
    assert "OggS" not in kept


def test_what_is_off_the_shelf_goes_from_the_phone_too(phone: Page, item: LibraryItem) -> None:
    other = make_item()
    for one in (item, other):
        opens(phone, address(one))
        is_kept(phone)
    withdraw_item(SYSTEM, item, now=timezone.now())
    phone.goto(LIST)
    phone.get_by_role("button", name="Perbarui semuanya").click()
    expect(phone.get_by_text("sudah tidak ada di pustaka, jadi dihapus: 1")).to_be_visible()
    expect(phone.locator("[data-rows] li")).to_have_count(1)
    withdraw_item(SYSTEM, other, now=timezone.now())
    phone.goto(address(other))
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text(TITLE)
    assert "Menerima siapa pun" not in stored(phone)


def test_without_asking_nothing_is_kept_of_what_residents_read_about_violence(phone: Page, item: LibraryItem) -> None:
    delicate = make_item(readers="everybody", sector=Sector.WOMEN_AND_CHILDREN)
    opens(phone, address(delicate))
    expect(phone.get_by_role("button", name=KEEP)).to_be_visible()
    assert str(delicate.pk) not in stored(phone)
    phone.get_by_role("button", name=KEEP).click()
    is_kept(phone)
    phone.on("dialog", lambda dialog: dialog.accept())
    opens(phone, LIST, "Di ponsel ini")
    phone.get_by_role("button", name="Hapus semuanya").click()
    expect(phone.get_by_text("Belum ada yang tersimpan")).to_be_visible()
    assert violations(phone) == []
    assert phone.evaluate(EMPTY, "caches.keys()")
    assert phone.evaluate(EMPTY, "navigator.serviceWorker.getRegistrations()")


def test_nothing_of_who_is_signed_in_is_kept_and_signing_out_deletes_it(
    chromium: Browser, site: str, cast: Cast, item: LibraryItem
) -> None:
    inside = make_item(cast.forum, visibility=Visibility.HOSTS, text="# Untuk kami\n\nHanya untuk pengurus.")
    with opened(chromium, site, PHONE_DARK, GONE) as page:
        trusts(page, site, cast.eko)
        page.goto("/pustaka/bacaan/", timeout=60_000)
        unlock(page, READINGS)
        opens(page, address(item))
        is_kept(page)
        assert violations(page) == []
        opens(page, address(inside))
        expect(page.get_by_text("Bukan untuk semua orang")).to_be_visible()
        kept = stored(page)
        assert "Menerima siapa pun" in kept
        assert [said for said in ("Hanya untuk pengurus", "csrfmiddlewaretoken", "Eko") if said in kept] == []
        page.goto("/keluar/")
        expect(page.get_by_text("Yang disimpan pustaka di ponsel ini ikut terhapus.")).to_be_visible()
        page.get_by_role("button", name="Keluar").click()
        arrived(page, "Anda sudah keluar")
        assert page.evaluate(EMPTY, "caches.keys()")
        assert page.evaluate(EMPTY, "navigator.serviceWorker.getRegistrations()")


def test_in_english_it_is_kept_in_english(chromium: Browser, site: str, item: LibraryItem) -> None:
    with opened(chromium, site, replace(DESK, language="en"), LOST) as page:
        opens(page, address(item), "What each division does")
        is_kept(page)
        page.context.set_offline(True)
        opens(page, address(item), "What each division does")
        expect(page.get_by_text("No signal: this is the page as it was kept.")).to_be_visible()
