"""Two processes close a circle from both sides: one of them wins, the other is told why, nothing is half-written."""

from collections.abc import Callable

import pytest

from simpul.audit.models import Act
from simpul.organisations.models import Membership, Organisation, UnitPlacement
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.units import place_unit
from tests.factories.networks import make_network
from tests.factories.organisations import NOW, SYSTEM, make_organisation
from tests.organisations.rival import act as rival_act
from tests.rivals import Order, at_one_moment, rivals

pytestmark = [pytest.mark.racing, pytest.mark.usefixtures("raced")]
RIVAL = rival_act.__module__
ROUNDS = 5
Found = Callable[..., list[tuple[str, str]]]


def order(act: str, below: Organisation, above: Organisation, **more: float) -> Order:
    return {"act": act, "below": str(below.pk), "above": str(above.pk), **more}


def placements(*among: Organisation) -> list[tuple[str, str]]:
    rows = UnitPlacement.objects.filter(organisation__in=among, superseded_at=None)
    return sorted(rows.values_list("organisation__name", "parent__name"))


def admissions(*among: Organisation) -> list[tuple[str, str]]:
    rows = Membership.objects.filter(member__in=among, superseded_at=None)
    return sorted(rows.values_list("member__name", "network__name"))


def test_two_processes_that_place_units_below_one_another_make_no_circle() -> None:
    with rivals(RIVAL) as (one, two):
        for _ in range(ROUNDS):
            a, b = make_organisation(name="A"), make_organisation(name="B")
            answers = at_one_moment({one: order("place", a, b), two: order("place", b, a)})
            assert sorted(answers) == ["Conflict circle", "done"]
            assert placements(a, b) == ([("A", "B")] if answers[0] == "done" else [("B", "A")])
            assert Act.objects.filter(act="organisations.place_unit", ref_id__in=[a.pk, b.pk]).count() == 1


def test_two_processes_far_apart_in_two_branches_make_no_circle() -> None:
    with rivals(RIVAL) as (one, two):
        for _ in range(ROUNDS):
            a, a1, b, b1 = (make_organisation(name=name) for name in ("A", "A1", "B", "B1"))
            place_unit(SYSTEM, a1, parent=a, now=NOW)
            place_unit(SYSTEM, b1, parent=b, now=NOW)
            answers = at_one_moment({one: order("move", a, b1), two: order("move", b, a1)})
            assert sorted(answers) == ["Conflict circle", "done"]
            won = ("A", "B1") if answers[0] == "done" else ("B", "A1")
            assert placements(a, a1, b, b1) == sorted([("A1", "A"), ("B1", "B"), won])
            assert Act.objects.filter(act="organisations.move_unit", ref_id__in=[a.pk, b.pk]).count() == 1


def test_two_processes_that_admit_networks_to_one_another_make_no_circle() -> None:
    with rivals(RIVAL) as (one, two):
        for _ in range(ROUNDS):
            a, b = make_network("A"), make_network("B")
            answers = at_one_moment({one: order("admit", a, b), two: order("admit", b, a)})
            assert sorted(answers) == ["Invalid membership_circle", "done"]
            assert admissions(a, b) == ([("A", "B")] if answers[0] == "done" else [("B", "A")])
            (row,) = Membership.objects.filter(member__in=[a, b])
            assert Act.objects.filter(act="organisations.admit_member", ref_id=row.pk).count() == 1


def test_three_processes_that_close_a_circle_from_afar_leave_a_link_out() -> None:
    with rivals(RIVAL, 3) as (one, two, three):
        for _ in range(ROUNDS):
            a, b, c, d, e = (make_network(name) for name in "ABCDE")
            for member, network in ((d, b), (d, c), (c, a), (a, b)):
                admit_member(SYSTEM, network, member=member, now=NOW)
            answers = at_one_moment({one: order("admit", b, e), two: order("admit", e, d), three: order("admit", e, c)})
            # From E up to B both through D and through C: with B in E there is a circle, without it there is none.
            no = "Invalid membership_circle"
            assert answers in (["done", no, no], [no, "done", "done"])
            assert len(admissions(a, b, c, d, e)) == 4 + answers.count("done")


@pytest.mark.parametrize(("act", "found"), [("place", placements), ("admit", admissions)])
def test_a_process_killed_before_it_commits_leaves_nothing_and_holds_nobody_up(act: str, found: Found) -> None:
    a, b = make_network("A"), make_network("B")
    with rivals(RIVAL) as (one, two):
        # The second begins while the first, which has written, holds its transaction open.
        dies, waits = order(act, a, b, dies_after=0.6), order(act, b, a, begins_after=0.3)
        assert at_one_moment({one: dies, two: waits}) == ["", "done"]
    assert found(a, b) == [("B", "A")]
    assert Act.objects.filter(act__in=["organisations.place_unit", "organisations.admit_member"]).count() == 1
