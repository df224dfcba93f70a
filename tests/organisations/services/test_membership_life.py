"""Leave, inactivity, leaving, expulsion: who decided and why, on the right day, by the right side, never twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.membership_life import MembershipAct, Standing
from simpul.organisations.models import Membership, MembershipDecision
from simpul.organisations.queries.membership_life import (
    StandingCounts,
    count_standings,
    decisions_about,
    standing_on,
    standings_in,
    standings_of,
)
from simpul.organisations.services.membership_life import decide_membership, withdraw_decision
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.standing import confirm_active
from tests.factories.networks import admit, holder, make_network
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)
MARCH, MAY, JUNE = date(2025, 3, 1), date(2025, 5, 1), date(2025, 6, 1)
ORGAN = {"decided_by": "Rapat presidium", "decided_on": MARCH}


def joined() -> Membership:
    [row] = admit(make_network(), make_organisation(), valid_from=date(2024, 1, 1))
    return row


def decide(row: Membership, act: str, *, by: object = SYSTEM, **said: object) -> MembershipDecision:
    given = {"effective_on": MARCH, "why": "Sesuai rapat", **ORGAN, **said}
    return decide_membership(by, row, act=act, now=NOW, **given)  # type: ignore[arg-type]


@denies(decide_membership, withdraw_decision)
def test_each_side_decides_its_own_and_a_stranger_nothing() -> None:
    row = joined()
    stranger, member = holder("membership.manage", make_organisation()), holder("membership.manage", row.member)
    for act in MembershipAct.values:
        with pytest.raises(Denied):
            decide(row, act, by=stranger)
    for act in ("set_inactive", "expel"):
        with pytest.raises(Denied) as denied:
            decide(row, act, by=member)
        assert denied.value.permission == "membership.manage"
    leave = decide(row, "put_on_leave", by=member)
    with pytest.raises(Denied):
        withdraw_decision(member, leave, now=NOW)
    row.member.in_safety_mode = True
    row.member.save()
    with pytest.raises(NotFound):
        decide(row, "leave", by=stranger)


@audits(decide_membership, withdraw_decision)
def test_decisions_leave_their_rows_and_not_their_reasons() -> None:
    row = joined()
    leave = decide(row, "put_on_leave", why="Ketuanya sakit keras")
    withdraw_decision(SYSTEM, leave, now=NOW)
    withdraw_decision(SYSTEM, leave, now=NOW)
    decide(row, "leave")
    acts = list(Act.objects.order_by("id").values_list("act", "details__act"))
    assert acts == [
        ("organisations.admit_member", None),
        ("organisations.decide_membership", "put_on_leave"),
        ("organisations.withdraw_decision", None),
        ("organisations.end_membership", None),
        ("organisations.decide_membership", "leave"),
    ]
    assert "sakit" not in str(list(Act.objects.values_list("details", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM organisations_membershipdecision")
        assert "sakit" not in str(cursor.fetchall())


def test_a_leave_lasts_until_its_day_or_the_return() -> None:
    row = joined()
    ids = (row.member_id, row.network_id)
    decide(row, "put_on_leave", until=MAY)
    days = [MARCH - timedelta(days=1), MARCH, MAY - timedelta(days=1), MAY]
    assert [standing_on(*ids, day) for day in days] == ["active", "on_leave", "on_leave", "active"]
    decide(row, "set_inactive", effective_on=MAY)
    assert standing_on(*ids, JUNE) == Standing.INACTIVE
    decide(row, "return", effective_on=JUNE)
    assert [standing_on(*ids, day) for day in (MAY, JUNE)] == ["inactive", "active"]


@pytest.mark.parametrize(("act", "reason"), [("leave", "left"), ("expel", "expelled")])
def test_leaving_and_expulsion_end_the_membership_and_say_who_decided_and_why(act: str, reason: str) -> None:
    row = joined()
    decision = decide(row, act, minutes="Notulen 7")
    ended = Membership.objects.get(corrects=row)
    assert (ended.valid_until, ended.end_reason) == (MARCH, reason)
    told, why = decisions_about(holder("membership.manage", row.member), ended)[0]
    assert (told, told.decided_by, told.minutes, why) == (decision, "Rapat presidium", "Notulen 7", "Sesuai rapat")
    assert decisions_about(holder("membership.manage", make_organisation()), ended) == []
    assert decisions_about(holder("organisation.edit", row.network), ended) == []
    with pytest.raises(Conflict) as refused:
        withdraw_decision(SYSTEM, decision, now=NOW)
    assert refused.value.code == "ended"


def test_who_comes_back_begins_anew() -> None:
    row = joined()
    decide(row, "set_inactive")
    decide(row, "expel", effective_on=MAY)
    again = admit_member(SYSTEM, row.network, member=row.member, valid_from=JUNE, now=NOW)
    assert standing_on(row.member_id, row.network_id, JUNE) == Standing.ACTIVE
    assert decide(again, "put_on_leave", effective_on=JUNE).standing == Standing.ON_LEAVE


@pytest.mark.parametrize(
    ("act", "said", "field"),
    [
        ("expel", {"decided_by": ""}, "decided_by"),
        ("expel", {"decided_on": None}, "decided_on"),
        ("set_inactive", {"decided_by": " "}, "decided_by"),
        ("put_on_leave", {"why": " "}, "why"),
        ("expel", {"why": "x" * 1001}, "why"),
        ("put_on_leave", {"until": MARCH}, "until"),
        ("leave", {"decided_on": date(2031, 1, 1)}, "decided_on"),
        ("cuti", {}, "act"),
    ],
)
def test_what_an_act_needs_is_named(act: str, said: dict[str, object], field: str) -> None:
    row = joined()
    with pytest.raises(Invalid) as refused:
        decide(row, act, **said)
    assert refused.value.field == field
    assert not MembershipDecision.objects.exists()


def test_an_act_that_does_not_follow_is_refused_with_what_is() -> None:
    row = joined()
    with pytest.raises(Conflict) as refused:
        decide(row, "return")
    assert (refused.value.code, refused.value.theirs) == ("standing_moved", {"standing": "active"})
    decide(row, "leave")
    acts: list[Callable[[], object]] = [
        lambda: decide(row, "expel"),
        lambda: decide(Membership.objects.get(corrects=row), "expel", effective_on=JUNE),
    ]
    for act in acts:
        with pytest.raises(Conflict) as ended:
            act()
        assert ended.value.code == "ended"


def test_the_same_decision_twice_is_one() -> None:
    row, key = joined(), uuid7()
    made = [decide(row, "leave", id=key) for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Conflict) as refused:
        decide(row, "expel", id=key)
    assert refused.value.code == "id_taken"
    assert Membership.objects.filter(network=row.network, superseded_at=None).count() == 1


def test_registered_member_and_active_are_three_numbers() -> None:
    network = make_network()
    quiet, awake, away, idle, asked, hidden, old = (make_organisation(name=n) for n in "ABCDEFG")
    members = (quiet, awake, away, idle, hidden, old)
    rows = dict(zip(members, admit(network, *members), strict=True))
    admit(network, awake, role="presidium")
    secretariat = holder("membership.manage", network)
    admit_member(secretariat, network, member=asked, now=NOW)
    decide(rows[away], "put_on_leave")
    decide(rows[idle], "set_inactive")
    confirm_active(System("tests"), awake, confirmed_on=MAY, now=NOW)
    confirm_active(System("tests"), old, confirmed_on=date(2024, 5, 1), now=NOW)
    confirm_active(System("tests"), away, confirmed_on=MAY, now=NOW)
    hidden.in_safety_mode = True
    hidden.save()
    found = count_standings(secretariat, network, on=JUNE)
    assert found == StandingCounts(members=6, active=3, on_leave=1, inactive=1, awaiting=1, at_work=1)
    listed = [(row.member.name, row.standing, row.vouched_on) for row in standings_in(secretariat, network, on=JUNE)]
    assert listed == [
        ("A", "active", None),
        ("B", "active", MAY),
        ("C", "on_leave", MAY),
        ("D", "inactive", None),
        ("E", None, None),
        ("G", "active", date(2024, 5, 1)),
    ]
    assert count_standings(secretariat, network, on=MARCH - timedelta(days=1)).on_leave == 0
    assert standings_of(SYSTEM, away, on=JUNE) == {network.pk: Standing.ON_LEAVE}
    assert standings_of(SYSTEM, asked, on=JUNE) == {network.pk: None}


def test_counts_and_lists_are_one_query_each(django_assert_num_queries: Callable[[int], object]) -> None:
    network = make_network()
    admit(network, *(make_organisation() for _ in range(3)))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        count_standings(SYSTEM, network, on=JUNE)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        standings_in(SYSTEM, network, on=JUNE)


def test_decisions_are_never_rewritten() -> None:
    decide(joined(), "put_on_leave")
    with pytest.raises(IntegrityError, match="organisations_membershipdecision_appended"), transaction.atomic():
        MembershipDecision.objects.update(standing="inactive")
