"""Waking a browser: through its maker's service alone, with one sentence only it can read."""

import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from simpul.notices.channels.push import Push, is_service
from simpul.notices.models import Channel, Delivery, PushKey, PushSubscription
from simpul.notices.outbox import WAITS, deliver_due
from simpul.notices.outside import Door, Unreachable, is_public
from simpul.notices.push_keys import public_push_key, push_key
from simpul.notices.states import State
from tests.factories.accounts import make_user
from tests.factories.notices import NOW, PARAMS, TOLD, send
from tests.notices.browsers import Browser, device_of, session_of, subscribed
from tests.notices.clocks import Clock
from tests.notices.servers import WebServer, own_certificate, web_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own_certificate(tmp_path_factory.mktemp("certificate"))


def work(web: WebServer, clock: Clock | None = None) -> int:
    door = Door(public_only=False, timeout=0.5, trust=web.trust)
    return deliver_due(Channel.PUSH, Push(door, known=lambda endpoint: True), clock or Clock())


def told() -> tuple[str, str, int]:
    row = Delivery.objects.get(channel=Channel.PUSH)
    return row.state, row.error, row.attempts


def test_a_browser_gets_the_one_sentence_and_nothing_else(certificate: Path) -> None:
    ani, browser = make_user(), Browser()
    with web_server(certificate) as web:
        subscribed(ani, f"{web.url}/kirim/abc", browser)
        send(ani, kind=TOLD.key, params=PARAMS, urgent=True)
        assert work(web) == 1
    (asked,) = web.asked
    row = Delivery.objects.get()
    assert json.loads(browser.read(asked.body)) == {"text": "Ada yang perlu dilihat di Simpul", "tag": row.pk.hex}
    headers = {k: v for k, v in asked.headers.items() if k not in {"authorization", "host", "content-length"}}
    assert headers == {
        "accept-encoding": "identity",
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": "43200",
        "topic": row.pk.hex,
        "urgency": "high",
    }
    assert asked.headers["authorization"].endswith(f"k={public_push_key(now=NOW)}")
    assert told() == (State.SENT, "", 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(certificate: Path, status: int) -> None:
    ani = make_user()
    with web_server(certificate, statuses=[status]) as web:
        subscribed(ani, web.url)
        send(ani)
        work(web)
    assert told() == (State.GIVEN_UP, "gone", 1)
    assert not PushSubscription.objects.exists()


def test_one_browser_that_takes_it_is_enough(certificate: Path) -> None:
    ani = make_user()
    with web_server(certificate, statuses=[410, 503, 201]) as web:
        for n in range(3):
            subscribed(ani, f"{web.url}/{n}")
        send(ani)
        assert work(web) == 1
    assert told() == (State.SENT, "", 1)
    assert PushSubscription.objects.count() == 2


def test_a_service_that_answers_late_or_not_now_is_asked_again_with_the_same_topic(certificate: Path) -> None:
    ani, clock = make_user(), Clock()
    with web_server(certificate, statuses=[201, 429, 201], stalls=1) as web:
        subscribed(ani, web.url)
        send(ani)
        work(web, clock)
        assert told() == (State.FAILED, "late_answer", 1)
        clock.forward(minutes=WAITS[0])
        work(web, clock)
        assert told() == (State.FAILED, "refused_for_now", 2)
        clock.forward(minutes=WAITS[1])
        assert work(web, clock) == 1
    assert len({a.headers["topic"] for a in web.asked}) == 1


def test_a_certificate_nobody_knows_is_not_trusted(certificate: Path) -> None:
    ani = make_user()
    with web_server(certificate) as web:
        subscribed(ani, web.url)
        send(ani)
        web.trust = None
        work(web)
    assert (told(), web.asked) == ((State.FAILED, "unreachable", 1), [])


def test_a_revoked_device_and_an_old_session_are_not_woken(certificate: Path) -> None:
    ani, clock = make_user(), Clock()
    lost, kept = device_of(ani), session_of(ani)
    with web_server(certificate) as web:
        subscribed(ani, f"{web.url}/lost", device=lost)
        send(ani)
        type(lost).objects.filter(pk=lost.pk).update(revoked_at=NOW)
        work(web, clock)
        assert (told(), web.asked) == ((State.GIVEN_UP, "no_browser", 1), [])
    PushSubscription.objects.update(device=None, session=kept)
    send(ani, now=NOW)
    send(ani, now=NOW + timedelta(days=15))
    assert Delivery.objects.filter(channel=Channel.PUSH).count() == 2


def test_where_it_leads_is_not_in_the_database_to_be_read() -> None:
    subscribed(make_user(), "https://fcm.googleapis.com/fcm/send/rahasia-sekali")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_pushsubscription")
        assert "rahasia" not in repr(cursor.fetchall())


def test_the_key_is_made_once_and_kept_encrypted() -> None:
    assert public_push_key(now=NOW) == public_push_key(now=NOW)
    assert push_key(now=NOW).private_numbers() == push_key(now=NOW).private_numbers()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_pushkey")
        assert "PRIVATE" not in repr(cursor.fetchall())
    assert PushKey.objects.count() == 1


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc:def", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://wns2-by3p.notify.windows.com/w/?token=abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/", False),
        ("https://fcm.googleapis.com.example.org/", False),
        ("https://example.org/fcm.googleapis.com", False),
        ("https://notfcm.googleapis.com.id/", False),
        ("https://evilfcm.googleapis.com/", False),
        ("https://someone@fcm.googleapis.com/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://fcm.googleapis.com:port/", False),
        ("", False),
    ],
)
def test_only_the_browsers_own_services_are_written_to(endpoint: str, known: bool) -> None:
    assert is_service(endpoint) is known


def test_a_subscription_that_leads_elsewhere_is_never_followed() -> None:
    ani = make_user()
    with web_server() as web:
        subscribed(ani, web.url.replace("http:", "https:"))
        send(ani)
        deliver_due(Channel.PUSH, Push(), Clock())
    assert (told(), web.asked) == ((State.GIVEN_UP, "no_service", 1), [])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::",
        "fe80::1%eth0", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_inside_are_told_from_those_outside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("scheme", ["http", "https", "ftp", "file"])
def test_the_public_door_opens_to_nothing_inside(scheme: str) -> None:
    with web_server() as web, pytest.raises(Unreachable):
        Door().post(f"{scheme}://{web.url.partition('://')[2]}/", headers={}, body=b"")
    assert web.asked == []


def test_a_name_that_means_an_address_inside_is_refused(monkeypatch: Any) -> None:
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: inside)
    with pytest.raises(Unreachable, match="not public"):
        Door().post("https://fcm.googleapis.com/", headers={}, body=b"")
