"""In by password and code, and out again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from simpul.accounts.models import Session
from simpul.web.http import SECOND_FACTOR
from tests.factories.accounts import PASSWORD, make_trusted, make_user
from tests.web.accounts.browsing import COOKIE, code_at, on_phone, password_user, with_password, with_totp

pytestmark = pytest.mark.django_db


def test_sign_in_leads_on_to_where_one_was_going() -> None:
    user = password_user()
    browser = Client()
    response = browser.post("/masuk/", {"identifier": "budi@contoh.id", "password": PASSWORD, "lanjut": "/akun/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/akun/")
    row = Session.objects.get()
    assert (row.user, row.method, row.shared, row.device) == (user, "password", False, None)
    assert browser.session[SECOND_FACTOR] is False


@pytest.mark.parametrize(
    "lanjut", ["https://example.org/", "//example.org/", "javascript:alert(1)", "akun", "/\\example.org"]
)
def test_sign_in_leads_nowhere_else(lanjut: str) -> None:
    password_user()
    response = Client().post("/masuk/", {"identifier": "budi@contoh.id", "password": PASSWORD, "lanjut": lanjut})
    assert response.headers["Location"] == "/"


def test_sign_in_answers_alike_for_everything_wrong_and_keeps_what_was_typed() -> None:
    password_user()
    bodies = set()
    for typed, password in (("budi@contoh.id", "wrong"), ("siapa@contoh.id", PASSWORD)):
        response = Client().post("/masuk/", {"identifier": typed, "password": password})
        assert response.status_code == 422
        body = response.content.decode()
        assert f'value="{typed}"' in body
        assert password not in body
        csrf = response.context["csrf_token"]
        bodies.add(body.replace(str(csrf), "").replace(typed, ""))
    assert len({b.split('class="error-summary"')[1].split("</div>")[0] for b in bodies}) == 1


def test_the_code_follows_the_password_where_one_is_set_up() -> None:
    user = password_user()
    secret = with_totp(user, timezone.now() - timedelta(minutes=5))
    browser = Client()
    response = browser.post("/masuk/", {"identifier": user.handle, "password": PASSWORD, "lanjut": "/akun/"})
    assert response.headers["Location"] == "/masuk/kode/"
    assert Session.objects.count() == 0
    assert browser.get("/akun/").headers["Location"].startswith("/masuk/")
    assert browser.post("/masuk/kode/", {"code": "000000"}).status_code == 422
    response = browser.post("/masuk/kode/", {"code": code_at(secret, timezone.now())})
    assert (response.status_code, response.headers["Location"]) == (302, "/akun/")
    assert Session.objects.get().method == "totp"
    assert browser.session[SECOND_FACTOR] is True


def test_the_code_is_waited_for_ten_minutes() -> None:
    user = password_user()
    secret = with_totp(user, timezone.now() - timedelta(minutes=5))
    browser = Client()
    browser.post("/masuk/", {"identifier": user.handle, "password": PASSWORD})
    session = browser.session
    session["half_way"] = {**session["half_way"], "until": 0}
    session.save()
    response = browser.post("/masuk/kode/", {"code": code_at(secret, timezone.now())})
    assert response.headers["Location"] == "/masuk/"
    assert Session.objects.count() == 0


def test_the_code_page_alone_is_nothing() -> None:
    assert Client().get("/masuk/kode/").headers["Location"] == "/masuk/"


def test_sign_in_changes_the_sessions_key() -> None:
    user = password_user()
    browser = Client()
    session = browser.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    browser.cookies["simpul"] = planted
    browser.post("/masuk/", {"identifier": user.handle, "password": PASSWORD})
    assert browser.cookies["simpul"].value != planted


def test_sign_out_by_a_link_asks_first() -> None:
    browser = with_password(password_user())
    assert browser.get("/keluar/").status_code == 200
    assert Session.objects.count() == 1
    response = browser.post("/keluar/")
    assert response.status_code == 200
    assert Session.objects.count() == 0
    assert browser.get("/akun/").status_code == 302
    assert "Clear-Site-Data" not in response.headers


def test_every_signed_in_page_is_kept_by_no_cache() -> None:
    browser = with_password(password_user())
    for path in ("/", "/akun/", "/akun/perangkat/"):
        response = browser.get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "Cookie" in response.headers["Vary"]


def test_a_shared_device_keeps_nothing(idle: Callable[[Client, int], None]) -> None:
    user = password_user()
    browser = with_password(user, shared=True)
    assert Session.objects.get().shared is True
    assert browser.cookies["simpul"]["max-age"] == ""
    assert browser.cookies["simpul"]["expires"] == ""
    assert COOKIE not in browser.cookies
    assert browser.get("/akun/").headers["Cache-Control"] == "no-store"
    assert browser.get("/akun/perangkat/percayai/").status_code == 403
    response = browser.post("/keluar/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage", "cookies"'
    assert response.headers["Cache-Control"] == "no-store"
    assert Session.objects.count() == 0


def test_a_shared_sign_out_leaves_a_neighbours_trusted_device_alone() -> None:
    _device, secret = make_trusted(make_user())
    browser = with_password(password_user())
    browser.post("/keluar/")
    browser.cookies[COOKIE] = secret
    data = {"identifier": "budi@contoh.id", "password": PASSWORD, "shared": "on"}
    browser.post("/masuk/?cara=sandi", data)
    assert browser.post("/keluar/").headers["Clear-Site-Data"] == '"cache"'  # their drafts stay


def test_a_shared_session_ends_after_a_quarter_of_an_hour(idle: Callable[[Client, int], None]) -> None:
    browser = with_password(password_user(), shared=True)
    idle(browser, 14 * 60)
    assert browser.get("/akun/").status_code == 200
    idle(browser, 15 * 60)
    response = browser.post("/akun/sandi/", {"current": "x"})
    assert response.headers["Location"] == "/masuk/?lanjut=%2Fakun%2Fsandi%2F&habis=1"
    assert response.headers["Cache-Control"] == "no-store"
    assert Session.objects.count() == 0
    assert "15 menit" in browser.get("/masuk/?habis=1").content.decode()


def test_a_password_session_that_is_not_shared_does_not_idle_out(idle: Callable[[Client, int], None]) -> None:
    browser = with_password(password_user())
    idle(browser, 3 * 3600)
    assert browser.get("/akun/").status_code == 200


def test_remote_sign_out_works_at_once() -> None:
    user = password_user()
    here, there = with_password(user), with_password(user)
    assert there.get("/akun/").status_code == 200
    lost = Session.objects.order_by("started_at", "id").last()
    path = f"/akun/perangkat/sesi/{lost.pk}/keluar/"
    assert here.get(path).status_code == 200
    assert here.post(path).headers["Location"] == "/akun/perangkat/"
    assert there.get("/akun/").headers["Location"].startswith("/masuk/")
    assert here.get("/akun/").status_code == 200


def test_nobody_signs_out_anothers_browser_or_device() -> None:
    phone, device = on_phone(make_user())
    session = Session.objects.get()
    other = with_password(password_user())
    for path in (f"/akun/perangkat/sesi/{session.pk}/keluar/", f"/akun/perangkat/{device.pk}/cabut/"):
        assert other.get(path).status_code == 404
        assert other.post(path).status_code == 404
    assert phone.get("/akun/").status_code == 200


def test_the_cast_signs_in_from_the_front_page_in_the_demo_alone(settings: Settings) -> None:
    ani = make_user(is_demo=True)
    assert Client().post("/masuk/contoh/", {"handle": ani.handle}).status_code == 404
    settings.DEMO = True
    browser = Client()
    assert browser.get("/masuk/contoh/").status_code == 405
    assert browser.post("/masuk/contoh/", {"handle": "0000-0000"}).status_code == 404
    assert browser.post("/masuk/contoh/", {"handle": ani.handle}).status_code == 302
    assert Session.objects.get().method == "demo"
    assert browser.session[SECOND_FACTOR] is True


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_of_devices_asks_as_often_for_one_as_for_three(
    others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = password_user()
    for _ in range(others):
        on_phone(user)
    browser = with_password(user)
    browser.get("/akun/perangkat/")
    with django_assert_num_queries(7):
        response = browser.get("/akun/perangkat/")
    assert (len(response.context["devices"]), len(response.context["sessions"])) == (others, others + 1)
