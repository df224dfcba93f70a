"""The page of how one is told, and the service worker."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.accounts.models import Session
from simpul.accounts.tokens import session_digest
from simpul.notices.models import Preference, PushSubscription
from simpul.web.accounts.doors import COOKIE
from tests.cast import Cast, Played
from tests.factories.accounts import make_trusted, make_user
from tests.notices.browsers import Browser, subscribed

PAGE = "/pemberitahuan/cara/"
DEVICE = "/pemberitahuan/cara/perangkat/"
SAID = {"channels": ["push"], "language": "en", "quiet_from": "21:00", "quiet_until": "05:00", "zone": "Asia/Makassar"}
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"
PLACE = "Kabari saya di perangkat ini"


def at_home(played: Played, *, shared: bool = False) -> Client:
    """A browser whose session is known, as signing in leaves it."""
    browser = played.client()
    assert played.user is not None
    now = timezone.now()
    Session.objects.create(
        user=played.user, key_digest=session_digest(browser.session.session_key or ""), method="password",
        started_at=now, seen_at=now, shared=shared,
    )  # fmt: skip
    if shared:
        session = browser.session
        session["shared"] = True
        session.save()
    return browser


def answer(**more: str) -> dict[str, str]:
    keys = Browser().keys
    return {"endpoint": ENDPOINT, "p256dh": keys["p256dh"], "auth": keys["auth"], **more}


def said(client: Client, path: str, data: dict[str, Any]) -> str:
    return client.post(path, data, follow=True).content.decode()


def test_wishes_are_kept_and_shown(cast: Cast) -> None:
    browser = cast.ani.client()
    assert "Tersimpan. Mulai sekarang" in said(browser, PAGE, SAID)
    row = Preference.objects.get()
    assert (row.pk, row.mail, row.push, row.gateway) == (cast.ani.user.pk, False, True, False)  # type: ignore[union-attr]
    assert (row.language, str(row.quiet_from), row.zone) == ("en", "21:00:00", "Asia/Makassar")
    form = browser.get(PAGE).context["form"]
    assert form["channels"].value() == ["push"]
    assert 'value="21:00"' in str(form["quiet_from"])


def test_what_was_typed_stays_where_it_can_not_be_kept(cast: Cast) -> None:
    response = cast.ani.client().post(PAGE, {**SAID, "quiet_until": ""})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Isi kedua jam" in page
    assert 'value="21:00"' in page
    assert not Preference.objects.exists()


def test_the_gateway_is_asked_about_where_there_is_one(cast: Cast, settings: Any) -> None:
    browser = cast.ani.client()
    assert "SMS atau WhatsApp" not in browser.get(PAGE).content.decode()
    Preference.objects.create(user=cast.ani.user, gateway=True)
    browser.post(PAGE, SAID)
    assert Preference.objects.get().gateway is True  # not asked about, so as it was
    settings.MESSAGE_GATEWAY_URL = "https://gateway.example.org"
    assert "akun Anda tidak punya nomor" in browser.get(PAGE).content.decode()
    browser.post(PAGE, SAID)
    assert Preference.objects.get().gateway is False


def test_a_device_is_told_and_no_longer(cast: Cast) -> None:
    browser = at_home(cast.ani)
    assert PLACE in browser.get(PAGE).content.decode()
    assert "Mulai sekarang perangkat ini dikabari" in said(browser, DEVICE, answer())
    row = PushSubscription.objects.get()
    page = browser.get(PAGE).content.decode()
    assert "Sebuah peramban" in page
    assert ENDPOINT not in page
    assert "Perangkat itu tidak dikabari lagi" in said(browser, f"{DEVICE}{row.pk}/lepas/", {})
    assert not PushSubscription.objects.exists()


def test_another_service_is_refused_in_words(cast: Cast) -> None:
    page = said(at_home(cast.ani), DEVICE, answer(endpoint="https://10.0.0.1/"))
    assert "Layanan notifikasi peramban ini tidak dikenal" in page
    assert not PushSubscription.objects.exists()


def test_a_shared_device_is_not_offered_and_not_taken(cast: Cast) -> None:
    browser = at_home(cast.ani, shared=True)
    assert PLACE not in browser.get(PAGE).content.decode()
    assert "Perangkat ini tidak bisa dikabari" in said(browser, DEVICE, answer())
    assert not PushSubscription.objects.exists()


def test_nor_is_a_phone_that_two_accounts_trust(cast: Cast) -> None:
    browser = at_home(cast.ani)
    assert cast.ani.user is not None
    secrets = [make_trusted(cast.ani.user)[1]]
    browser.cookies[COOKIE] = secrets[0]
    assert PLACE in browser.get(PAGE).content.decode()
    browser.cookies[COOKIE] = ".".join([*secrets, make_trusted(make_user())[1]])
    assert PLACE not in browser.get(PAGE).content.decode()
    said(browser, DEVICE, answer())
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_many(cast: Cast, django_assert_num_queries: Any, many: int) -> None:
    browser = at_home(cast.ani)
    browser.get(PAGE)
    for n in range(many):
        subscribed(cast.ani.user, f"{ENDPOINT}{n}")  # type: ignore[arg-type]
    with django_assert_num_queries(8):  # session, account, grants, node; wishes, this session, key, browsers
        browser.get(PAGE)


def test_the_worker_is_a_script_of_the_whole_site(client: Client) -> None:
    response = client.get("/sw.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert b"fetch" not in response.content
