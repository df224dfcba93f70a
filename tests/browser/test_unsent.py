"""A first screen written where there is no signal: kept sealed on the phone, and sent once when the signal is back."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from simpul.accounts.models import Device
from simpul.accounts.services import revoke_device
from simpul.cases.models import Case
from simpul.web.accounts.doors import COOKIE
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, opened
from tests.cast import Cast, Played
from tests.factories.accounts import PIN, make_trusted
from tests.factories.cases import village

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, STORY = "Inaq Contohwati", "Kartunya hilang di pasar"
LOST = ["Failed to load resource", "ERR_INTERNET_DISCONNECTED"]
PAGE = "/kasus/baru/"
TYPE = '.of-social [name="types"]'
# Whether a list of the browser's becomes empty within five seconds.
EMPTY = """async (what) => {
  for (let tries = 0; tries < 50; tries++) {
    const lists = {
      "navigator.serviceWorker.getRegistrations()": () => navigator.serviceWorker.getRegistrations(),
      "caches.keys()": () => caches.keys(), "indexedDB.databases()": () => indexedDB.databases(),
    };
    if ((await lists[what]()).length === 0) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""


def trusts(page: Page, site: str, who: Played) -> Device:
    """The phone trusts the account; nobody is signed in yet."""
    assert who.user
    device, secret = make_trusted(who.user, name=who.key)
    held = [c["value"] for c in page.context.cookies() if c["name"] == COOKIE]
    page.context.add_cookies([{"name": COOKIE, "value": ".".join([secret, *held]), "url": site}])
    return device


def unlock(page: Page, heading: str = "Buka kasus") -> None:
    page.get_by_label("PIN Anda").fill(PIN)
    page.get_by_role("button", name="Buka", exact=True).click()
    arrived(page, heading)


def is_ready(page: Page) -> None:
    expect(page.get_by_text("Ponsel ini siap")).to_be_visible()


def fill(page: Page, name: str = NAME, *, whole: bool = True) -> None:
    page.locator("#id_area").fill(village().title)
    page.get_by_label("Perlindungan sosial").check()
    if not page.locator(TYPE).first.is_visible():
        page.locator("summary:visible").first.click()
    page.locator(TYPE).first.check()
    page.get_by_label("Tentang siapa?").fill(name)
    page.get_by_label("Apa yang terjadi?").fill(STORY)
    page.get_by_label("Bertemu langsung").check()
    if whole:
        page.get_by_label("Siapa yang melapor?").select_option("self")


def keep(page: Page, pin: str = PIN) -> None:
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.locator("#pin-kept").fill(pin)
    page.get_by_role("button", name="Simpan di ponsel ini").click()


def stored(page: Page) -> str:
    """Everything the site has put on the phone, as text."""
    return str(
        page.evaluate(
            """async () => {
              const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
              for (const { name } of await indexedDB.databases()) {
                const base = await new Promise((done) => {
                  const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result);
                });
                for (const store of base.objectStoreNames) all.push(JSON.stringify(await new Promise((done) => {
                  const asked = base.transaction(store).objectStore(store).getAll();
                  asked.onsuccess = () => done(asked.result);
                })));
                base.close();
              }
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys())
                  all.push(request.url, await (await cache.match(request)).text());
              }
              return all.join("\\n");
            }"""
        )
    )


@pytest.fixture
def phone(chromium: Browser, site: str, cast: Cast) -> Iterator[Page]:
    """Ani's, signed in, with the first screen made ready."""
    village()
    with opened(chromium, site, PHONE, LOST) as page:
        trusts(page, site, cast.ani)
        page.goto(PAGE, timeout=60_000)  # the first page of a server that has just begun
        unlock(page)
        is_ready(page)
        yield page


def test_it_is_kept_without_a_signal_and_sent_by_itself_once(cast: Cast, phone: Page) -> None:
    phone.context.set_offline(True)
    phone.goto(PAGE)
    expect(arrived(phone, "Buka kasus").get_by_text("Tidak ada sinyal. Tulis saja")).to_be_visible()
    assert violations(phone) == []
    assert fits(phone)
    fill(phone)
    phone.get_by_role("button", name="Simpan", exact=True).click()
    expect(phone.get_by_text("Tidak ada sinyal: simpan di ponsel ini")).to_be_visible()
    assert violations(phone) == []
    phone.locator("#pin-kept").fill("12")
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    expect(phone.get_by_text("PIN terdiri atas enam angka.")).to_be_visible()
    phone.locator("#pin-kept").fill(PIN)
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    assert violations(phone) == []
    assert fits(phone)
    on_phone = stored(phone)
    for secret in (NAME, STORY, PIN, "AD.1", village().title):
        assert secret not in on_phone.split("css/base.css")[0].split("http")[0]
    phone.goto(PAGE)  # closed and opened again, still without a signal
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    expect(phone.get_by_label("Tentang siapa?")).to_have_value("")
    assert not Case.objects.exists()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Terkirim. Kasusnya kini ada di meja.")).to_be_visible()
    expect(phone.get_by_text("belum terkirim", exact=True)).to_have_count(0)
    case = Case.objects.get()
    assert case.opened_by == cast.ani.person
    phone.goto(PAGE)
    is_ready(phone)
    assert Case.objects.count() == 1


def test_signal_lost_while_the_page_is_open(phone: Page) -> None:
    fill(phone)
    phone.context.set_offline(True)
    keep(phone)
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Kirim sekarang").click()
    expect(phone.get_by_text("Masih tidak ada sinyal. Tidak ada yang hilang.")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Terkirim.")).to_be_visible()
    assert Case.objects.count() == 1


def test_with_a_signal_the_page_works_as_ever(phone: Page) -> None:
    fill(phone)
    phone.get_by_role("button", name="Simpan", exact=True).click()
    phone.wait_for_url("**/kasus/*-*/**")
    assert Case.objects.count() == 1


def test_a_session_that_ended_meanwhile_loses_nothing(site: str, phone: Page) -> None:
    phone.context.set_offline(True)
    phone.goto(PAGE)
    fill(phone, whole=False)
    keep(phone)
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    phone.context.set_offline(False)
    expect(phone.get_by_text("belum terkirim: ada yang kurang")).to_be_visible()
    phone.get_by_role("link", name="Buka di tempat bersinyal").click()
    unlock(phone)
    phone.get_by_role("button", name="Buka dan lengkapi").click()
    expect(arrived(phone, "Buka kasus").get_by_text("Ini tersimpan di ponsel.")).to_be_visible()
    expect(phone.get_by_label("Apa yang terjadi?")).to_have_value(STORY)
    assert violations(phone) == []
    phone.get_by_label("Siapa yang melapor?").select_option("self")
    phone.get_by_role("button", name="Simpan", exact=True).click()
    phone.wait_for_url("**/kasus/*-*/**")
    phone.goto(PAGE)
    expect(phone.locator("[data-list] li")).to_have_count(0)
    assert Case.objects.count() == 1


def test_two_of_them_one_under_a_wrong_pin(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.goto(PAGE)
    fill(phone, "Orang Pertama")
    keep(phone, "111222")
    expect(phone.get_by_text("belum terkirim", exact=True)).to_have_count(1)
    fill(phone, "Orang Kedua")
    keep(phone)
    expect(phone.get_by_text("belum terkirim", exact=True)).to_have_count(2)
    phone.context.set_offline(False)
    expect(phone.get_by_text("belum terkirim: masuk dengan PIN, lalu buka")).to_have_count(2)
    phone.goto(PAGE)
    opens = phone.get_by_role("button", name="Buka dan lengkapi")
    for left, name in ((2, "Orang Pertama"), (1, "Orang Kedua")):
        expect(opens).to_have_count(left)
        opens.first.click()
        expect(phone.get_by_label("Tentang siapa?")).to_have_value(name)
        phone.get_by_role("button", name="Simpan", exact=True).click()
        phone.wait_for_url("**/kasus/*-*/**")
        phone.goto(PAGE)
    expect(phone.locator("[data-list] li")).to_have_count(0)
    assert Case.objects.count() == 2


def test_what_came_back_to_be_completed_leaves_the_page_once_it_is_kept(phone: Page) -> None:
    fill(phone, whole=False)
    phone.get_by_role("button", name="Simpan", exact=True).click()
    expect(phone.get_by_label("Apa yang terjadi?")).to_have_value(STORY)
    expect(phone.locator(".error-summary")).to_be_visible()
    phone.get_by_label("Siapa yang melapor?").select_option("self")
    phone.context.set_offline(True)
    keep(phone)
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    for label in ("Apa yang terjadi?", "Tentang siapa?"):
        expect(phone.get_by_label(label)).to_have_value("")
    expect(phone.locator(f"{TYPE}:checked")).to_have_count(0)
    phone.context.set_offline(False)
    expect(phone.get_by_text("Terkirim.")).to_be_visible()
    assert Case.objects.count() == 1


def test_a_full_phone_says_so_and_keeps_what_was_typed(phone: Page) -> None:
    phone.add_init_script(
        """const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (row) {
          if (this.name === "drafts") throw new DOMException("full", "QuotaExceededError");
          return put.call(this, row);
        };"""
    )
    phone.context.set_offline(True)
    phone.goto(PAGE)
    fill(phone)
    keep(phone)
    expect(phone.get_by_text("Ponsel ini sudah penuh")).to_be_visible()
    expect(phone.get_by_label("Apa yang terjadi?")).to_have_value(STORY)
    assert violations(phone) == []


@pytest.mark.parametrize("year", [1970, 2040])
def test_a_wrong_clock_changes_nothing(phone: Page, year: int) -> None:
    phone.clock.set_system_time(f"{year}-01-02T03:04:05Z")
    phone.context.set_offline(True)
    phone.goto(PAGE)
    fill(phone)
    keep(phone)
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Terkirim.")).to_be_visible()
    case = Case.objects.get()
    assert (case.recorded_at - case.received_at).total_seconds() < 60


def test_signing_out_warns_and_leaves_nothing(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.goto(PAGE)
    fill(phone, whole=False)
    keep(phone)
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("belum terkirim: ada yang kurang")).to_be_visible()
    phone.goto("/keluar/")
    expect(phone.get_by_text("Keluar menghapusnya untuk selamanya")).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name="Keluar", exact=True).click()
    arrived(phone, "Anda sudah keluar")
    for left in ("navigator.serviceWorker.getRegistrations()", "caches.keys()", "indexedDB.databases()"):
        assert phone.evaluate(EMPTY, left), left


def test_a_phone_trusted_no_more_loses_what_it_kept(cast: Cast, phone: Page) -> None:
    phone.context.set_offline(True)
    phone.goto(PAGE)
    fill(phone)
    keep(phone)
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    revoke_device(cast.ani.actor, Device.objects.get(), now=cast.now)
    phone.context.set_offline(False)
    expect(phone.get_by_text("Ponsel ini tidak lagi dipercaya.")).to_be_visible()
    expect(phone.locator("[data-list] li")).to_have_count(0)
    assert not Case.objects.exists()


def test_two_people_of_one_phone_say_who_writes(site: str, cast: Cast, phone: Page) -> None:
    phone.goto("/keluar/")
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    trusts(phone, site, cast.budi)
    phone.goto(PAGE)
    phone.get_by_label("budi").check()
    unlock(phone)
    is_ready(phone)
    phone.context.set_offline(True)
    phone.goto(PAGE)
    fill(phone)
    phone.get_by_role("button", name="Simpan", exact=True).click()
    phone.get_by_label("Siapa Anda?").select_option("budi")
    phone.locator("#pin-kept").fill(PIN)
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    expect(phone.get_by_text("belum terkirim", exact=True)).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Terkirim.")).to_be_visible()
    assert Case.objects.get().opened_by == cast.budi.person
