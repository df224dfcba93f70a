"""Short messages through somebody else's gateway: off by default, one message a key however often it is asked."""

import json
from typing import Any

import pytest

from simpul.notices.channels.gateway import HttpJsonGateway, Messages
from simpul.notices.channels.offered import available, carrier_of
from simpul.notices.models import Channel, Delivery, Preference
from simpul.notices.outbox import LEASE, WAITS, deliver_due
from simpul.notices.outside import Door
from simpul.notices.states import State
from tests.factories.accounts import make_user
from tests.factories.notices import PARAMS, TOLD, send
from tests.notices.clocks import Clock
from tests.notices.servers import WebServer, web_server

pytestmark = pytest.mark.django_db
NUMBER = "+6281234567890"


@pytest.fixture(autouse=True)
def offered(settings: Any) -> None:
    settings.MESSAGE_GATEWAY_URL = "http://127.0.0.1:9/"


def work(web: WebServer, clock: Clock) -> int:
    door = Door(public_only=False, timeout=0.4)
    gateway = HttpJsonGateway(f"{web.url}/kirim?akun=7", "rahasia-gerbang", door)
    return deliver_due(Channel.GATEWAY, Messages(gateway), clock)


def tell(**more: Any) -> Delivery:
    ani = make_user(phone=NUMBER)
    Preference.objects.create(user=ani, gateway=True)
    return Delivery.objects.get(recipient__notice=send(ani, **more), channel=Channel.GATEWAY)


def told(row: Delivery) -> tuple[str, str, int]:
    row.refresh_from_db()
    return row.state, row.error, row.attempts


def test_it_is_off_until_it_is_set_up_and_asked_for(settings: Any) -> None:
    ani = make_user(phone=NUMBER)
    send(ani)
    assert not Delivery.objects.exists()
    Preference.objects.create(user=ani, gateway=True)
    settings.MESSAGE_GATEWAY_URL = ""
    assert Channel.GATEWAY not in available()
    send(ani)
    assert not Delivery.objects.exists()


def test_the_gateway_is_given_number_sentence_and_key_alone(settings: Any) -> None:
    settings.MESSAGE_GATEWAY_TOKEN = "rahasia-gerbang"
    row = tell(kind=TOLD.key, params=PARAMS)
    with web_server() as web:
        settings.MESSAGE_GATEWAY_URL = f"{web.url}/kirim?akun=7"
        deliver_due(Channel.GATEWAY, carrier_of(Channel.GATEWAY), Clock())
    (asked,) = web.asked
    assert asked.path == "/kirim?akun=7"
    assert json.loads(asked.body) == {"to": NUMBER, "text": "Ada yang perlu dilihat di Simpul"}
    assert asked.headers["idempotency-key"] == row.pk.hex
    assert asked.headers["authorization"] == "Bearer rahasia-gerbang"
    assert told(row) == (State.SENT, "", 1)


def test_a_late_answer_is_asked_for_again_with_the_same_key() -> None:
    clock, row = Clock(), tell()
    with web_server(stalls=1) as web:
        assert work(web, clock) == 0
        assert told(row) == (State.FAILED, "late_answer", 1)
        web.released.set()
        clock.forward(minutes=WAITS[0])
        assert work(web, clock) == 1
    assert [a.headers["idempotency-key"] for a in web.asked] == [row.pk.hex] * 2
    assert told(row) == (State.SENT, "", 2)


@pytest.mark.parametrize(
    ("status", "state", "error"),
    [
        (200, State.SENT, ""),
        (202, State.SENT, ""),
        (302, State.GIVEN_UP, "refused"),
        (400, State.GIVEN_UP, "refused"),
        (401, State.FAILED, "sign_in_refused"),
        (429, State.FAILED, "refused_for_now"),
        (503, State.FAILED, "refused_for_now"),
    ],
)
def test_each_answer_is_judged(status: int, state: State, error: str) -> None:
    row = tell()
    with web_server(statuses=[status], location="http://127.0.0.1:9/") as web:
        work(web, Clock())
    assert told(row) == (state, error, 1)
    assert len(web.asked) == 1  # a redirection is not followed


def test_a_gateway_that_is_not_there_is_asked_again_later() -> None:
    with web_server() as web:
        pass
    row = tell()
    work(web, Clock())
    assert told(row) == (State.FAILED, "unreachable", 1)


def test_a_worker_gone_while_it_waited_leaves_it_to_the_next() -> None:
    clock, row = Clock(), tell()
    Delivery.objects.filter(pk=row.pk).update(state=State.SENDING, attempts=1, due_at=clock.now + LEASE)
    with web_server() as web:
        assert work(web, clock) == 0
        clock.forward(seconds=LEASE.total_seconds())
        assert work(web, clock) == 1
    assert told(row) == (State.SENT, "", 2)
