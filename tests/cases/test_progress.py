"""The life of a case, by its table."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act as Recorded
from simpul.cases.health import protection_follows_types, stages_follow_steps
from simpul.cases.models import Case, CaseStep, FieldClash
from simpul.cases.outcomes import Outcome, outcomes_for
from simpul.cases.queries.cases import steps_of
from simpul.cases.services.progress import (
    close_case,
    correct_case,
    mark_duplicate,
    move_case,
    reopen_case,
    triage_case,
)
from simpul.cases.services.sight import escalate_case
from simpul.cases.stages import CASE_LIFE, ENDED_STAGES, OPEN_STAGES, Act, Stage
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.health import Level
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies
from tests.racing import at_once

LATER = NOW + timedelta(days=2)


def stage_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).stage


def test_the_table_reaches_every_stage_and_leaves_every_end_by_opening_again() -> None:
    assert CASE_LIFE.reachable == set(Stage)
    for stage in OPEN_STAGES:
        assert {t.target for t in CASE_LIFE.acts_from(stage)} & set(ENDED_STAGES)
    for stage in ENDED_STAGES:
        assert [t.act for t in CASE_LIFE.acts_from(stage)] == [Act.REOPEN]


@audits(triage_case, move_case, close_case, reopen_case, correct_case)
def test_a_case_goes_from_the_report_to_the_end_and_back(cast: Cast) -> None:
    ani, budi = cast.ani.actor, cast.budi.actor
    case = make_case(cast.lentera, actor=ani, types=["PA.2"])
    triage_case(ani, case, risk="RK.T", authority="regency", now=NOW)
    for act in ("assess", "plan", "assist", "refer", "assist", "monitor"):
        move_case(ani, case, act=act, now=NOW)
    closed = close_case(ani, case, outcome=Outcome.SEPARATED, reason="Kembali ke sekolah", now=LATER)
    assert (closed.stage, closed.outcome, closed.closed_on) == ("closed", "separated", date(2025, 3, 5))
    opened = reopen_case(budi, case, reason="Dibawa lagi", now=LATER)
    assert (opened.stage, opened.outcome, opened.closed_on) == ("assessment", "", None)
    correct_case(ani, case, {"narrative": "Cerita baru", "guardian_conflict": True}, seen=opened.version, now=LATER)
    steps = steps_of(ani, case, now=LATER)
    assert [s.act for s in steps] == [
        "open", "triage", "assess", "plan", "assist", "refer", "assist", "monitor", "close", "reopen",
    ]  # fmt: skip
    assert [s.from_stage for s in steps][1:] == [s.to_stage for s in steps][:-1]
    acts = list(Recorded.objects.filter(ref_id=case.pk).order_by("id").values_list("act", flat=True))
    assert acts == ["cases.open_case", "cases.triage_case", *["cases.move_case"] * 8, "cases.correct_case"]
    assert "sekolah" not in str(list(Recorded.objects.values()))


@audits(mark_duplicate)
def test_the_same_matter_entered_twice_points_to_the_one_that_stays(cast: Cast) -> None:
    stays, twice = make_case(cast.lentera), make_case(cast.lentera)
    row = mark_duplicate(cast.budi.actor, twice, of=stays, now=NOW)
    assert (row.stage, row.duplicate_of) == ("duplicate", stays)
    with pytest.raises(Invalid):
        mark_duplicate(cast.budi.actor, stays, of=stays, now=NOW)
    with pytest.raises(Invalid):
        mark_duplicate(cast.budi.actor, stays, of=row, now=NOW)
    with pytest.raises(NotFound):
        mark_duplicate(cast.budi.actor, stays, of=make_case(cast.other_group), now=NOW)
    assert reopen_case(cast.budi.actor, twice, reason="Ternyata orang lain", now=NOW).duplicate_of is None
    assert Recorded.objects.filter(act="cases.move_case").count() == 2


@denies(triage_case, move_case, close_case, reopen_case, mark_duplicate, correct_case)
def test_the_table_says_who_may(cast: Cast) -> None:
    case, other = make_case(cast.lentera, actor=cast.ani.actor), make_case(cast.lentera)
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Tidak dijawab", now=NOW)
    acts = (
        lambda a: triage_case(a, case, risk="RK.T", authority="village", now=NOW),
        lambda a: move_case(a, case, act="assist", now=NOW),
        lambda a: close_case(a, case, outcome="met", now=NOW),
        lambda a: correct_case(a, case, {"narrative": "x"}, seen=9, now=NOW),
        lambda a: mark_duplicate(a, case, of=case, now=NOW),
        lambda a: reopen_case(a, case, reason="x", now=NOW),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act(cast.hasan.actor)
    for act in acts[:2]:
        with pytest.raises(Denied):
            act(cast.kartika.actor)
    ani = cast.ani.actor
    for denied in (
        lambda: move_case(ani, case, act="transfer", reason="Pindah", now=NOW),
        lambda: mark_duplicate(ani, other, of=case, now=NOW),
        lambda: correct_case(ani, case, {"legal_hold": True}, seen=9, now=NOW),
    ):
        with pytest.raises(Denied):
            denied()
    move_case(ani, case, act="withdraw", now=NOW)
    with pytest.raises(Denied):
        reopen_case(ani, case, reason="x", now=NOW)


def test_danger_waits_for_no_assessment(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["PA.2"])
    assert move_case(MAKER, case, act="assist", now=NOW).stage == "assisting"


@pytest.mark.parametrize(("act", "code"), [("lose", "reason_needed"), ("monitor", "transition_refused")])
def test_a_refused_step_says_why_and_changes_nothing(cast: Cast, act: str, code: str) -> None:
    case = make_case(cast.lentera)
    with pytest.raises(Conflict) as refused:
        move_case(MAKER, case, act=act, now=NOW)
    assert refused.value.code == code
    assert str(refused.value.message)
    assert (stage_of(case), CaseStep.objects.count()) == ("received", 1)


def test_the_same_step_sent_again_changes_nothing(cast: Cast) -> None:
    case, one = make_case(cast.lentera), uuid7()
    move_case(MAKER, case, act="assist", id=one, now=NOW)
    move_case(MAKER, case, act="refer", now=NOW)
    move_case(MAKER, case, act="assist", id=one, now=NOW)
    assert stage_of(case) == "referred"
    for _ in range(2):
        close_case(cast.ani.actor, case, outcome="met", now=NOW)
    assert CaseStep.objects.filter(case=case).count() == 4


def test_outcomes_fit_what_the_case_is_about(cast: Cast) -> None:
    assert outcomes_for(["AD.1", "JK.2"])[0] == Outcome.DOCUMENT_ISSUED
    case = make_case(cast.lentera, types=["JK.2"])
    triage_case(MAKER, case, risk="RK.R", authority="village", now=NOW)
    for wrong in ("separated", "won", ""):
        with pytest.raises(Invalid):
            close_case(MAKER, case, outcome=wrong, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(stage="closed")


def test_triage_refuses_what_is_not_on_its_axes(cast: Cast) -> None:
    case = make_case(cast.lentera)
    for axes in ({"risk": "", "authority": "village"}, {"risk": "RK.T", "authority": "moon"}):
        with pytest.raises(Invalid):
            triage_case(MAKER, case, now=NOW, **axes)


def test_triage_by_two_keeps_both_opinions(cast: Cast) -> None:
    case = make_case(cast.lentera)
    triage_case(cast.ani.actor, case, risk="RK.T", authority="village", seen=case.version, now=NOW)
    second = triage_case(cast.budi.actor, case, risk="RK.R", authority="village", seen=case.version, now=NOW)
    assert second.clashing == ("risk",)
    assert Case.objects.get(pk=case.pk).risk == "RK.T"
    assert FieldClash.objects.get().party is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"narrative": "a" * 10_001}, "narrative"),
        ({"happened_on": date(2025, 3, 4)}, "happened_on"),
        ({"settings": ["moon"]}, "settings"),
        ({"external_register_number": "1" * 41}, "external_register_number"),
    ],
)
def test_corrections_that_cannot_be_are_refused(cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        correct_case(MAKER, make_case(cast.lentera), changes, seen=9, now=NOW)
    assert refused.value.field == field


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_two_ends_at_once_are_one() -> None:
    case = make_case(make_organisation())
    answers = at_once(
        lambda: move_case(MAKER, case, act="withdraw", now=NOW),
        lambda: move_case(MAKER, case, act="redirect", reason="Bukan wewenang", now=NOW),
    )
    assert [a.code for a in answers if isinstance(a, Conflict)] == ["transition_refused"]
    assert CaseStep.objects.count() == 2


def test_the_check_finds_a_case_that_lost_its_protection_or_its_stage(cast: Cast) -> None:
    social, violent = make_case(cast.lentera), make_case(cast.lentera, types=["K.F"])
    for probe in (protection_follows_types, stages_follow_steps):
        assert [f.level for f in probe(NOW)] == [Level.OK]
    Case.objects.filter(pk=violent.pk).update(protected=False, branch="social")
    Case.objects.filter(pk=social.pk).update(stage="triage")
    for probe in (protection_follows_types, stages_follow_steps):
        assert [f.level for f in probe(NOW)] == [Level.FAIL]
