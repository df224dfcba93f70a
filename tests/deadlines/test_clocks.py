"""Clocks start, stand still, go on and stop; a rule's version stays with them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from simpul.audit.models import Act
from simpul.deadlines import services, shipped
from simpul.deadlines.models import Clock, ClockRule
from simpul.deadlines.queries import clocks_for, rule_in_force, running_clock
from simpul.deadlines.services.setting import RuleText
from simpul.deadlines.units import Unit
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone
from simpul.territory.services import add_holiday
from tests.cast import Cast
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas
from tests.marks import audits, denies

BUILDER = System("tests")
HOUR = timedelta(hours=1)


def started(cast: Cast, code: str = "P01", *, at: datetime | None = None, now: datetime | None = None) -> Clock:
    areas(MASBAGIK_UTARA_BARU)
    at = at or cast.now
    found = services.start_clock(
        BUILDER,
        code,
        cast.lentera.ref,
        cast.lentera,
        area_code=MASBAGIK_UTARA_BARU,
        starts_at=at,
        now=now or max(at, cast.now),
    )
    assert found is not None
    return found


def says(code: str, **changes: object) -> RuleText:
    rule = rule_in_force(code, None, on=date(2025, 1, 1))
    kept = {name: getattr(rule, name) for name in RuleText.__slots__ if name != "steps"}
    kept["unit"] = Unit(rule.unit)
    return replace(RuleText(**kept, steps=rule.chain), **changes)  # type: ignore[arg-type]


@audits(services.start_clock)
def test_a_clock_runs_by_the_shipped_rule(cast: Cast) -> None:
    clock = started(cast, "D01")
    assert clock.due_at - clock.started_at == timedelta(hours=72)
    assert clock.zone == Zone.WITA
    assert clock.rule.basis == "UU 12/2022 Pasal 41 ayat (3)"
    assert Act.objects.filter(act="deadlines.start_clock", ref_id=clock.pk).exists()


def test_one_clock_of_a_code_runs_on_a_record(cast: Cast) -> None:
    assert started(cast).pk == started(cast).pk
    assert Clock.objects.count() == 1


def test_a_stopped_clock_makes_room_for_another(cast: Cast) -> None:
    first = started(cast)
    services.stop_clock(BUILDER, first, decision="answered", now=cast.now + HOUR)
    assert started(cast, now=cast.now + HOUR).pk != first.pk


@denies(services.start_clock, services.pause_clock, services.resume_clock, services.stop_clock)
def test_the_public_runs_no_clock(cast: Cast) -> None:
    clock = started(cast)
    with pytest.raises(Denied):
        services.start_clock(
            Anonymous(), "P01", cast.lentera.ref, cast.lentera, area_code=None, starts_at=cast.now, now=cast.now
        )
    with pytest.raises(Denied):
        services.pause_clock(Anonymous(), clock, reason="waiting", now=cast.now)
    with pytest.raises(Denied):
        services.resume_clock(Anonymous(), clock, now=cast.now)
    with pytest.raises(Denied):
        services.stop_clock(Anonymous(), clock, decision="done", now=cast.now)


def test_a_clock_starts_in_the_past_never_later(cast: Cast) -> None:
    with pytest.raises(Invalid, match="starts_later"):
        services.start_clock(
            BUILDER, "P01", cast.lentera.ref, cast.lentera, area_code=None, starts_at=cast.now + HOUR, now=cast.now
        )


def test_a_code_without_a_rule_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        started(cast, "D99")


def test_a_local_standard_runs_only_where_it_was_adopted(cast: Cast) -> None:
    args = ("D04", cast.lentera.ref, cast.lentera)
    assert services.start_clock(BUILDER, *args, area_code=None, starts_at=cast.now, now=cast.now) is None
    services.configure_rule(
        cast.budi.actor, "D04", organisation=cast.lentera, says=says("D04", in_use=True), valid_from=date(2025, 1, 1),
        reason="Perbup", now=cast.now,
    )  # fmt: skip
    clock = services.start_clock(BUILDER, *args, area_code=None, starts_at=cast.now, now=cast.now)
    assert clock is not None
    assert clock.rule.local_standard


def test_an_older_clock_keeps_its_version(cast: Cast) -> None:
    before = started(cast)
    services.configure_rule(
        cast.budi.actor, "P01", organisation=cast.lentera, says=says("P01", limit=2), valid_from=date(2025, 2, 8),
        reason="Terlalu lama", now=cast.now,
    )  # fmt: skip
    services.stop_clock(BUILDER, before, decision="answered", now=cast.now)
    later = cast.now + timedelta(days=2)
    after = started(cast, at=later)
    before.refresh_from_db()
    assert (before.rule.limit, after.rule.limit) == (5, 2)


def test_a_rule_of_another_organisation_is_not_ours(cast: Cast) -> None:
    services.configure_rule(
        BUILDER, "P01", organisation=cast.other_group, says=says("P01", limit=1), valid_from=date(2025, 1, 1),
        reason="Cepat", now=cast.now,
    )  # fmt: skip
    assert started(cast).rule.limit == 5


@audits(services.pause_clock, services.resume_clock)
def test_a_clock_stands_still_and_goes_on(cast: Cast) -> None:
    clock = started(cast)
    due = clock.due_at
    paused = services.pause_clock(BUILDER, clock, reason="waiting_for_person", now=cast.now + HOUR)
    assert paused.wake_at is None
    assert services.pause_clock(BUILDER, clock, reason="waiting_for_person", now=cast.now + 2 * HOUR) == paused
    resumed = services.resume_clock(BUILDER, clock, now=cast.now + timedelta(days=3))
    assert resumed.due_at == due + timedelta(days=3)
    assert services.resume_clock(BUILDER, clock, now=cast.now + timedelta(days=4)).due_at == resumed.due_at
    acts = set(Act.objects.filter(ref_id=clock.pk).values_list("act", flat=True))
    assert {"deadlines.pause_clock", "deadlines.resume_clock"} <= acts


def test_the_laws_hours_never_pause(cast: Cast) -> None:
    with pytest.raises(Conflict, match="never_pauses"):
        services.pause_clock(BUILDER, started(cast, "D01"), reason="waiting", now=cast.now)


def test_what_is_over_pauses_no_more(cast: Cast) -> None:
    clock = started(cast)
    with pytest.raises(Conflict, match="over"):
        services.pause_clock(BUILDER, clock, reason="waiting", now=clock.due_at)


@audits(services.stop_clock)
def test_a_decision_stops_the_clock(cast: Cast) -> None:
    clock = started(cast, "D01")
    stopped = services.stop_clock(cast.budi.actor, clock, decision="no_report", now=cast.now + HOUR)
    assert (stopped.decision, stopped.breached_at, stopped.stopped_by) == ("no_report", None, cast.budi.person.pk)  # type: ignore[union-attr]
    assert services.stop_clock(cast.ani.actor, clock, decision="no_report", now=cast.now + 2 * HOUR) == stopped
    with pytest.raises(Conflict, match="stopped_already"):
        services.stop_clock(cast.ani.actor, clock, decision="reported", now=cast.now)
    assert Act.objects.filter(act="deadlines.stop_clock", ref_id=clock.pk).count() == 1


def test_late_is_noted_when_it_is_stopped(cast: Cast) -> None:
    clock = started(cast, "D01")
    stopped = services.stop_clock(BUILDER, clock, decision="reported", now=clock.due_at)
    assert stopped.breached_at == clock.due_at


def test_a_decision_is_a_code(cast: Cast) -> None:
    with pytest.raises(Invalid, match="not_a_code"):
        services.stop_clock(BUILDER, started(cast), decision="Inaq S. tidak mau", now=cast.now)


@audits(services.recount_clocks)
def test_working_days_need_the_years_holidays(cast: Cast) -> None:
    late = datetime(2028, 12, 27, 2, 0, tzinfo=cast.now.tzinfo)
    areas(MASBAGIK_UTARA_BARU)
    clock = services.start_clock(
        BUILDER, "D11", cast.lentera.ref, cast.lentera, area_code=None, starts_at=late, now=late
    )
    assert clock is not None
    assert clock.undecided_year == 2028
    due = clock.due_at
    for year in (2028, 2029):
        for day in (date(year, 12, 28), date(year, 1, 2)):
            add_holiday(
                BUILDER, day, name=LocalizedText(id="Cuti bersama"), kind="joint_leave", basis="SKB", now=cast.now
            )
    assert services.recount_clocks(BUILDER) == 1
    clock.refresh_from_db()
    assert clock.undecided_year is None
    assert clock.due_at > due
    assert services.recount_clocks(BUILDER) == 0
    assert Act.objects.filter(act="deadlines.recount_clock", ref_id=clock.pk).exists()


def test_clocks_come_by_record_running_ones_first(cast: Cast, django_assert_num_queries: object) -> None:
    stopped = started(cast, "D01")
    services.stop_clock(BUILDER, stopped, decision="done", now=cast.now)
    later = started(cast, "P01")
    sooner = started(cast, "P02")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = clocks_for([cast.lentera.ref, cast.forum.ref])
        assert [clock.rule.code for clock in found[cast.lentera.ref]] == ["P02", "P01", "D01"]
    assert found[cast.lentera.ref] == [sooner, later, stopped]
    assert found[cast.forum.ref] == []
    assert running_clock(cast.lentera.ref, "D01") is None


def test_every_shipped_rule_is_whole() -> None:
    for code, rule in shipped.rows().items():
        assert {"id", "en"} <= set(rule.what), code
        assert rule.basis, code
        assert not rule.confirmed or rule.source or rule.standing == "practice", code
    numbers = {code[:3] for code in shipped.rows() if code.startswith("D")}
    assert numbers == {f"D{number:02}" for number in range(1, 30)}


def test_local_standards_are_never_law() -> None:
    local = {code for code, rule in shipped.rows().items() if rule.local_standard and code.startswith("D")}
    assert local == {"D03.1", "D03.2", "D04", "D27", "D28"}
    assert not any(shipped.rows()[code].in_use for code in local)


def test_rules_are_appended(cast: Cast) -> None:
    clock = started(cast)
    assert ClockRule.objects.filter(pk=clock.rule_id, shipped=True).exists()
    with pytest.raises(Exception, match="deadlines_clockrule_appended"):
        ClockRule.objects.filter(pk=clock.rule_id).update(limit=99)


def test_the_same_key_is_the_same_clock(cast: Cast) -> None:
    key = uuid7()
    args = ("P01", cast.lentera.ref, cast.lentera)
    first = services.start_clock(BUILDER, *args, area_code=None, starts_at=cast.now, now=cast.now, id=key)
    assert first is not None
    assert first.pk == key
    services.stop_clock(BUILDER, first, decision="answered", now=cast.now)
    assert services.start_clock(BUILDER, *args, area_code=None, starts_at=cast.now, now=cast.now, id=key) == first


@audits(services.hand_clocks)
@denies(services.hand_clocks)
def test_what_is_handed_on_is_due_when_it_was(cast: Cast) -> None:
    running, stopped = started(cast, "P01"), started(cast, "P02")
    services.stop_clock(BUILDER, stopped, decision="answered", now=cast.now)
    for moved in (1, 0):
        assert services.hand_clocks(BUILDER, [cast.lentera.ref], cast.other_group) == moved
    for clock, owner in ((running, cast.other_group), (stopped, cast.lentera)):
        due = clock.due_at
        clock.refresh_from_db()
        assert (clock.owner_organisation, clock.due_at) == (owner, due)
    assert Act.objects.filter(act="deadlines.hand_clocks", ref_id=running.pk).count() == 1
    with pytest.raises(Denied):
        services.hand_clocks(Anonymous(), [cast.lentera.ref], cast.other_group)
