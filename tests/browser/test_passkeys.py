"""A passkey in a real browser: added, used at the door, renamed, removed. Chromium plays the phone's part itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from simpul.accounts import services
from simpul.accounts.models import Passkey, User
from tests.accounts.services.test_second_factors import code_at
from tests.browser.arriving import arrived
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PLAIN, opened
from tests.cast import Cast
from tests.factories.accounts import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_code(cast: Cast) -> tuple[User, str]:
    """Dewi, with the code after the password; the secret of her app."""
    user = cast.dewi.user
    assert user is not None
    user.set_password("lima kata yang acak sekali")
    user.save()
    earlier = timezone.now() - timedelta(minutes=10)
    secret = services.begin_totp(member(user), user)
    services.confirm_totp(member(user), user, code=code_at(secret, earlier), now=earlier)
    return user, secret


def phone_in(page: Page, *, agrees: bool = True) -> None:
    """Give this browser an authenticator of its own, whose holder always puts their finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": agrees, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def as_dewi(page: Page, cast: Cast, site: str) -> None:
    cookies = cast.dewi.client().cookies.items()
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in cookies])


def fill(page: Page, secret: str, name: str = "HP saya", code: str = "") -> None:
    page.get_by_label("Anda menyebutnya apa?").fill(name)
    page.get_by_label("Kode").fill(code or code_at(secret, datetime.now(UTC)))
    page.get_by_role("button", name="Tambahkan").click()


def test_a_passkey_is_added_and_opens_the_door(cast: Cast, site: str, chromium: Browser) -> None:
    user, secret = with_code(cast)
    with opened(chromium, site, PHONE, allowed=["422"]) as page:
        as_dewi(page, cast, site)
        phone_in(page)
        page.set_default_timeout(60_000)  # the first page of a server that has just started
        page.goto("/akun/")
        page.get_by_role("link", name="Kunci sandi").click()
        page.get_by_role("link", name="Tambah kunci sandi").click()
        assert violations(arrived(page, "Tambah kunci sandi")) == []
        fill(page, secret, code="000000")
        expect(page.get_by_role("alert").first).to_be_visible()
        fill(page, secret)  # the key that was made is not asked for a second time
        expect(page.get_by_role("heading", name="HP saya")).to_be_visible()
        assert violations(page) == []
        assert Passkey.objects.get().user == user
        page.context.clear_cookies()
        page.goto("/masuk/?lanjut=/akun/kunci-sandi/")
        page.get_by_role("link", name="Masuk dengan kunci sandi").click()
        assert violations(arrived(page, "Masuk dengan kunci sandi")) == []
        page.get_by_role("button", name="Pakai kunci sandi saya").click()
        page.wait_for_url("**/akun/kunci-sandi/")
        expect(page.get_by_text("Terakhir dipakai")).to_be_visible()
        page.get_by_role("link", name="Ganti nama “HP saya”").click()
        page.get_by_label("Anda menyebutnya apa?").fill("Stik biru")
        page.get_by_role("button", name="Simpan").click()
        page.get_by_role("link", name="Hapus “Stik biru”").click()
        page.get_by_role("button", name="Ya, hapus").click()
        expect(page.get_by_text("Anda belum punya.")).to_be_visible()
        assert Passkey.objects.count() == 0


def test_a_finger_that_is_not_recognised_opens_nothing(cast: Cast, site: str, chromium: Browser) -> None:
    with opened(chromium, site, DESK) as page:
        phone_in(page, agrees=False)
        page.goto("/masuk/kunci-sandi/")
        page.get_by_role("button", name="Pakai kunci sandi saya").click()
        expect(page.get_by_text("Tidak ada jawaban dari HP atau stik Anda.")).to_be_visible()
        assert page.url.endswith("/masuk/kunci-sandi/")


def test_without_javascript_the_page_leads_to_the_password(site: str, chromium: Browser) -> None:
    with opened(chromium, site, PLAIN) as page:
        page.goto("/masuk/kunci-sandi/")
        assert "Kunci sandi perlu JavaScript" in page.content()
        page.get_by_role("link", name="Masuk dengan kata sandi").click()
        expect(page.get_by_label("Kata sandi")).to_be_visible()
