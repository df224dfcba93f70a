"""The worker walks the rounds of notices, and one that fails keeps no other from being walked."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as sent_mail
from django.utils import timezone

from simpul.config.cli import walking
from simpul.kernel.rounds import Round, round_of, rounds
from simpul.notices.models import Channel, Delivery, Preference
from simpul.notices.rounds import deliver, escalate, tidy
from simpul.notices.states import State
from tests.factories.accounts import make_user
from tests.factories.notices import send
from tests.notices.clocks import Clock


def test_each_channel_has_a_round_of_its_own() -> None:
    walked = {one.name: one.every for one in rounds() if one.name.startswith("notices.")}
    assert walked == {
        "notices.deliver_gateway": timedelta(seconds=5),
        "notices.deliver_mail": timedelta(seconds=5),
        "notices.deliver_push": timedelta(seconds=5),
        "notices.escalate": timedelta(seconds=30),
        "notices.remove_old": timedelta(hours=6),
    }
    with pytest.raises(ValueError):
        round_of("notices.escalate", every=timedelta(seconds=1))(lambda clock: None)


@pytest.mark.django_db
def test_the_rounds_hand_over_and_escalate() -> None:
    clock, deputy = Clock(), make_user(email="wakil@example.org")
    notice = send(make_user(email="ani@example.org"), urgent=True, chain=[deputy])
    assert [deliver(channel, clock) for channel in Channel] == [1, 0, 0]
    clock.forward(minutes=30)
    assert (escalate(clock), deliver(Channel.MAIL, clock), tidy(clock)) == (1, 1, 0)
    assert [m.to for m in sent_mail.outbox] == [["ani@example.org"], ["wakil@example.org"]]
    assert notice.recipients.count() == 2


@pytest.mark.django_db
def test_a_worker_that_does_what_is_queued_and_leaves_walks_each_round_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    send(make_user(email="ani@example.org"), now=timezone.now())
    with walking.walking(once=True):
        assert sent_mail.outbox == []
    assert len(sent_mail.outbox) == 1
    assert Delivery.objects.get().state == State.SENT


def test_a_round_that_breaks_says_so_without_its_text(caplog: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)

    def broken(clock: object) -> None:
        raise RuntimeError("ani@example.org")

    with caplog.at_level(logging.ERROR):
        walking.walk(Round("tests.broken", timedelta(seconds=1), broken))
    assert [(r.getMessage(), r.task) for r in caplog.records] == [("a round was cut short", "tests.broken")]


@pytest.mark.django_db
def test_what_waits_for_a_channel_that_was_taken_away_waits_no_longer(settings: Any) -> None:
    settings.MESSAGE_GATEWAY_URL = "https://gateway.example.org"
    ani = make_user(phone="+6281234567890")
    Preference.objects.create(user=ani, gateway=True)
    send(ani)
    settings.MESSAGE_GATEWAY_URL = ""
    clock = Clock()
    assert deliver(Channel.GATEWAY, clock) == 0
    row = Delivery.objects.get()
    assert (row.state, row.due_at, row.settled_at) == (State.SPARED, None, clock.now)
