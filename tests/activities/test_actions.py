"""Action points: agreed, carried on from meeting to meeting, done; their owners are reminded."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from simpul.activities.kinds import EventKind, Rhythm, Visibility
from simpul.activities.models import ActionPoint, ActionState, Event
from simpul.activities.notice_kinds import ACTION_GIVEN, ACTION_OVERDUE, ACTION_SOON
from simpul.activities.queries.actions import (
    action_for,
    actions_of,
    brought_to,
    kept_actions,
    overdue_actions,
    own_actions,
)
from simpul.activities.rounds import actions as round_of_actions
from simpul.activities.services.actions import add_action, change_action, drop_action, finish_action, remind_action
from simpul.activities.services.life import cancel_event
from simpul.activities.services.series import create_series
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.notices.models import Notice
from tests.activities.conftest import Frame
from tests.cast import Cast
from tests.factories.activities import NOW, START, SYSTEM, make_event
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
DUE = date(2025, 6, 20)


def agreed(event: Event, words: str = "Kirim surat ke Dukcapil", due_on: date = DUE, **more: object) -> ActionPoint:
    more.setdefault("owner_name", "Pak Kawil")
    return add_action(SYSTEM, event, words=words, due_on=due_on, now=START, **more)  # type: ignore[arg-type]


def series_of(count: int) -> list[Event]:
    host = make_organisation()
    series = create_series(
        SYSTEM, host, title=LocalizedText(id="Rapat"), kind=EventKind.COORDINATION, visibility=Visibility.PUBLIC,
        rhythm=Rhythm.MONTHLY, starts_on=START.date(), now=NOW,
    )  # fmt: skip
    return [make_event(host, series=series, starts_at=START + timedelta(days=30 * n)) for n in range(count)]


def test_what_is_open_opens_the_next_meetings_of_the_series_until_it_is_done() -> None:
    first, second, third = series_of(3)
    point = agreed(first)
    assert [list(brought_to(one)) for one in (first, second, third)] == [[], [point], [point]]
    finish_action(SYSTEM, point, outcome="Terkirim", now=START)
    assert list(brought_to(third)) == []


def test_an_event_of_no_series_opens_with_nothing() -> None:
    event = make_event()
    agreed(event)
    assert list(brought_to(make_event(event.owner_organisation, starts_at=START + timedelta(days=9)))) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"words": " "}, "words_needed"), ({"words": "x" * 301}, "too_long"), ({"owner_name": " "}, "owner_needed"),
        ({"due_on": date(2025, 6, 9)}, "due_before"), ({"due_on": date(2099, 1, 1)}, "too_far"),
    ],
)  # fmt: skip
def test_what_is_agreed_says_what_who_and_when(more: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        agreed(make_event(), **more)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_sent_twice_it_is_one_and_of_a_cancelled_event_none() -> None:
    event, key = make_event(), uuid7()
    assert agreed(event, id=key).pk == agreed(event, id=key).pk
    with pytest.raises(Conflict) as other:
        agreed(make_event(), id=key)
    cancelled = cancel_event(SYSTEM, make_event(), reason="Banjir", now=NOW)
    with pytest.raises(Conflict) as over:
        agreed(cancelled)
    assert (other.value.code, over.value.code, ActionPoint.objects.count()) == ("id_taken", "cancelled", 1)


def test_it_is_overdue_the_day_after_and_done_for_good() -> None:
    point = agreed(make_event())
    assert [point.state_on(DUE), point.state_on(DUE + timedelta(days=1))] == [ActionState.OPEN, ActionState.OVERDUE]
    done = finish_action(SYSTEM, point, now=START)
    assert finish_action(SYSTEM, point, now=START).done_at == done.done_at
    assert done.state_on(DUE + timedelta(days=9)) is ActionState.DONE
    with pytest.raises(Conflict) as refusal:
        drop_action(SYSTEM, point, reason="Batal", now=START)
    assert refusal.value.code == "ended"


def test_moved_it_keeps_the_day_promised_first_and_two_writers_see_each_other() -> None:
    point = agreed(make_event())
    later = DUE + timedelta(days=7)
    moved = change_action(SYSTEM, point, words="Kirim surat", due_on=later, seen=1, now=START)
    assert (moved.due_on, moved.first_due_on, moved.version) == (later, DUE, 2)
    with pytest.raises(Conflict) as refusal:
        change_action(SYSTEM, point, words="Lain", due_on=DUE, seen=1, now=START)
    assert refusal.value.code == "edited_meanwhile"


def told(kind: str) -> int:
    return Notice.objects.filter(kind=kind).count()


def test_its_owner_is_told_and_reminded_before_and_after_each_once(cast: Cast) -> None:
    event = make_event(cast.forum)
    point = agreed(event, organisation=cast.lentera, owner_name="")
    assert told(ACTION_GIVEN) == 1
    days = [timedelta(days=n) for n in (0, 7, 7, 11, 12, 30)]  # due on the 20th: the 17th is three days before
    counts = []
    for gone in days:
        round_of_actions(lambda gone=gone: START + gone)  # type: ignore[misc]
        counts.append((told(ACTION_SOON), told(ACTION_OVERDUE)))
    assert counts == [(0, 0), (1, 0), (1, 0), (1, 1), (1, 1), (1, 1)]
    finish_action(SYSTEM, point, now=START)


def test_done_in_time_nobody_is_reminded(cast: Cast) -> None:
    finish_action(SYSTEM, agreed(make_event(cast.forum), organisation=cast.lentera), now=START)
    round_of_actions(lambda: START + timedelta(days=30))
    assert (told(ACTION_SOON), told(ACTION_OVERDUE)) == (0, 0)


def test_its_owner_sees_and_finishes_it_and_others_do_not_know_of_it(cast: Cast) -> None:
    event = make_event(cast.forum)
    ani, hasan = cast.ani.actor, cast.hasan.actor
    point = agreed(event, organisation=cast.lentera, owner_name="")
    assert list(own_actions(ani)) == [point]
    assert action_for(ani, point.pk) == point
    assert list(own_actions(hasan)) == []
    with pytest.raises(NotFound):
        action_for(hasan, point.pk)
    assert finish_action(ani, point, outcome="Sudah", now=START).done_at == START
    assert list(own_actions(ani)) == []


def test_who_organises_follows_all_and_finds_what_is_overdue(frame: Frame) -> None:
    point = agreed(frame.event)
    assert list(kept_actions(frame.planner)) == [point]
    assert [list(overdue_actions(frame.planner, today=day)) for day in (DUE, DUE + timedelta(days=1))] == [[], [point]]
    assert list(kept_actions(frame.stranger)) == []


@denies(add_action, change_action, finish_action, drop_action, remind_action)
def test_only_who_keeps_the_event_agrees_moves_drops_and_reminds(frame: Frame) -> None:
    event, point = frame.event, agreed(frame.event)
    acts: list[Callable[[Actor], object]] = [
        lambda who: add_action(who, event, words="Lain", due_on=DUE, owner_name="Pak", now=START),
        lambda who: change_action(who, point, words="Lain", due_on=DUE, seen=1, now=START),
        lambda who: drop_action(who, point, reason="Batal", now=START),
        lambda who: remind_action(who, point, now=START),
        lambda who: list(actions_of(who, event)),
    ]
    for actor in (frame.stranger, frame.door):
        for act in acts:
            with pytest.raises(Denied) as refusal:
                act(actor)
            assert refusal.value.permission == "event.manage"
    with pytest.raises(NotFound):
        finish_action(frame.stranger, point, now=START)
    with pytest.raises(Denied):
        finish_action(frame.door, point, now=START)
    assert isinstance(frame.door, Member)


@audits(add_action, change_action, finish_action, drop_action, remind_action)
def test_what_becomes_of_it_is_on_record_without_its_words() -> None:
    event = make_event()
    point, other = agreed(event), agreed(event)
    change_action(SYSTEM, point, words="Lain", due_on=DUE, seen=1, now=START)
    remind_action(SYSTEM, point, now=START + timedelta(days=9))
    finish_action(SYSTEM, point, outcome="Sudah", now=START)
    drop_action(SYSTEM, other, reason="Batal", now=START)
    acts = Act.objects.filter(act__contains="_action").order_by("id")
    assert [row.act.removeprefix("activities.") for row in acts] == [
        "add_action", "add_action", "change_action", "remind_action", "finish_action", "drop_action",
    ]  # fmt: skip
    assert "surat" not in str([row.details for row in acts])
