"""A volunteer is let in on the spot: Budi's screen shows a code, their phone reads it, and from then on it is a key."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import segno
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from simpul.accounts.session_store import SessionStore
from simpul.people.models import Person
from simpul.web.accounts.doors import COOKIE
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, Screen, opened
from tests.cast import Cast
from tests.factories.accounts import make_trusted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIN, OTHER = "280974", "613852"
QUIET = 4  # modules of white around a code, without which no reader finds it


@contextmanager
def budis(cast: Cast, site: str, chromium: Browser, screen: Screen = DESK) -> Iterator[Page]:
    with opened(chromium, site, screen) as page:
        cookies = cast.budi.client().cookies.items()
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in cookies])
        yield page


def show_code(page: Page, name: str = "Inaq Rohani") -> str:
    """Budi's part, up to the page with the code; the address that stands below it."""
    page.goto("/relawan/baru/")
    page.get_by_role("textbox").fill(name)
    page.get_by_role("radio", name="Relawan pendamping").check()
    page.get_by_role("button", name="Tampilkan kode").click()
    page.get_by_text("Kamera tidak membacanya").click()
    return page.locator("code.link").inner_text()


def seen_by_a_camera(page: Page) -> list[list[int]]:
    """The modules of the code as they stand on the screen: dark 1, light 0, the quiet zone with them."""
    picture = page.get_by_role("img", name="Kode QR")
    width = picture.evaluate("image => image.naturalWidth") // 5  # drawn at five pixels a module
    shot = Image.open(io.BytesIO(picture.screenshot())).convert("L")
    step = shot.width / width
    places = [int((n + 0.5) * step) for n in range(width)]
    return [[int(shot.getpixel((x, y)) < 128) for x in places] for y in places]


def choose_pin(phone: Page, link: str, pin: str = PIN, name: str = "R.") -> None:
    phone.goto(link)
    phone.get_by_label("Pilih PIN").fill(pin)
    phone.get_by_label("Ketik PIN sekali lagi").fill(pin)
    phone.get_by_label("Nama panggilan di layar kunci").fill(name)
    phone.get_by_role("button", name="Selesai, masuk").click()
    phone.wait_for_url("**/akun/perangkat/siap/")


def leave_it_for(phone: Page, minutes: int) -> None:
    """Move what the server remembers of this browser's last click into the past."""
    key = next(c["value"] for c in phone.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(key)
    session["active_at"] = int((timezone.now() - timedelta(minutes=minutes)).timestamp())
    session.save()


def type_pin(phone: Page, pin: str) -> None:
    phone.get_by_label("PIN Anda").fill(pin)
    phone.get_by_role("button", name="Buka", exact=True).click()


@pytest.mark.parametrize("screen", [DESK, PHONE_DARK], ids=["desk", "dark phone"])
def test_the_code_on_the_screen_is_the_link_below_it(cast: Cast, site: str, chromium: Browser, screen: Screen) -> None:
    with budis(cast, site, chromium, screen) as page:
        link = show_code(page)
        assert link.startswith(f"{site}/daftar-perangkat/")
        drawn = segno.make(link, micro=False, error="m").matrix_iter(border=QUIET)
        assert seen_by_a_camera(page) == [[int(dark) for dark in row] for row in drawn]
        expect(page.get_by_role("heading", level=1)).to_contain_text("Inaq Rohani")
        assert violations(page) == []


def test_a_volunteer_is_let_in_by_code_and_pin(cast: Cast, site: str, chromium: Browser) -> None:
    with budis(cast, site, chromium) as page, opened(chromium, site, PHONE) as phone:
        link = show_code(page)
        phone.goto(link)
        assert violations(phone) == []
        choose_pin(phone, link)
        assert violations(phone) == []
        phone.get_by_role("main").get_by_role("link", name="Mulai").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Yang menunggu Anda")
        page.goto("/orang/")
        expect(page.get_by_role("main")).to_contain_text("Inaq Rohani")


def test_two_different_pins_and_an_easy_one_are_refused_in_words(cast: Cast, site: str, chromium: Browser) -> None:
    with budis(cast, site, chromium) as page, opened(chromium, site, PHONE, ["422"]) as phone:
        phone.goto(show_code(page))
        for pin, again in ((PIN, OTHER), ("123456", "123456")):
            phone.get_by_label("Pilih PIN").fill(pin)
            phone.get_by_label("Ketik PIN sekali lagi").fill(again)
            phone.get_by_label("Nama panggilan di layar kunci").fill("R.")
            phone.get_by_role("button", name="Selesai, masuk").click()
            expect(phone.get_by_role("alert")).to_be_focused()
            expect(phone.get_by_label("Nama panggilan di layar kunci")).to_have_value("R.")
        choose_pin(phone, phone.url)


def test_a_phone_left_alone_locks_and_opens_where_one_was(cast: Cast, site: str, chromium: Browser) -> None:
    with budis(cast, site, chromium) as page, opened(chromium, site, PHONE, ["422"]) as phone:
        choose_pin(phone, show_code(page))
        leave_it_for(phone, minutes=4)
        phone.goto("/akun/perangkat/")
        expect(phone.get_by_role("heading", level=1)).to_have_text("Perangkat dan peramban")

        leave_it_for(phone, minutes=5)
        phone.goto("/akun/perangkat/")
        expect(phone.get_by_role("heading", level=1)).to_have_text("Terkunci: ketik PIN Anda")
        assert violations(phone) == []
        for left in (3, 2, 1):
            type_pin(phone, OTHER)
            expect(phone.get_by_role("alert")).to_contain_text(f"Masih bisa dicoba {left} kali lagi")
            expect(phone.get_by_label("PIN Anda")).to_have_value("")
        assert violations(phone) == []
        type_pin(phone, PIN)
        phone.wait_for_url("**/akun/perangkat/")


def test_too_many_wrong_pins_say_how_long_to_wait(cast: Cast, site: str, chromium: Browser) -> None:
    with budis(cast, site, chromium) as page, opened(chromium, site, PHONE, ["422"]) as phone:
        choose_pin(phone, show_code(page))
        leave_it_for(phone, minutes=6)
        phone.goto("/")
        for _ in range(4):
            type_pin(phone, OTHER)
        expect(phone.get_by_role("alert")).to_contain_text("Tunggu sebentar: tinggal 6 kali percobaan lagi")
        type_pin(phone, PIN)
        expect(phone.get_by_role("alert")).to_contain_text("paling lama 1 menit")


def test_what_was_being_sent_when_it_locked_is_not_lost(cast: Cast, site: str, chromium: Browser) -> None:
    with budis(cast, site, chromium) as page, opened(chromium, site, PHONE, ["403"]) as phone:
        choose_pin(phone, show_code(page))
        phone.goto("/orang/")
        phone.get_by_role("searchbox").fill("rohani")
        leave_it_for(phone, minutes=6)
        phone.get_by_role("button", name="Cari").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Terkunci: ketik PIN Anda")
        type_pin(phone, PIN)
        phone.get_by_role("button", name="Kirim sekarang").click()
        expect(phone.get_by_role("main")).to_contain_text("Inaq Rohani")


def test_a_code_works_once_and_says_what_to_do_the_second_time(cast: Cast, site: str, chromium: Browser) -> None:
    with budis(cast, site, chromium) as page, opened(chromium, site, PHONE) as phone:
        link = show_code(page)
        choose_pin(phone, link)
        with opened(chromium, site, PHONE, ["404"]) as strangers:
            strangers.goto(link)
            expect(strangers.get_by_role("heading", level=1)).to_have_text("Tautan ini tidak berlaku lagi")
            expect(strangers.get_by_role("main")).to_contain_text("Minta koordinator")
            assert violations(strangers) == []
        phone.goto("/")
        expect(phone.get_by_role("heading", level=1)).to_have_text("Yang menunggu Anda")


def test_a_new_code_ends_the_one_before(cast: Cast, site: str, chromium: Browser) -> None:
    with budis(cast, site, chromium) as page, opened(chromium, site, PHONE, ["404"]) as phone:
        first = show_code(page)
        page.get_by_role("button", name="kode baru").click()
        expect(page.locator("code.link")).not_to_have_text(first)
        second = page.locator("code.link").text_content() or ""
        phone.goto(first)
        expect(phone.get_by_role("heading", level=1)).to_have_text("Tautan ini tidak berlaku lagi")
        choose_pin(phone, second)


def test_a_lost_phone_is_closed_from_another(cast: Cast, site: str, chromium: Browser) -> None:
    """One account on two phones: what is done on the second ends the first at once."""
    with (
        budis(cast, site, chromium) as page,
        opened(chromium, site, PHONE) as lost,
        opened(chromium, site, PHONE) as kept,
    ):
        choose_pin(lost, show_code(page), name="HP lama")
        owner = Person.objects.get(name="Inaq Rohani").user
        assert owner is not None
        _device, secret = make_trusted(owner, pin=OTHER, name="HP baru")
        kept.context.add_cookies([{"name": COOKIE, "value": secret, "url": site}])
        kept.goto("/masuk/?lanjut=/akun/perangkat/")
        type_pin(kept, OTHER)
        trusted = kept.get_by_role("article").filter(has_text="HP lama").filter(has_text="dipercaya sejak")
        trusted.get_by_role("link").click()
        expect(kept.get_by_role("heading", level=1)).to_contain_text("HP lama")
        kept.get_by_role("button", name="Ya, keluarkan").click()
        expect(kept.get_by_role("main")).to_contain_text("Perangkat sudah dikeluarkan")
        expect(kept.get_by_role("article").filter(has_text="HP lama")).to_have_count(0)

        lost.goto("/akun/")
        lost.wait_for_url("**/masuk/**")
        expect(lost.get_by_label("Kata sandi")).to_be_visible()
        kept.goto("/akun/")
        expect(kept.get_by_role("heading", level=1)).to_have_text("Akun Anda")
