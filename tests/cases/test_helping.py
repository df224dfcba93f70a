"""Needs, services, the plan; what is never mediated; the three days for a decision about the police."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.cases.models import Appointment, Case, Need, PlanItem, Service, Visit
from simpul.cases.queries.police import police_decisions_of
from simpul.cases.services.helping import (
    add_need,
    allow_mediation,
    drop_need,
    end_mediation,
    implement_need,
    provide_service,
    withdraw_service,
)
from simpul.cases.services.parties import change_types
from simpul.cases.services.planning import (
    make_appointment,
    need_document,
    note_cost,
    plan_step,
    record_visit,
    settle_appointment,
    settle_document,
    settle_step,
)
from simpul.cases.services.police import decide_police_report
from simpul.cases.services.progress import move_case
from simpul.cases.services.sight import escalate_case
from simpul.cases.visiting import months_after
from simpul.deadlines.models import Clock
from simpul.deadlines.services import configure_rule
from simpul.deadlines.services.setting import RuleText
from simpul.deadlines.units import Binding, Standing, Unit
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.marks import audits, denies

DAY, LATER = date(2025, 3, 3), NOW + timedelta(days=1)


def serve(case: Case, kind: str = "SV.07", **more: Any) -> Service:
    given: dict[str, Any] = {"provided_on": DAY, "result": "done", "now": NOW, **more}
    return provide_service(given.pop("actor", MAKER), victim_of(case), kind=kind, **given)


@pytest.mark.parametrize("types", [["K.S"], ["K.S.9"], ["PA.1"], ["K.F", "PA.4"]])
def test_r1_sexual_violence_and_child_marriage_are_never_mediated(cast: Cast, types: list[str]) -> None:
    case = make_case(cast.lentera, types=types, victim={"age_stated": 30})
    for ground in ("domestic", "trafficking", "child"):
        allow_mediation(MAKER, cast.lentera, ground=ground, reason="Diminta musyawarah desa", now=NOW)
    with pytest.raises(Conflict) as refused:
        serve(case, "SV.06")
    assert (refused.value.code, refused.value.theirs) == ("mediation", {"why": "never"})
    with pytest.raises(Conflict):
        add_need(MAKER, victim_of(case), kind="SV.06", time_frame="week", now=NOW)
    # Nor by anybody who writes past the service.
    victim = victim_of(case)
    with pytest.raises(IntegrityError, match="no_mediation"), transaction.atomic():
        Service.objects.create(case=case, party=victim, kind="SV.06", provided_on=DAY, result="done", recorded_at=NOW)
    other = serve(case, "SV.22")
    with pytest.raises(IntegrityError, match="no_mediation"), transaction.atomic():
        Service.objects.filter(pk=other.pk).update(kind="SV.06")
    with pytest.raises(IntegrityError, match="no_mediation"), transaction.atomic():
        Need.objects.create(case=case, party=victim, kind="SV.06", time_frame="week", due_on=DAY, recorded_at=NOW)


@pytest.mark.parametrize(
    ("opened", "ground"),
    [
        ({"types": ["K.F"], "settings": ["domestic"], "victim": {"age_stated": 30}}, "domestic"),
        ({"types": ["K.T"], "victim": {"age_stated": 30}}, "trafficking"),
        ({"types": ["K.F"], "victim": {"age_stated": 17}}, "child"),
        ({"types": ["K.F"], "victim": {}}, "child"),
    ],
)
def test_mediation_is_off_until_the_group_switches_it_on_with_a_reason(
    cast: Cast, opened: dict[str, Any], ground: str
) -> None:
    case = make_case(cast.lentera, **opened)
    with pytest.raises(Conflict) as refused:
        serve(case, "SV.06")
    assert refused.value.theirs == {"why": ground}
    with pytest.raises(Invalid):
        allow_mediation(cast.budi.actor, cast.lentera, ground=ground, reason=" ", now=NOW)
    row = allow_mediation(cast.budi.actor, cast.lentera, ground=ground, reason="Disepakati bersama UPTD", now=NOW)
    assert serve(case, "SV.06").pk
    end_mediation(cast.budi.actor, row, now=NOW)
    with pytest.raises(Conflict):
        serve(case, "SV.06")


def test_a_quarrel_over_land_may_be_mediated(cast: Cast) -> None:
    assert serve(make_case(cast.lentera, types=["HK.2"]), "SV.06").pk


@pytest.mark.parametrize("types", [["K.S.4"], ["PA.2"], ["PA.3"]])
def test_r2_three_days_run_from_the_report_until_a_decision_either_way(cast: Cast, types: list[str]) -> None:
    for will_report in (True, False):
        case = make_case(cast.lentera, types=types, received_at=NOW - timedelta(hours=5))
        clock = Clock.objects.get(about_id=case.pk, code="D01")
        assert (clock.started_at, clock.due_at) == (NOW - timedelta(hours=5), NOW + timedelta(hours=67))
        assert Case.objects.get(pk=case.pk).due_at == clock.due_at
        decide_police_report(cast.budi.actor, case, will_report=will_report, reason="Dibahas dengannya", now=NOW)
        clock.refresh_from_db()
        assert clock.stopped_at == NOW
        assert clock.decision == ("will_report" if will_report else "will_not_report")


def test_r2_other_violence_starts_no_clock_until_its_type_does(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"])
    assert not Clock.objects.exists()
    change_types(cast.budi.actor, victim_of(case), types=["K.F", "K.S"], now=LATER)
    assert Clock.objects.get().started_at == NOW
    decide_police_report(cast.budi.actor, case, will_report=False, reason="Ia belum siap", now=LATER)
    change_types(cast.budi.actor, victim_of(case), types=["K.S"], now=LATER)
    assert Clock.objects.count() == 1


def test_r2_another_decision_stands_beside_the_first_and_starts_no_clock_again(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.S"])
    clock = Clock.objects.get(about_id=case.pk)
    first = decide_police_report(cast.budi.actor, case, will_report=False, reason="Ia belum siap", seen="", now=NOW)
    later = decide_police_report(
        cast.budi.actor, case, will_report=True, reason="Ia sekarang mau", seen=first.pk, now=LATER
    )
    change_types(cast.budi.actor, victim_of(case), types=["K.S", "K.F"], now=LATER)
    clock.refresh_from_db()
    assert (clock.stopped_at, clock.decision) == (NOW, "will_not_report")
    assert list(Clock.objects.filter(about_id=case.pk)) == [clock]
    assert list(police_decisions_of(cast.budi.actor, case, now=LATER)) == [later, first]
    with pytest.raises(Conflict) as refused:
        decide_police_report(cast.budi.actor, case, will_report=False, reason="x", seen=first.pk, now=LATER)
    assert refused.value.code == "decided_meanwhile"
    with pytest.raises(Denied):
        police_decisions_of(cast.ani.actor, make_case(cast.lentera), now=LATER)
    acts = Act.objects.filter(act="cases.decide_police_report", ref_id=case.pk).order_by("at")
    assert [act.details for act in acts] == [{"will_report": False}, {"will_report": True}]


def test_r2_whether_the_group_is_bound_by_it_is_configuration(cast: Cast) -> None:
    bound = Clock.objects.get(about_id=make_case(cast.lentera, types=["PA.2"]).pk)
    assert bound.rule.binding == Binding.UNDECIDED
    says = RuleText(
        what=bound.rule.what,
        unit=Unit.HOURS,
        limit=72,
        standing=Standing.LAW,
        basis=bound.rule.basis,
        in_use=False,
    )
    configure_rule(MAKER, "D01", organisation=cast.lentera, says=says, valid_from=DAY, reason="Nasihat hukum", now=NOW)
    later = make_case(cast.lentera, types=["PA.2"], now=LATER)
    assert not Clock.objects.filter(about_id=later.pk).exists()


def test_a_need_has_its_day_and_a_done_service_meets_it(cast: Cast) -> None:
    case = make_case(cast.lentera)
    need = add_need(MAKER, victim_of(case), kind="SV.17", time_frame="week", now=NOW)
    assert need.due_on == date(2025, 3, 10)
    assert Case.objects.get(pk=case.pk).due_at is not None
    serve(case, "SV.17", need=need, result="under_way")
    assert Need.objects.get().implemented_at is None
    serve(case, "SV.17", need=need)
    assert Need.objects.get().implemented_at == NOW
    assert Case.objects.get(pk=case.pk).due_at is None
    drop_need(MAKER, need, now=LATER)
    assert Need.objects.get().dropped_at is None


def test_the_earliest_thing_to_do_is_when_the_case_is_due(cast: Cast) -> None:
    case = make_case(cast.lentera)
    victim = victim_of(case)

    def due() -> Any:
        return Case.objects.get(pk=case.pk).due_at

    need = add_need(MAKER, victim, kind="SV.17", time_frame="month", now=NOW)
    item = plan_step(MAKER, case, what="Foto kartu", due_on=date(2025, 3, 20), now=NOW)
    assert due().isoformat() == "2025-03-20T16:00:00+00:00"  # the end of that day in Lombok
    meeting = make_appointment(MAKER, victim, at=NOW + timedelta(days=2), to_bring=["KTP", ""], now=NOW)
    assert due() == meeting.at
    settle_appointment(MAKER, meeting, kept=True, now=LATER)
    settle_step(MAKER, item, done=True, now=LATER)
    assert due().isoformat() == "2025-04-02T16:00:00+00:00"
    implement_need(MAKER, need, now=LATER)
    assert due() is None


def test_following_up_plans_visits_after_one_three_and_six_months(cast: Cast) -> None:
    case = make_case(cast.lentera)
    move_case(MAKER, case, act="assist", now=NOW)
    move_case(MAKER, case, act="monitor", now=NOW)
    assert [(v.month, v.due_on) for v in case.visits.order_by("month")] == [
        (1, date(2025, 4, 3)), (3, date(2025, 6, 3)), (6, date(2025, 9, 3)),
    ]  # fmt: skip
    first = case.visits.get(month=1)
    record_visit(MAKER, first, wellbeing="better", on=DAY, note="Sudah sekolah lagi", now=LATER)
    record_visit(MAKER, first, wellbeing="worse", on=DAY, now=LATER)
    assert Visit.objects.get(pk=first.pk).wellbeing == "better"
    assert Case.objects.get(pk=case.pk).due_at.date() == date(2025, 6, 3)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_end_on_their_own_last_day(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_papers_and_costs(cast: Cast) -> None:
    case = make_case(cast.lentera)
    paper = need_document(MAKER, victim_of(case), kind="family_card", now=NOW)
    assert need_document(MAKER, victim_of(case), kind="family_card", now=LATER) == paper
    settle_document(MAKER, paper, had=True, issued_on=DAY, now=NOW)
    assert case.documents_needed.get().issued_on == DAY
    settle_document(MAKER, paper, had=False, now=NOW)
    assert case.documents_needed.get().had_at is None
    note_cost(MAKER, case, kind="transport", amount=50_000, paid_by="village", on=DAY, now=NOW)
    assert case.costs.get().amount == 50_000


def every_act(case: Case) -> dict[str, Callable[[Any], Any]]:
    """Each service of help, as somebody would call it."""
    victim = victim_of(case)
    need = add_need(MAKER, victim, kind="SV.17", time_frame="week", now=NOW)
    other = add_need(MAKER, victim, kind="SV.18", time_frame="week", now=NOW)
    service = serve(case, "SV.24")
    item, meeting = plan_step(MAKER, case, what="x", now=NOW), make_appointment(MAKER, victim, at=LATER, now=NOW)
    paper = need_document(MAKER, victim, kind="photo", now=NOW)
    visit = Visit.objects.create(case=case, month=1, due_on=DAY, recorded_at=NOW)
    return {
        "add_need": lambda a: add_need(a, victim, kind="SV.17", time_frame="week", now=NOW),
        "drop_need": lambda a: drop_need(a, need, now=NOW),
        "implement_need": lambda a: implement_need(a, other, now=NOW),
        "provide_service": lambda a: serve(case, actor=a),
        "withdraw_service": lambda a: withdraw_service(a, service, now=NOW),
        "plan_step": lambda a: plan_step(a, case, what="y", now=NOW),
        "settle_step": lambda a: settle_step(a, item, done=True, now=NOW),
        "make_appointment": lambda a: make_appointment(a, victim, at=LATER, now=NOW),
        "settle_appointment": lambda a: settle_appointment(a, meeting, kept=False, now=NOW),
        "need_document": lambda a: need_document(a, victim, kind="other", now=NOW),
        "settle_document": lambda a: settle_document(a, paper, had=True, now=NOW),
        "note_cost": lambda a: note_cost(a, case, kind="fee", amount=1, paid_by="group", on=DAY, now=NOW),
        "record_visit": lambda a: record_visit(a, visit, wellbeing="same", on=DAY, now=NOW),
    }


@audits(
    add_need, drop_need, implement_need, provide_service, withdraw_service, plan_step, settle_step, make_appointment,
    settle_appointment, need_document, settle_document, note_cost, record_visit, allow_mediation, end_mediation,
    decide_police_report,
)  # fmt: skip
def test_help_is_recorded_by_ids_alone(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"])
    acts = every_act(case)
    for name, act in acts.items():
        before = Act.objects.filter(act=f"cases.{name}").count()
        act(cast.budi.actor)
        assert Act.objects.filter(act=f"cases.{name}").count() == before + 1, name
    row = allow_mediation(cast.budi.actor, cast.lentera, ground="child", reason="Rahasia", now=NOW)
    end_mediation(cast.budi.actor, row, now=NOW)
    decide_police_report(cast.budi.actor, case, will_report=True, reason="Rahasia", now=NOW)
    names = {"cases.allow_mediation", "cases.end_mediation", "cases.decide_police_report"}
    assert set(Act.objects.filter(act__in=names).values_list("act", flat=True)) == names
    assert "Rahasia" not in str(list(Act.objects.values()))


@denies(
    add_need, drop_need, implement_need, provide_service, withdraw_service, plan_step, settle_step, make_appointment,
    settle_appointment, need_document, settle_document, note_cost, record_visit, allow_mediation, end_mediation,
    decide_police_report,
)  # fmt: skip
def test_help_is_given_by_those_who_record_the_case(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Tidak dijawab", now=NOW)
    acts = every_act(case)
    acts["decide"] = lambda a: decide_police_report(a, case, will_report=True, reason="x", now=NOW)
    for act in acts.values():
        for actor, error in ((cast.kartika.actor, Denied), (cast.hasan.actor, NotFound), (cast.dewi.actor, NotFound)):
            with pytest.raises(error):
                act(actor)
    with pytest.raises(Denied):
        acts["decide"](cast.ani.actor)
    row = allow_mediation(MAKER, cast.lentera, ground="child", reason="x", now=NOW)
    for key in ("ani", "kartika", "hasan", "joko"):
        with pytest.raises(Denied):
            allow_mediation(cast.played[key].actor, cast.lentera, ground="child", reason="x", now=NOW)
        with pytest.raises(Denied):
            end_mediation(cast.played[key].actor, row, now=NOW)


@pytest.mark.parametrize("model", [Service, Need, PlanItem, Appointment])
def test_sent_twice_is_one(cast: Cast, model: Any) -> None:
    case, elsewhere, one = make_case(cast.lentera), make_case(cast.lentera), uuid7()

    def send(where: Case) -> Any:
        victim = victim_of(where)
        acts = {
            Service: lambda: serve(where, id=one),
            Need: lambda: add_need(MAKER, victim, kind="SV.17", time_frame="week", id=one, now=NOW),
            PlanItem: lambda: plan_step(MAKER, where, what="x", id=one, now=NOW),
            Appointment: lambda: make_appointment(MAKER, victim, at=LATER, id=one, now=NOW),
        }
        return acts[model]()

    assert send(case) == send(case)
    assert model.objects.count() == 1
    with pytest.raises(Conflict):
        send(elsewhere)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c: serve(c, "SV.99"),
        lambda c: serve(c, result="great"),
        lambda c: serve(c, provided_on=DAY + timedelta(days=1)),
        lambda c: serve(c, note="a" * 4001),
        lambda c: add_need(MAKER, victim_of(c), kind="SV.17", time_frame="someday", now=NOW),
        lambda c: add_need(MAKER, victim_of(c), kind="SV.17", time_frame="week", due_on=date(2025, 3, 2), now=NOW),
        lambda c: plan_step(MAKER, c, what=" ", now=NOW),
        lambda c: plan_step(MAKER, c, what="a" * 501, now=NOW),
        lambda c: make_appointment(MAKER, victim_of(c), at=NOW, now=NOW),
        lambda c: need_document(MAKER, victim_of(c), kind="passport", now=NOW),
        lambda c: note_cost(MAKER, c, kind="transport", amount=0, paid_by="group", on=DAY, now=NOW),
        lambda c: note_cost(MAKER, c, kind="transport", amount=5, paid_by="nobody", on=DAY, now=NOW),
        lambda c: decide_police_report(MAKER, c, will_report=True, reason="", now=NOW),
    ],
)
def test_help_that_cannot_be_is_refused(cast: Cast, wrong: Callable[[Case], Any]) -> None:
    with pytest.raises(Invalid):
        wrong(make_case(cast.lentera))
