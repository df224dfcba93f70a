"""Browsers signed in through the pages, as people do it."""

from datetime import datetime

from django.test import Client

from simpul.accounts import services
from simpul.accounts.models import Device, User
from simpul.accounts.services.second_factors import STEP
from simpul.web.accounts.doors import COOKIE
from tests.accounts.services.test_second_factors import code_at
from tests.factories.accounts import PASSWORD, PIN, make_trusted, make_user, member

__all__ = ["COOKIE", "PASSWORD", "PIN", "STEP", "code_at", "on_phone", "password_user", "with_password", "with_totp"]


def password_user(email: str = "budi@contoh.id") -> User:
    return make_user(email=email, password=PASSWORD)


def with_password(user: User, *, shared: bool = False) -> Client:
    """A browser after the page at /masuk/; the account has no second step."""
    browser = Client()
    data = {"identifier": user.handle, "password": PASSWORD, **({"shared": "on"} if shared else {})}
    assert browser.post("/masuk/?cara=sandi", data).status_code == 302
    return browser


def on_phone(user: User) -> tuple[Client, Device]:
    """A phone that trusts the account, unlocked with its PIN."""
    device, secret = make_trusted(user)
    browser = Client()
    browser.cookies[COOKIE] = secret
    assert browser.post("/masuk/pin/", {"pin": PIN}).status_code == 302
    return browser, device


def with_totp(user: User, moment: datetime) -> str:
    """The secret of a second step that was set up at that moment."""
    secret = services.begin_totp(member(user), user)
    services.confirm_totp(member(user), user, code=code_at(secret, moment), now=moment)
    return secret
