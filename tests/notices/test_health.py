"""`simpul check` says when people are not told."""

from datetime import timedelta

import pytest

from simpul.kernel.health import Finding, Level
from simpul.notices import health
from simpul.notices.models import Delivery
from simpul.notices.services.opening import open_notice
from simpul.notices.states import State
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, send

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def said(probe: object, now: object = LATER) -> list[tuple[Level, str]]:
    found: list[Finding] = list(probe(now))  # type: ignore[operator]
    return [(f.level, f.message) for f in found]


def settle(state: State, error: str = "") -> None:
    Delivery.objects.filter(state=State.QUEUED).update(state=state, error=error, due_at=None, settled_at=NOW)


def test_messages_that_wait_for_long_are_a_failure() -> None:
    assert said(health.outbox_moves) == [(Level.OK, "0 messages due")]
    send(make_user(email="ani@example.org"))
    assert said(health.outbox_moves, NOW + timedelta(minutes=14)) == [(Level.OK, "1 messages due")]
    assert said(health.outbox_moves) == [(Level.FAIL, "1 messages due, the oldest since 2025-02-07 02:00 UTC")]


def test_a_channel_that_takes_nothing_is_named_with_its_fault() -> None:
    assert said(health.channels_work) == []
    for error in ("", "", "sign_in_refused", "sign_in_refused", "refused"):
        send(
            make_user(email="ani@example.org" if not Delivery.objects.exists() else f"{Delivery.objects.count()}@x.org")
        )
        settle(State.GIVEN_UP if error else State.SENT, error)
    (finding,) = health.channels_work(LATER)
    assert (finding.level, finding.message) == (Level.WARN, "mail: 3 failed, 2 handed over in a day")
    assert "sign_in_refused (2), refused (1)" in finding.remedy
    assert said(health.channels_work, NOW + timedelta(days=2)) == []


def test_an_urgent_notice_nobody_opened_and_nobody_is_left_for_is_named() -> None:
    ani = make_user()
    opened, waiting, lost = (
        send(ani, urgent=True),
        send(ani, urgent=True, chain=[make_user()]),
        send(ani, urgent=True),
    )
    open_notice(member(ani), opened.recipients.get(), now=NOW)
    assert {waiting.escalate_at is None, lost.escalate_at is None} == {False, True}
    assert said(health.urgent_ones_are_read, NOW + timedelta(minutes=59)) == []
    assert said(health.urgent_ones_are_read) == [(Level.WARN, "1 urgent notices were opened by nobody")]
    assert said(health.urgent_ones_are_read, NOW + timedelta(days=8)) == []
