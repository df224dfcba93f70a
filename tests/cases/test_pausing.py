"""A deadline stands still while one waits for the person, where its rule lets it; the law's hours never do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from simpul.audit.models import Act
from simpul.cases.dues import HELPING, POLICE
from simpul.cases.models import Case
from simpul.cases.queries.clocks import clocks_of_case
from simpul.cases.queries.worklist import Filter, worklist
from simpul.cases.referral_clocks import codes_of
from simpul.cases.services.pausing import go_on, wait_for_person
from simpul.cases.services.progress import move_case, triage_case
from simpul.cases.services.sight import escalate_case
from simpul.deadlines.models import Clock
from simpul.deadlines.queries import rule_in_force
from simpul.deadlines.services import configure_rule
from simpul.deadlines.services.setting import RuleText
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case
from tests.factories.referrals import make_office, make_referral
from tests.marks import audits, denies

LATER = NOW + timedelta(hours=3)
DAY = NOW.date() - timedelta(days=30)


def adopted(cast: Cast, code: str, **changes: object) -> None:
    """The group took this standard over."""
    told = replace(RuleText.of(rule_in_force(code, None, on=DAY)), in_use=True, **changes)  # type: ignore[arg-type]
    configure_rule(MAKER, code, organisation=cast.lentera, says=told, valid_from=DAY, reason="Rapat", now=NOW)


def helping(cast: Cast) -> tuple[Case, Clock]:
    adopted(cast, HELPING)
    case = make_case(cast.lentera)
    return case, Clock.objects.get(about_id=case.pk, code=HELPING)


@audits(wait_for_person, go_on)
def test_it_stands_still_once_and_is_due_later_by_as_much(cast: Cast) -> None:
    case, clock = helping(cast)
    due = clock.due_at
    for at in (LATER, LATER + timedelta(hours=1)):
        paused = wait_for_person(cast.ani.actor, case, clock.pk, reason="person_brings", now=at)
        assert paused.paused_at == LATER
    case.refresh_from_db()
    assert case.due_at is None
    (row,) = worklist(cast.ani.actor, Filter(), now=LATER).cases
    assert getattr(row, "waits", None) == "person_brings"
    for at in (LATER + timedelta(days=7), LATER + timedelta(days=8)):
        going = go_on(cast.ani.actor, case, clock.pk, now=at)
    assert going.paused_at is None
    assert going.due_at == due + timedelta(days=7)
    case.refresh_from_db()
    assert case.due_at == going.due_at
    acts = Act.objects.filter(ref_id=case.pk, act__in=("cases.wait_for_person", "cases.go_on")).order_by("at")
    assert [a.details for a in acts] == [{"clock": "P05", "reason": "person_brings"}, {"clock": "P05"}]


@denies(wait_for_person, go_on)
def test_only_who_records_in_the_case_lets_it_stand_still(cast: Cast) -> None:
    case, clock = helping(cast)
    for name in ("hasan", "dewi", "citra", "kartika", "publik"):
        for act in (
            lambda a: wait_for_person(a, case, clock.pk, reason="person_away", now=LATER),
            lambda a: go_on(a, case, clock.pk, now=LATER),
        ):
            with pytest.raises(NotFound):
                act(cast.played[name].actor)
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Buntu", now=NOW)
    with pytest.raises(Denied):
        wait_for_person(cast.kartika.actor, case, clock.pk, reason="person_away", now=LATER)


def test_a_clock_of_something_else_is_none(cast: Cast) -> None:
    case, _clock = helping(cast)
    other = Clock.objects.get(about_id=make_case(cast.lentera).pk, code=HELPING)
    for key in (other.pk, uuid7()):
        with pytest.raises(NotFound):
            wait_for_person(cast.ani.actor, case, key, reason="person_away", now=LATER)
    with pytest.raises(Invalid):
        wait_for_person(cast.ani.actor, case, _clock.pk, reason="we_are_busy", now=LATER)


def test_r2_the_three_days_of_the_law_stand_still_for_nobody(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.S.1"])
    clock = Clock.objects.get(about_id=case.pk, code=POLICE)
    with pytest.raises(Conflict) as refused:
        wait_for_person(cast.budi.actor, case, clock.pk, reason="person_decides", now=LATER)
    assert refused.value.code == "never_pauses"
    case.refresh_from_db()
    assert case.due_at == clock.due_at


def test_what_is_over_stands_still_no_more(cast: Cast) -> None:
    case, clock = helping(cast)
    with pytest.raises(Conflict):
        wait_for_person(cast.ani.actor, case, clock.pk, reason="person_away", now=clock.due_at)


def test_the_time_to_begin_helping_runs_only_where_the_group_took_it_over(cast: Cast) -> None:
    assert not Clock.objects.filter(about_id=make_case(cast.lentera).pk, code=HELPING).exists()
    case, clock = helping(cast)
    triage_case(MAKER, case, risk="RK.S", authority="village", now=NOW)
    clock.refresh_from_db()
    assert clock.is_running
    move_case(MAKER, case, act="assist", now=LATER)
    clock.refresh_from_db()
    assert (clock.decision, clock.stopped_at) == ("began", LATER)


@pytest.mark.parametrize(
    ("risk", "wanted"),
    [("RK.T", {"P01", "D03.1", "D04"}), ("RK.S", {"P01", "D03.2", "D04"}), ("", {"P01", "D04"})],
)
def test_the_local_standards_of_an_office_run_by_how_urgent_it_is(cast: Cast, risk: str, wanted: set[str]) -> None:
    for code in ("D03.1", "D03.2", "D04"):
        adopted(cast, code)
    case = make_case(cast.lentera)
    if risk:
        case = triage_case(MAKER, case, risk=risk, authority="regency", now=NOW).row
    referral = make_referral(cast, case=case, office=make_office(cast, kind="RI.01"))
    assert set(codes_of(referral)) == wanted
    running = clocks_of_case(cast.ani.actor, case, now=NOW)
    assert {clock.code for clock in running if clock.about_id == referral.pk} == wanted
    assert {getattr(clock, "office", "") for clock in running} == {referral.service_point.name}


def test_a_waiting_referral_can_stand_still_from_its_case(cast: Cast) -> None:
    referral = make_referral(cast)
    clock = Clock.objects.get(about_id=referral.pk, code="P01")
    wait_for_person(cast.budi.actor, referral.case, clock.pk, reason="person_rests", now=LATER)
    (shown,) = [one for one in clocks_of_case(cast.budi.actor, referral.case, now=LATER) if one.pk == clock.pk]
    assert getattr(shown, "why", "") == "person_rests"
