"""The round: what is over is noted once, who should know is told once, whatever happens to the round."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.audit.models import Act
from simpul.deadlines import services, telling
from simpul.deadlines.models import Alert, Clock
from simpul.deadlines.notice_kinds import NEAR, PASSED
from simpul.deadlines.services import watching
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Denied
from simpul.kernel.refs import RecordRef
from simpul.notices.models import Notice, Recipient
from tests.cast import Cast, Played
from tests.deadlines.conftest import KIND
from tests.deadlines.test_clocks import started
from tests.marks import audits, denies
from tests.racing import at_once

PLATFORM = System("deadlines")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def told(kind: str) -> list[UUID]:
    return sorted(Recipient.objects.filter(notice__kind=kind).values_list("user_id", flat=True))


def users(*who: Played) -> list[UUID]:
    return sorted(one.user.pk for one in who if one.user)


@denies(services.check_clocks, services.recount_clocks)
def test_only_the_platform_watches(cast: Cast) -> None:
    with pytest.raises(Denied):
        services.check_clocks(cast.joko.actor, now=cast.now)
    with pytest.raises(Denied):
        services.recount_clocks(cast.joko.actor)


@audits(services.check_clocks)
def test_what_is_over_is_noted_and_told_once(cast: Cast) -> None:
    clock = started(cast, "P01")
    assert services.check_clocks(PLATFORM, now=clock.due_at - HOUR) == 0
    assert services.check_clocks(PLATFORM, now=clock.due_at) == 1
    assert services.check_clocks(PLATFORM, now=clock.due_at) == 0
    clock.refresh_from_db()
    assert clock.breached_at == clock.due_at
    assert told(PASSED) == users(cast.ani, cast.budi)
    assert Act.objects.filter(act="deadlines.breach_clock", ref_id=clock.pk).count() == 1


def test_the_next_of_the_chain_is_told_in_time(cast: Cast) -> None:
    clock = started(cast, "P01")
    services.check_clocks(PLATFORM, now=clock.due_at)
    services.check_clocks(PLATFORM, now=clock.due_at + 2 * DAY)
    assert told(PASSED) == users(cast.ani, cast.budi, cast.kartika)
    clock.refresh_from_db()
    assert clock.wake_at is None


def test_d01_alerts_at_once_and_at_24_48_72_hours(cast: Cast) -> None:
    """R2."""
    clock = started(cast, "D01")
    for hours, count in ((0, 1), (23, 1), (24, 2), (48, 3), (71, 3), (72, 4), (200, 4)):
        services.check_clocks(PLATFORM, now=clock.started_at + timedelta(hours=hours))
        assert Notice.objects.count() == count, hours
    assert Notice.objects.filter(kind=NEAR).count() == 3
    assert Notice.objects.filter(kind=PASSED, urgent=True).count() == 1


def test_after_days_without_a_round_people_are_told_once(cast: Cast) -> None:
    clock = started(cast, "D01")
    services.check_clocks(PLATFORM, now=clock.started_at + 10 * DAY)
    assert Notice.objects.count() == 1
    assert Alert.objects.filter(clock=clock).count() == 4


def test_a_decision_and_a_pause_silence_it(cast: Cast) -> None:
    stopped, paused = started(cast, "D01"), started(cast, "P01")
    services.stop_clock(PLATFORM, stopped, decision="reported", now=cast.now)
    services.pause_clock(PLATFORM, paused, reason="waiting_for_person", now=cast.now)
    assert services.check_clocks(PLATFORM, now=cast.now + 30 * DAY) == 0
    assert Notice.objects.count() == 0


def test_notices_say_nothing_but_that_there_is_something(cast: Cast) -> None:
    clock = started(cast, "D01")
    services.check_clocks(PLATFORM, now=clock.due_at)
    assert set(Notice.objects.values_list("params", flat=True).distinct()[0]) == set()
    assert {str(n) for n in Notice.objects.values_list("about_kind", flat=True)} == {KIND}


def test_who_a_context_keeps_out_is_never_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_ani(about: RecordRef, owner: UUID, roles: Collection[str], now: datetime) -> list[UUID]:
        return users(cast.ani)

    monkeypatch.setitem(telling._tellers, KIND, only_ani)
    clock = started(cast, "D01")
    services.check_clocks(PLATFORM, now=clock.due_at)
    assert told(PASSED) == users(cast.ani)


def test_where_nobody_can_be_told_the_chain_goes_on(cast: Cast) -> None:
    for one in (cast.ani, cast.budi):
        assert one.user
        one.user.is_active = False
        one.user.save()
    clock = started(cast, "P01")
    services.check_clocks(PLATFORM, now=clock.due_at)
    assert told(PASSED) == users(cast.kartika)


def test_where_nobody_is_left_it_is_noted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(telling._tellers, KIND, lambda *_asked: [])
    clock = started(cast, "P01")
    services.check_clocks(PLATFORM, now=clock.due_at)
    assert list(Alert.objects.values_list("told", flat=True)) == [0]
    clock.refresh_from_db()
    assert clock.breached_at == clock.due_at


def test_a_round_killed_midway_tells_nobody_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = started(cast, "P02"), started(cast, "D01")
    sent, send = [], watching.send_notice

    def dies_at_the_second(*args: object, **more: object) -> object:
        if sent:
            raise KeyboardInterrupt
        sent.append(more)
        return send(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "send_notice", dies_at_the_second)
    late = cast.now + 3 * DAY
    with pytest.raises(KeyboardInterrupt):
        services.check_clocks(PLATFORM, now=late)
    assert (Notice.objects.count(), Clock.objects.filter(breached_at=None).count()) == (1, 1)
    monkeypatch.setattr(watching, "send_notice", send)
    assert services.check_clocks(PLATFORM, now=late) == 1
    assert Notice.objects.count() == 2
    assert {first.pk, second.pk} == set(Clock.objects.exclude(breached_at=None).values_list("pk", flat=True))


@pytest.mark.racing
def test_two_rounds_at_once_share_the_work(raced: None, stage: object) -> None:
    cast: Cast = stage.set_up()  # type: ignore[attr-defined]
    for code in ("D01", "P01", "P02"):
        started(cast, code)
    late = cast.now + 20 * DAY
    done = at_once(*[lambda: services.check_clocks(PLATFORM, now=late)] * 4)
    assert sum(n for n in done if isinstance(n, int)) == 3
    assert Notice.objects.filter(kind=PASSED).count() == 3
    assert Act.objects.filter(act="deadlines.breach_clock").count() == 3


@pytest.mark.racing
def test_two_starts_and_two_decisions_at_once(raced: None, stage: object) -> None:
    cast: Cast = stage.set_up()  # type: ignore[attr-defined]
    found = at_once(*[lambda: started(cast)] * 4)
    assert len({clock.pk for clock in found if isinstance(clock, Clock)}) == 1
    clock = Clock.objects.get()
    ends = at_once(
        lambda: services.stop_clock(PLATFORM, clock, decision="accepted", now=cast.now),
        lambda: services.stop_clock(PLATFORM, clock, decision="refused", now=cast.now),
    )
    assert sorted(type(end).__name__ for end in ends) == ["Clock", "Conflict"]


def test_a_round_costs_no_more_for_clocks_that_sleep(cast: Cast) -> None:
    started(cast, "P01")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert services.check_clocks(PLATFORM, now=cast.now) == 0
    assert len(asked) == 1


@denies(services.catch_up)
def test_the_public_catches_nothing_up(cast: Cast) -> None:
    clock = started(cast, "P01")
    with pytest.raises(Denied):
        services.catch_up(Anonymous(), clock.about, now=cast.now)


@audits(services.catch_up)
def test_what_lies_behind_is_noted_and_nobody_is_alerted_of_it(cast: Cast) -> None:
    clock = started(cast, "P01")
    assert services.catch_up(cast.budi.actor, clock.about, now=clock.due_at)
    assert not services.catch_up(cast.budi.actor, RecordRef(KIND, UUID(int=7)), now=clock.due_at)
    clock.refresh_from_db()
    assert clock.breached_at == clock.due_at
    services.check_clocks(PLATFORM, now=clock.due_at)
    assert told(NEAR) + told(PASSED) == []
    assert set(Alert.objects.filter(clock=clock).values_list("told", flat=True)) == {0}
    assert Act.objects.filter(act="deadlines.catch_up", ref_id=clock.pk).exists()


def test_what_lies_ahead_is_told_as_ever(cast: Cast) -> None:
    clock = started(cast, "P01")
    assert not services.catch_up(cast.budi.actor, clock.about, now=clock.due_at - HOUR)
    services.check_clocks(PLATFORM, now=clock.due_at)
    assert told(PASSED) == users(cast.ani, cast.budi)
