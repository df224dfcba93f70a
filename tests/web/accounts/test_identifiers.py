"""The page of one's own e-mail address and phone number."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from simpul.accounts.models import User
from simpul.accounts.queries import identifiers_of
from tests.factories.accounts import make_user
from tests.web.accounts.browsing import PASSWORD, PIN, on_phone, password_user, with_password

pytestmark = pytest.mark.django_db
PATH = "/akun/surel-telepon/"


@pytest.fixture(autouse=True)
def mailbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MAIL_LEAVES = True


def kept(user: User) -> tuple[str | None, str | None]:
    return identifiers_of(User.objects.get(pk=user.pk))


def test_the_page_costs_the_same_every_time(django_assert_num_queries: Any) -> None:
    browser = with_password(password_user())
    browser.get(PATH)
    with django_assert_num_queries(4):
        page = browser.get(PATH)
    assert 'value="budi@contoh.id"' in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


def test_the_old_address_is_told_and_the_new_one_opens_the_account() -> None:
    user = password_user()
    browser = with_password(user)
    sent = {"email": "budi.baru@contoh.id", "phone": "0812 3456 7890", "current": PASSWORD}
    assert browser.post(PATH, sent).headers["Location"] == "/akun/"
    assert [(m.to, "budi.baru" in m.body) for m in mail.outbox] == [(["budi@contoh.id"], False)]
    entered = Client().post("/masuk/?cara=sandi", {"identifier": "budi.baru@contoh.id", "password": PASSWORD})
    assert entered.status_code == 302
    assert browser.post(PATH, sent).status_code == 302
    assert len(mail.outbox) == 1


def test_nothing_is_mailed_where_no_mail_leaves(settings: Settings) -> None:
    settings.MAIL_LEAVES = False
    user = password_user()
    with_password(user).post(PATH, {"email": "", "phone": "", "current": PASSWORD})
    assert (kept(user), mail.outbox) == ((None, None), [])


def test_a_pin_is_asked_for_on_the_phone_it_opens() -> None:
    user = make_user()
    phone, _device = on_phone(user)
    assert "PIN" in phone.get(PATH).content.decode()
    assert phone.post(PATH, {"email": "ani@contoh.id", "current": "000001"}).status_code == 422
    assert phone.post(PATH, {"email": "ani@contoh.id", "current": PIN}).status_code == 302
    assert kept(user) == ("ani@contoh.id", None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "bukan surel"}, "email"),
        ({"email": "sudah@contoh.id"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"current": "salah"}, "current"),
        ({"current": ""}, "current"),
    ],
    ids=str,
)
def test_what_is_refused_is_mended_in_place(wrong: dict[str, str], field: str) -> None:
    make_user(email="sudah@contoh.id")
    user = password_user()
    answer = with_password(user).post(PATH, {"email": "b@contoh.id", "phone": "", "current": PASSWORD, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert PASSWORD not in page
    assert kept(user) == ("budi@contoh.id", None)


def test_who_can_prove_nothing_here_is_told_where_they_can() -> None:
    user, browser = make_user(), Client()
    browser.force_login(user)
    assert "PIN" in browser.get(PATH).content.decode()
    assert browser.post(PATH, {"email": "ani@contoh.id", "current": ""}).status_code == 200
    assert kept(user) == (None, None)
