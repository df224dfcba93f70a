"""The pages of one's account: second step, password, the mailed link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from simpul.accounts.models import PasswordReset, Session
from simpul.accounts.queries import has_second_factor
from simpul.accounts.tasks import mail_password_reset
from simpul.web.accounts.views.second_step import in_fours, otpauth
from simpul.web.http import SECOND_FACTOR
from tests.factories.accounts import PASSWORD, make_user
from tests.web.accounts.browsing import code_at, on_phone, password_user, with_password, with_totp

pytestmark = pytest.mark.django_db
NEW = "sesek-gedogan-sukarara"


@pytest.fixture(autouse=True)
def mailbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_the_second_step_is_set_up_with_a_picture_and_a_key() -> None:
    user = password_user()
    browser = with_password(user)
    page = browser.get("/akun/langkah-kedua/")
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())[1]
    secret = key.replace(" ", "")
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert browser.post("/akun/langkah-kedua/", {"code": "000000"}).status_code == 422
    done = browser.post("/akun/langkah-kedua/", {"code": code_at(secret, timezone.now())})
    assert len(done.context["codes"]) == 10
    assert has_second_factor(user)
    assert browser.session[SECOND_FACTOR] is True
    assert secret not in browser.get("/akun/langkah-kedua/").content.decode()


def test_the_key_is_not_in_the_session_and_names_nobody() -> None:
    user = password_user()
    browser = with_password(user)
    key = browser.get("/akun/langkah-kedua/").context["secret"].replace(" ", "")
    assert key not in repr(dict(browser.session.items()))
    address = otpauth(user, "ABCD")
    assert address == f"otpauth://totp/Simpul:{user.handle}?secret=ABCD&issuer=Simpul"
    assert in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_recovery_codes_are_renewed_and_the_step_removed_with_a_code() -> None:
    user = password_user()
    secret = with_totp(user, timezone.now() - timedelta(minutes=5))
    phone, _device = on_phone(user)
    assert phone.get("/akun/langkah-kedua/kode-cadangan/").status_code == 200
    codes = phone.post("/akun/langkah-kedua/kode-cadangan/", {"code": code_at(secret, timezone.now())}).context["codes"]
    assert len(codes) == 10
    assert phone.post("/akun/langkah-kedua/hapus/", {"code": "000000"}).status_code == 422
    assert phone.post("/akun/langkah-kedua/hapus/", {"code": codes[0]}).headers["Location"] == "/akun/"
    assert not has_second_factor(user)
    for path in ("/akun/langkah-kedua/kode-cadangan/", "/akun/langkah-kedua/hapus/"):
        assert phone.get(path).headers["Location"] == "/akun/langkah-kedua/"


def test_the_password_is_changed_and_this_browser_stays_signed_in() -> None:
    user = password_user()
    here, there = with_password(user), with_password(user)
    data = {"current": "wrong", "new": NEW, "new_again": NEW}
    assert here.post("/akun/sandi/", data).status_code == 422
    assert here.post("/akun/sandi/", {**data, "current": PASSWORD}).headers["Location"] == "/akun/"
    assert here.get("/akun/").status_code == 200
    assert there.get("/akun/").headers["Location"].startswith("/masuk/")


def test_a_volunteer_is_told_that_no_password_is_needed() -> None:
    phone, _device = on_phone(make_user())
    page = phone.get("/akun/sandi/")
    assert "form" not in page.context
    assert phone.get("/akun/").status_code == 200


def test_a_mailed_link_sets_a_new_password() -> None:
    user = password_user()
    old = with_password(user)
    browser = Client()
    assert browser.post("/masuk/lupa/", {"identifier": "Budi@Contoh.id"}).status_code == 200
    (message,) = mail.outbox
    assert message.to == ["budi@contoh.id"]
    path = re.search(r"http://testserver(/sandi-baru/\S+/)", message.body)[1]
    assert browser.get(path).headers["Referrer-Policy"] == "strict-origin"
    assert browser.post(path, {"new": "short", "new_again": "short"}).status_code == 422
    assert browser.post(path, {"new": NEW, "new_again": NEW}).headers["Location"] == "/masuk/?cara=sandi"
    assert old.get("/akun/").status_code == 302
    assert Session.objects.count() == 0
    assert browser.get(path).status_code == 404


def test_the_answer_is_the_same_for_an_address_of_nobody() -> None:
    password_user()
    make_user(email="tutup@contoh.id", password=PASSWORD, is_active=False)
    pages = set()
    for typed in ("budi@contoh.id", "siapa@contoh.id", "tutup@contoh.id", "bukan alamat", "+6281234567890"):
        response = Client().post("/masuk/lupa/", {"identifier": typed})
        pages.add((response.status_code, response.content))
    assert len(pages) == 1
    assert [m.to for m in mail.outbox] == [["budi@contoh.id"]]


def test_links_are_mailed_a_few_times_an_hour() -> None:
    password_user()
    for _ in range(6):
        assert Client().post("/masuk/lupa/", {"identifier": "budi@contoh.id"}).status_code == 200
    assert len(mail.outbox) == 3


def test_the_task_for_nobody_does_nothing() -> None:
    mail_password_reset.call("", "http://testserver/sandi-baru/", timezone.now().isoformat())
    assert (mail.outbox, PasswordReset.objects.count()) == ([], 0)


@pytest.mark.parametrize("path", ["/akun/", "/akun/perangkat/", "/akun/sandi/", "/akun/langkah-kedua/", "/akun/pin/"])
def test_pages_of_an_account_lead_the_public_to_sign_in(path: str) -> None:
    assert Client().get(path).headers["Location"] == f"/masuk/?lanjut={path.replace('/', '%2F')}"


def test_removing_the_step_leaves_a_password_session_with_one_factor() -> None:
    user = password_user()
    secret = with_totp(user, timezone.now() - timedelta(minutes=5))
    browser = Client()
    browser.post("/masuk/", {"identifier": user.handle, "password": PASSWORD})
    browser.post("/masuk/kode/", {"code": code_at(secret, timezone.now())})
    assert browser.session[SECOND_FACTOR] is True
    next_code = code_at(secret, timezone.now() + timedelta(seconds=30))
    assert browser.post("/akun/langkah-kedua/hapus/", {"code": next_code}).headers["Location"] == "/akun/"
    assert browser.session[SECOND_FACTOR] is False
