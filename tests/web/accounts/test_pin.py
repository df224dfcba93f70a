"""Enrolment by QR, the PIN, and the lock after five idle minutes."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from simpul.accounts import services
from simpul.accounts.models import Device, Session
from simpul.kernel.actor import System
from simpul.web.accounts.doors import COOKIE
from tests.factories.accounts import NOW, PASSWORD, PIN, make_trusted, make_user
from tests.web.accounts.browsing import on_phone, password_user, with_password

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
Wait = Callable[[Client, int], None]


def _scan(moment: datetime | None = None) -> str:
    _enrolment, token = services.open_enrolment(System("tests"), now=moment or timezone.now())
    return f"/daftar-perangkat/{token}/"


def test_a_volunteer_enrols_by_qr_and_comes_back_by_pin() -> None:
    path, phone = _scan(), Client()
    page = phone.get(path)
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "strict-origin")
    assert page.headers["Cache-Control"] == "no-store"
    response = phone.post(path, {"pin": PIN, "pin_again": PIN, "name": "A."})
    assert response.headers["Location"] == "/akun/perangkat/siap/"
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 400 * 24 * 3600)
    assert phone.get("/akun/perangkat/siap/").status_code == 200
    phone.post("/keluar/")
    assert phone.get("/masuk/").headers["Location"].startswith("/masuk/pin/")
    assert phone.post("/masuk/pin/", {"pin": "917352"}).status_code == 422
    assert phone.post("/masuk/pin/", {"pin": PIN}).headers["Location"] == "/"
    assert Session.objects.get().method == "pin"
    assert phone.get(path).status_code == 404


def test_the_cookie_of_a_trusted_device_is_secure_in_production(settings: Settings) -> None:
    settings.PRODUCTION = True
    response = Client().post(_scan(), {"pin": PIN, "pin_again": PIN})
    assert response.cookies[COOKIE]["secure"] is True


def test_enrolment_refuses_two_pins_that_differ_and_a_weak_one() -> None:
    path, phone = _scan(), Client()
    for pin, again in ((PIN, "917352"), ("123456", "123456"), ("12", "12")):
        response = phone.post(path, {"pin": pin, "pin_again": again, "name": "A."})
        assert response.status_code == 422
        assert 'value="A."' in response.content.decode()
        assert 'href="#id_pin' in response.content.decode()
    assert Device.objects.count() == 0
    assert phone.post(path, {"pin": PIN, "pin_again": PIN}).status_code == 302


@pytest.mark.parametrize("path", ["/daftar-perangkat/x/", "/sandi-baru/x/"])
def test_a_link_that_is_over_says_what_to_do(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert Client().get(_scan(datetime(2025, 1, 1, tzinfo=UTC))).status_code == 404


def test_two_volunteers_on_one_phone_each_with_their_own_pin() -> None:
    phone = Client()
    other = "917352"
    phone.post(_scan(), {"pin": PIN, "pin_again": PIN, "name": "A."})
    phone.post(_scan(), {"pin": other, "pin_again": other, "name": "B."})
    phone.post("/keluar/")
    first, second = Device.objects.order_by("trusted_at", "id")
    page = phone.get("/masuk/pin/").content.decode()
    assert [name in page for name in ("A.", "B.")] == [True, True]
    assert phone.post("/masuk/pin/", {"pin": PIN}).status_code == 422
    assert phone.post("/masuk/pin/", {"pin": PIN, "device": str(second.pk)}).status_code == 422
    assert phone.post("/masuk/pin/", {"pin": PIN, "device": str(first.pk)}).status_code == 302
    assert Session.objects.get().user == first.user


def test_the_pin_page_without_a_trusted_device_leads_to_the_password() -> None:
    phone = Client()
    phone.cookies[COOKIE] = "forged.secrets"
    assert phone.get("/masuk/pin/").headers["Location"].startswith("/masuk/?cara=sandi")
    assert phone.post("/masuk/pin/", {"pin": PIN}).headers["Location"].startswith("/masuk/?cara=sandi")


def test_a_revoked_device_is_no_key_any_more() -> None:
    user = password_user()
    phone, device = on_phone(user)
    owner = with_password(user)
    assert owner.post(f"/akun/perangkat/{device.pk}/cabut/").status_code == 302
    assert phone.get("/akun/").headers["Location"].startswith("/masuk/")
    assert phone.get("/masuk/").status_code == 200


def test_revoking_the_device_in_ones_hand_signs_it_out() -> None:
    phone, device = on_phone(make_user())
    assert phone.post(f"/akun/perangkat/{device.pk}/cabut/").headers["Location"] == "/masuk/"
    assert phone.get("/akun/").status_code == 302


def test_the_session_locks_after_five_idle_minutes_and_comes_back_to_the_page(idle: Wait) -> None:
    phone, _device = on_phone(make_user())
    idle(phone, 4 * 60)
    assert phone.get("/akun/perangkat/").status_code == 200
    idle(phone, 5 * 60)
    for path in ("/akun/perangkat/?a=1", "/", "/akun/perangkat/?a=1"):
        response = phone.get(path)
        assert response.headers["Location"].startswith("/masuk/pin/?lanjut=")
        assert response.headers["Cache-Control"] == "no-store"
    page = phone.get("/masuk/pin/?lanjut=%2Fakun%2Fperangkat%2F%3Fa%3D1")
    assert page.context["locked"] is True
    response = phone.post("/masuk/pin/", {"pin": PIN, "lanjut": "/akun/perangkat/?a=1"})
    assert response.headers["Location"] == "/akun/perangkat/?a=1"
    assert phone.get("/akun/perangkat/?a=1").status_code == 200
    assert Session.objects.count() == 1


def test_a_locked_session_is_nobody(idle: Wait) -> None:
    phone, _device = on_phone(make_user())
    idle(phone, 5 * 60)
    page = phone.get("/masuk/pin/")
    assert (page.context["signed_in"], page.context["actor"].user_id) == (False, None)


def test_what_was_being_sent_is_kept_sealed_and_sent_after_the_pin(idle: Wait) -> None:
    user = make_user()
    phone, _device = on_phone(user)
    idle(phone, 5 * 60)
    sent = {"note": "ibu S. datang pukul dua", "many": ["1", "2"], "csrfmiddlewaretoken": "x"}
    response = phone.post("/?b=2", urlencode(sent, doseq=True), content_type=FORM)
    assert response.status_code == 403
    body = response.content.decode()
    assert "ibu S." not in body
    parcel = response.context["form"].initial["titipan"]
    assert f'value="{parcel}"' in body
    assert "ibu" not in repr(dict(phone.session.items()))
    wrong = phone.post("/masuk/pin/", {"pin": "917352", "titipan": parcel, "lanjut": "/akun/sandi/"})
    assert f'value="{parcel}"' in wrong.content.decode()
    done = phone.post("/masuk/pin/", {"pin": PIN, "titipan": parcel, "lanjut": "/akun/sandi/"})
    assert done.status_code == 200
    kept = done.context["parcel"]
    assert kept.path == "/?b=2"
    assert kept.fields == (("note", "ibu S. datang pukul dua"), ("many", "1"), ("many", "2"))
    assert 'action="/?b=2"' in done.content.decode()


def test_a_parcel_opens_for_nobody_else(idle: Wait) -> None:
    phone, _device = on_phone(make_user())
    idle(phone, 5 * 60)
    parcel = phone.post("/", {"note": "rahasia"}).context["form"].initial["titipan"]
    other, _other_device = on_phone(make_user())
    idle(other, 5 * 60)
    for sent in (parcel, parcel[:-8] + "AAAAAAAA", "v1.x.y", "junk"):
        response = other.post("/masuk/pin/", {"pin": PIN, "titipan": sent})
        assert response.status_code == 302
        other.post("/keluar/")


def test_a_forged_post_to_a_locked_phone_is_refused_before_it_is_kept(idle: Wait) -> None:
    user = make_user()
    _device, secret = make_trusted(user)
    phone = Client(enforce_csrf_checks=True)
    phone.cookies[COOKIE] = secret
    token = phone.get("/masuk/pin/").context["csrf_token"]
    assert phone.post("/masuk/pin/", {"pin": PIN, "csrfmiddlewaretoken": str(token)}).status_code == 302
    idle(phone, 5 * 60)
    response = phone.post("/akun/sandi/", {"note": "forged"})
    assert response.status_code == 403
    assert "titipan" not in response.content.decode()


def test_somebody_else_on_the_phone_signs_the_locked_one_out(idle: Wait) -> None:
    phone, _device = on_phone(make_user())
    idle(phone, 5 * 60)
    phone.get("/")
    assert phone.post("/keluar/").status_code == 200
    assert Session.objects.count() == 0


def test_a_locked_phone_whose_device_was_revoked_is_signed_out(idle: Wait) -> None:
    user = make_user()
    phone, device = on_phone(user)
    idle(phone, 5 * 60)
    phone.get("/")
    services.revoke_device(System("tests"), device, now=NOW)
    assert phone.get("/").status_code == 200
    assert phone.get("/masuk/pin/").headers["Location"].startswith("/masuk/?cara=sandi")


def test_a_changed_password_ends_a_locked_session_too(idle: Wait) -> None:
    user = password_user()
    phone, _device = on_phone(user)
    idle(phone, 5 * 60)
    phone.get("/")
    token = services.open_password_reset(System("mail"), user, now=timezone.now())
    services.reset_password(token, new="sesek-gedogan-sukarara", now=timezone.now())
    assert phone.get("/akun/").headers["Location"].startswith("/masuk/?lanjut")
    assert phone.post("/masuk/pin/", {"pin": PIN}).status_code == 302
    assert phone.get("/akun/").status_code == 200


def test_trusting_a_device_from_inside_needs_the_second_factor() -> None:
    user = password_user()
    browser = with_password(user)
    assert browser.get("/akun/perangkat/percayai/").status_code == 403
    phone, _device = on_phone(user)
    response = phone.post("/akun/perangkat/percayai/", {"pin": PIN, "pin_again": PIN, "name": "kedua"})
    assert response.headers["Location"] == "/akun/perangkat/siap/"
    assert Device.objects.filter(user=user).count() == 2


def test_the_pin_is_changed_on_this_device() -> None:
    phone, _device = on_phone(make_user())
    new = {"pin": "917352", "pin_again": "917352"}
    wrong = phone.post("/akun/pin/", {"current": "000001", **new})
    assert wrong.status_code == 422
    assert 'href="#id_current"' in wrong.content.decode()
    assert phone.post("/akun/pin/", {"current": PIN, **new}).headers["Location"] == "/akun/"
    phone.post("/keluar/")
    assert phone.post("/masuk/pin/", {"pin": "917352"}).status_code == 302
    assert with_password(password_user()).get("/akun/pin/").status_code == 404


def test_ten_wrong_pins_close_the_account_and_the_page_says_what_to_do() -> None:
    user = make_user()
    _device, secret = make_trusted(user)
    phone = Client()
    phone.cookies[COOKIE] = secret
    for _ in range(4):
        phone.post("/masuk/pin/", {"pin": "917352"})
    response = phone.post("/masuk/pin/", {"pin": PIN})
    assert response.status_code == 422
    assert "1 menit" in response.content.decode()
    assert PASSWORD not in response.content.decode()


def test_files_and_very_long_texts_are_not_kept(idle: Wait) -> None:
    phone, _device = on_phone(make_user())
    idle(phone, 5 * 60)
    file = SimpleUploadedFile("foto.jpg", b"x" * 100)
    parcel = phone.post("/", {"note": "ada", "photo": file}).context["form"].initial["titipan"]
    done = phone.post("/masuk/pin/", {"pin": PIN, "titipan": parcel})
    assert done.context["parcel"].fields == (("note", "ada"),)
    idle(phone, 5 * 60)
    response = phone.post("/", {"note": "x" * 70_000})
    assert (response.context["form"].initial["titipan"], response.context["kept"]) == ("", False)


def test_a_part_of_a_page_asked_for_while_locked_leads_the_whole_page_to_the_pin(idle: Wait) -> None:
    phone, _device = on_phone(make_user())
    idle(phone, 5 * 60)
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/akun/perangkat/?a=1"}
    response = phone.get("/akun/", headers=htmx)
    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == "/masuk/pin/?lanjut=%2Fakun%2Fperangkat%2F%3Fa%3D1"
    response = phone.post("/akun/sandi/", {"note": "ada"}, headers=htmx)
    assert (response.status_code, response.headers["HX-Retarget"]) == (200, "body")
    assert response.context["form"].initial["lanjut"] == "/akun/perangkat/?a=1"
    elsewhere = {**htmx, "HX-Current-URL": "https://example.org/x"}
    assert phone.get("/akun/", headers=elsewhere).headers["HX-Redirect"] == "/masuk/pin/?lanjut=%2Fakun%2F"


def test_a_code_opened_where_somebody_is_signed_in_says_so() -> None:
    browser = with_password(password_user())
    assert "notice warn" in browser.get(_scan()).content.decode()
    assert "notice warn" not in Client().get(_scan()).content.decode()


def test_a_password_or_pin_is_never_kept(idle: Wait) -> None:
    phone, _device = on_phone(make_user())
    idle(phone, 5 * 60)
    response = phone.post("/akun/pin/", {"current": PIN, "pin": "917352", "pin_again": "917352"})
    assert (response.status_code, response.context["form"].initial["titipan"]) == (403, "")
