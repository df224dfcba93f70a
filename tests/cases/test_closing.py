"""Where a group wants it, two people agree that a case has come to its end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.access.queries import actor_for
from simpul.access.roles import ROLES
from simpul.access.services import grant_role
from simpul.audit.models import Act
from simpul.cases.models import Case, CaseStep, ClosureRequest, DeskRules, Service
from simpul.cases.queries.closing import closure_for, closures_for
from simpul.cases.rules.closing import APPROVE_OWN
from simpul.cases.services.closing import approve_closure, decline_closure, end_case
from simpul.cases.services.desk_rules import set_desk_rules
from simpul.cases.services.helping import provide_service, withdraw_service
from simpul.cases.services.parties import change_types
from simpul.cases.services.progress import close_case, move_case, reopen_case
from simpul.cases.services.sight import escalate_case, exclude_person
from simpul.kernel.actor import Member, Reach, ResolvedGrant
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.notices.models import Notice
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies
from tests.racing import at_once

LATER = NOW + timedelta(days=2)


def wanted(cast: Cast, *, by: str = "budi") -> None:
    set_desk_rules(
        cast.played[by].actor, cast.lentera, approves_closure=True, checkins="chosen", reason="Musyawarah", now=NOW
    )


def sorted_case(cast: Cast, **more: object) -> Case:
    return move_case(MAKER, make_case(cast.lentera, **more), act="assist", now=NOW)  # type: ignore[arg-type]


def asked(cast: Cast, case: Case, **more: object) -> ClosureRequest:
    row = end_case(cast.ani.actor, case, outcome="met", reason="Kartu jadi", now=NOW, **more)  # type: ignore[arg-type]
    assert row is not None
    return row


@audits(set_desk_rules)
def test_a_desk_decides_with_a_reason_and_keeps_what_it_decided_before(cast: Cast) -> None:
    wanted(cast)
    wanted(cast)
    set_desk_rules(
        cast.budi.actor, cast.lentera, approves_closure=False, checkins="coordinator", reason="Terlalu lama", now=LATER
    )
    rows = DeskRules.objects.order_by("set_at")
    assert [(r.approves_closure, r.ended_at) for r in rows] == [(True, LATER), (False, None)]
    assert Act.objects.filter(act="cases.set_desk_rules").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskRules.objects.update(approves_closure=True)


@denies(set_desk_rules)
def test_only_who_leads_the_desk_decides(cast: Cast) -> None:
    for name in ("ani", "hasan", "kartika", "dewi", "joko"):
        with pytest.raises(Denied):
            wanted(cast, by=name)
    for wrong in ({"reason": " "}, {"checkins": "everybody"}):
        with pytest.raises(Invalid):
            set_desk_rules(
                cast.budi.actor, cast.lentera,
                **{"approves_closure": True, "checkins": "chosen", "reason": "x", "now": NOW, **wrong},
            )  # fmt: skip


@audits(end_case, approve_closure)
def test_a_companion_asks_and_the_coordinator_agrees(cast: Cast) -> None:
    wanted(cast)
    case = sorted_case(cast)
    with pytest.raises(Conflict) as refused:
        close_case(cast.ani.actor, case, outcome="met", now=NOW)
    assert refused.value.code == "approval_needed"
    row = asked(cast, case)
    assert asked(cast, case).pk == row.pk
    assert Case.objects.get().is_open
    assert list(closures_for(cast.budi.actor, now=NOW)) == [row]
    for _ in range(2):
        closed = approve_closure(cast.budi.actor, row, now=LATER)
    assert (closed.stage, closed.outcome) == ("closed", "met")
    last = CaseStep.objects.order_by("-id")[0]
    assert (last.by, last.reason and last.reason.open()) == (cast.budi.person, "Kartu jadi")
    assert not closures_for(cast.budi.actor, now=LATER)
    acts = Act.objects.filter(ref_id=case.pk).values_list("act", flat=True)
    assert {"cases.end_case", "cases.approve_closure"} <= set(acts)
    assert "Kartu" not in str(list(Act.objects.values()))
    assert [n.kind for n in Notice.objects.order_by("id")] == ["cases.closure_asked", "cases.closure_decided"]


@audits(decline_closure)
def test_what_is_not_agreed_to_goes_on_and_can_be_asked_again(cast: Cast) -> None:
    wanted(cast)
    case = sorted_case(cast)
    row = asked(cast, case)
    with pytest.raises(Invalid):
        decline_closure(cast.budi.actor, row, words=" ", now=LATER)
    for _ in range(2):
        decline_closure(cast.budi.actor, row, words="Ijazah belum", now=LATER)
    with pytest.raises(Conflict):
        approve_closure(cast.budi.actor, row, now=LATER)
    assert Case.objects.get().is_open
    assert asked(cast, case).pk != row.pk
    assert Act.objects.filter(act="cases.decline_closure").count() == 1


@denies(end_case, approve_closure, decline_closure)
def test_nobody_agrees_to_what_they_asked_for_or_may_not_see(cast: Cast) -> None:
    wanted(cast)
    case = sorted_case(cast, types=["K.F"])
    with pytest.raises(NotFound):
        asked(cast, case)
    row = end_case(cast.budi.actor, case, outcome="met", now=NOW)
    assert row is not None
    for act in (
        lambda who: approve_closure(who, row, now=NOW),
        lambda who: decline_closure(who, row, words="x", now=NOW),
    ):
        with pytest.raises(Denied) as own:
            act(cast.budi.actor)
        assert own.value.permission == APPROVE_OWN
        for name in ("ani", "hasan", "kartika", "dewi"):
            with pytest.raises(NotFound):
                act(cast.played[name].actor)
    escalate_case(cast.budi.actor, case, to=cast.support, reason="Tidak ada koordinator lain", now=NOW)
    with pytest.raises(Denied):
        end_case(cast.kartika.actor, case, outcome="met", now=NOW)
    assert list(closures_for(cast.kartika.actor, now=NOW)) == [row]
    assert approve_closure(cast.kartika.actor, row, now=LATER).stage == "closed"


def test_approving_ones_own_is_a_permission_of_its_own_that_no_role_has(cast: Cast) -> None:
    wanted(cast)
    assert not [code for code, role in ROLES.items() if APPROVE_OWN in role.permissions]
    assert cast.budi.user
    assert cast.budi.person
    held = dict.fromkeys(("case.record", "case.coordinate", "case.approve_closure", APPROVE_OWN), Reach.OWN)
    grant = ResolvedGrant("coordinator", cast.lentera.pk, None, held)
    alone = Member(cast.budi.user.pk, cast.budi.person.pk, (grant,), second_factor=True)
    assert end_case(alone, sorted_case(cast), outcome="met", now=NOW) is None
    assert Case.objects.get().stage == "closed"


def test_a_case_that_is_hidden_waits_for_nobody_it_is_hidden_from(cast: Cast) -> None:
    wanted(cast)
    case = sorted_case(cast)
    exclude_person(cast.ani.actor, case, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    row = asked(cast, case)
    assert not closures_for(cast.budi.actor, now=NOW)
    assert not Notice.objects.exists()
    with pytest.raises(NotFound):
        closure_for(cast.budi.actor, row.pk, now=NOW)


def test_what_ended_otherwise_waits_no_more_even_when_opened_again(cast: Cast) -> None:
    wanted(cast)
    case = sorted_case(cast)
    row = asked(cast, case)
    move_case(MAKER, case, act="withdraw", now=LATER)
    reopen_case(cast.budi.actor, case, reason="Datang lagi", now=LATER)
    row.refresh_from_db()
    assert (row.decided_at, row.approved) == (LATER, None)
    with pytest.raises(Conflict):
        approve_closure(cast.budi.actor, row, now=LATER)


@pytest.mark.parametrize(
    ("act", "where"), [("withdraw", "withdrawn"), ("lose", "unreachable"), ("redirect", "redirected")]
)
def test_every_end_takes_two_where_the_group_wants_it(cast: Cast, act: str, where: str) -> None:
    """Else whoever wants it over would choose another name for it."""
    wanted(cast)
    case = make_case(cast.lentera)
    for who in (cast.ani, cast.budi):
        with pytest.raises(Conflict) as refused:
            move_case(who.actor, case, act=act, reason="Tidak terhubungi", now=NOW)
        assert refused.value.code == "approval_needed"
    row = end_case(cast.ani.actor, case, act=act, reason="Tidak terhubungi", now=NOW)
    assert row is not None
    assert end_case(cast.ani.actor, case, act=act, reason="Tidak terhubungi", now=NOW) == row
    with pytest.raises(Invalid):
        end_case(cast.ani.actor, case, act=act, outcome="met", reason="x", now=NOW)
    ended = approve_closure(cast.budi.actor, row, now=LATER)
    assert (ended.stage, ended.outcome) == (where, "")
    last = CaseStep.objects.filter(case=case).latest("id")
    assert last.reason
    assert (last.act, last.reason.open()) == (act, "Tidak terhubungi")


def test_an_end_is_no_end_that_the_table_does_not_know(cast: Cast) -> None:
    with pytest.raises(ValueError, match="reopen"):
        end_case(cast.ani.actor, sorted_case(cast), act="reopen", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosureRequest.objects.create(case=make_case(cast.lentera), act="withdraw", outcome="met", asked_at=NOW)


def test_what_came_of_it_is_looked_at_again_once_the_types_were_changed(cast: Cast) -> None:
    wanted(cast)
    case = sorted_case(cast, types=["PA.2"])
    row = end_case(cast.budi.actor, case, outcome="separated", now=NOW)
    assert row is not None
    change_types(cast.budi.actor, victim_of(case), types=["K.F"], now=LATER)
    two = grant_role(MAKER, cast.ani.person, role="coordinator", organisation=cast.lentera, reason="dua", now=NOW)
    assert two
    assert cast.ani.user
    ani = actor_for(cast.ani.user.pk, now=LATER, second_factor=True)
    with pytest.raises(Conflict) as refused:
        approve_closure(ani, row, now=LATER)
    assert refused.value.code == "outcome_changed"
    change_types(cast.budi.actor, victim_of(case), types=["PA.3"], now=LATER)
    assert approve_closure(ani, row, now=LATER).outcome == "separated"


def test_another_outcome_takes_the_place_of_what_was_asked_before(cast: Cast) -> None:
    wanted(cast)
    case, one = sorted_case(cast), uuid7()
    first = asked(cast, case, id=one)
    second = end_case(cast.ani.actor, case, outcome="refused", now=LATER)
    assert second is not None
    assert list(closures_for(cast.budi.actor, now=LATER)) == [second]
    assert asked(cast, case, id=one) == first  # a request that was on its way for long
    with pytest.raises(Conflict):
        approve_closure(cast.budi.actor, first, now=LATER)
    assert approve_closure(cast.budi.actor, second, now=LATER).outcome == "refused"
    other = sorted_case(cast)
    with pytest.raises(Conflict) as taken:
        asked(cast, other, id=one)
    assert taken.value.code == "id_taken"


@pytest.mark.parametrize("answer", ["approve", "decline"])
def test_whoever_was_relieved_meanwhile_is_not_told_how_it_ended(cast: Cast, answer: str) -> None:
    wanted(cast)
    case = sorted_case(cast)
    row = asked(cast, case)
    exclude_person(cast.budi.actor, case, cast.ani.person, now=NOW)  # type: ignore[arg-type]
    if answer == "approve":
        approve_closure(cast.budi.actor, row, now=LATER)
    else:
        decline_closure(cast.budi.actor, row, words="Belum", now=LATER)
    assert not Notice.objects.filter(kind="cases.closure_decided").exists()


def test_where_nobody_asks_for_it_a_companion_closes_alone(cast: Cast) -> None:
    one = uuid7()
    case = sorted_case(cast)
    for _ in range(2):
        assert end_case(cast.ani.actor, case, outcome="met", now=NOW, id=one) is None
    assert CaseStep.objects.filter(case=case, act="close").count() == 1


def test_r1_what_was_mediated_before_one_knew_better_does_not_end_as_settled(cast: Cast) -> None:
    """Neither by who closes alone, nor asked for, nor agreed to; taken back, it ends."""
    case = sorted_case(cast, types=["HK.1"], victim={"age_stated": 30})
    service = provide_service(
        MAKER, victim_of(case), kind="SV.06", provided_on=NOW.date(), result="done", now=NOW
    )  # fmt: skip
    wanted(cast)
    row = asked(cast, case)
    change_types(cast.budi.actor, victim_of(case), types=["K.S.2", "HK.1"], now=NOW)
    for refused in (
        lambda: approve_closure(cast.budi.actor, row, now=LATER),
        lambda: end_case(cast.budi.actor, case, outcome="partly_met", now=LATER),
        lambda: close_case(MAKER, case, outcome="met", now=LATER),
    ):
        with pytest.raises(Conflict) as why:
            refused()
        assert why.value.code == "mediated"
    assert Case.objects.get().is_open
    with pytest.raises(IntegrityError, match="no_mediation"), transaction.atomic():
        Service.objects.create(
            case=case, party=victim_of(case), kind="SV.06", provided_on=NOW.date(), result="done", recorded_at=NOW
        )
    withdraw_service(cast.budi.actor, service, now=LATER)
    with pytest.raises(IntegrityError, match="no_mediation"), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(withdrawn_at=None)
    assert approve_closure(cast.budi.actor, row, now=LATER).stage == "closed"


def test_r1_whoever_leaves_of_themself_may_leave_whatever_was_noted(cast: Cast) -> None:
    case = sorted_case(cast, types=["HK.1"], victim={"age_stated": 30})
    provide_service(MAKER, victim_of(case), kind="SV.06", provided_on=NOW.date(), result="done", now=NOW)
    change_types(MAKER, victim_of(case), types=["K.S.2"], now=NOW)
    assert move_case(MAKER, case, act="withdraw", reason="Permintaannya", now=NOW).stage == "withdrawn"


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_agreeing_and_refusing_at_once_one_holds() -> None:
    case = move_case(MAKER, make_case(make_organisation()), act="assist", now=NOW)
    row = ClosureRequest.objects.create(case=case, outcome="met", asked_at=NOW)
    answers = at_once(
        lambda: approve_closure(MAKER, row, now=LATER),
        lambda: decline_closure(MAKER, row, words="Belum", now=LATER),
    )
    assert [a.code for a in answers if isinstance(a, Conflict)] == ["decided"]
    row.refresh_from_db()
    assert (Case.objects.get().stage == "closed") is bool(row.approved)
