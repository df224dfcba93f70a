"""Memberships: who may admit, what agreement a member gives, two times, no overlap, no circle."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Member, Reach, ResolvedGrant, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.rules.organisations import may
from simpul.organisations.services.memberships import (
    Joining,
    admit_member,
    confirm_membership,
    correct_membership,
    end_membership,
    register_member,
    register_members,
    withdraw_membership,
)
from simpul.organisations.services.registration import Registration
from simpul.records.models import known_at
from tests.factories.networks import NOW, admit, holder, make_network
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


START = date(2024, 1, 1)
LATER = datetime(2025, 9, 1, tzinfo=UTC)


@denies(admit_member, confirm_membership, correct_membership, end_membership, withdraw_membership)
def test_outsiders_change_nothing() -> None:
    network, member = make_network(), make_organisation()
    [row] = admit(network, member)
    outsider = holder("membership.manage", make_organisation())
    acts = [
        lambda: admit_member(outsider, network, member=make_organisation(), now=NOW),
        lambda: confirm_membership(outsider, row, now=NOW),
        lambda: correct_membership(outsider, row, {"decided_by": "Rapat"}, now=NOW),
        lambda: end_membership(outsider, row, valid_until=date(2025, 1, 1), reason="left", now=NOW),
        lambda: withdraw_membership(outsider, row, now=NOW),
    ]
    for act in acts:
        with pytest.raises(Denied) as denied:
            act()
        assert denied.value.permission == "membership.manage"
    assert list(Membership.objects.filter(superseded_at=None)) == [row]


def test_a_member_may_not_admit_others_or_correct_the_networks_book() -> None:
    network, member = make_network(), make_organisation()
    [row] = admit(network, member)
    ours = holder("membership.manage", member)
    with pytest.raises(Denied):
        admit_member(ours, network, member=make_organisation(), now=NOW)
    with pytest.raises(Denied):
        correct_membership(ours, row, {"role": "presidium"}, now=NOW)
    assert end_membership(ours, row, valid_until=date(2025, 1, 1), reason="left", now=NOW).end_reason == "left"


@audits(admit_member, confirm_membership, correct_membership, end_membership, withdraw_membership)
def test_every_change_leaves_its_row() -> None:
    network, member = make_network(), make_organisation()
    admitted = admit_member(holder("membership.manage", network), network, member=member, valid_from=START, now=NOW)
    confirmed = confirm_membership(holder("membership.manage", member), admitted, now=NOW)
    corrected = correct_membership(System(), confirmed, {"decided_by": "Mubes II"}, now=NOW)
    ended = end_membership(System(), corrected, valid_until=date(2025, 1, 1), reason="left", now=NOW)
    withdraw_membership(System(), ended, now=NOW)
    acts = list(Act.objects.order_by("id").values_list("act", "ref_id"))
    assert acts == [
        ("organisations.admit_member", admitted.pk),
        ("organisations.confirm_membership", confirmed.pk),
        ("organisations.correct_membership", corrected.pk),
        ("organisations.end_membership", ended.pk),
        ("organisations.withdraw_membership", ended.pk),
    ]
    assert not Membership.objects.filter(superseded_at=None).exists()


def test_confirmation_is_the_members_own_word() -> None:
    network, member = make_network(), make_organisation()
    secretariat = holder("membership.manage", network, reach=Reach.MEMBERS)
    row = admit_member(secretariat, network, member=member, valid_from=START, now=NOW)
    assert row.is_confirmed is False
    with pytest.raises(Denied):
        confirm_membership(secretariat, row, now=NOW)
    assert confirm_membership(holder("membership.manage", member), row, now=NOW).is_confirmed is True


def test_both_sides_in_one_hand_confirm_at_once() -> None:
    network, member = make_network(), make_organisation()
    both = holder("membership.manage", network, member)
    assert admit_member(both, network, member=member, now=NOW).is_confirmed is True


def test_a_network_cannot_draw_back_who_left_nor_change_what_was_agreed() -> None:
    network, member = make_network(), make_organisation()
    [row] = admit(network, member, role=MembershipRole.OBSERVER)
    secretariat = holder("membership.manage", network, reach=Reach.MEMBERS)
    promoted = correct_membership(secretariat, row, {"role": "member"}, now=NOW)
    assert (promoted.role, promoted.is_confirmed) == ("member", False)
    confirmed = confirm_membership(System(), promoted, now=NOW)
    left = end_membership(
        holder("membership.manage", member), confirmed, valid_until=date(2025, 2, 1), reason="left", now=NOW
    )
    reopened = correct_membership(secretariat, left, {"valid_until": None, "end_reason": ""}, now=NOW)
    assert reopened.is_confirmed is False


def test_words_may_be_mended_without_asking_again() -> None:
    [row] = admit(make_network(), make_organisation())
    changes = {"has_readiness_statement": True, "readiness_note": "Ditandatangani pada lokakarya pembentukan"}
    fresh = correct_membership(System(), row, changes, now=NOW)
    assert (fresh.is_confirmed, fresh.has_readiness_statement, fresh.corrects) == (True, True, row)


def test_only_named_fields_can_be_corrected() -> None:
    [row] = admit(make_network(), make_organisation())
    with pytest.raises(ValueError, match="is_confirmed"):
        correct_membership(System(), row, {"is_confirmed": True}, now=NOW)


def test_a_correction_keeps_what_was_known_before() -> None:
    network, member = make_network(), make_organisation()
    [row] = admit(network, member, now=NOW)
    correct_membership(System(), row, {"valid_from": date(2023, 5, 1)}, now=LATER)
    rows = Membership.objects.filter(network=network)
    assert rows.filter(known_at(NOW)).get().valid_from == START
    assert rows.filter(known_at(LATER)).get().valid_from == date(2023, 5, 1)
    assert rows.filter(known_at(None)).get().valid_from == date(2023, 5, 1)
    assert not rows.filter(known_at(NOW - timedelta(days=1))).exists()


def test_repeating_a_request_gives_the_same_row() -> None:
    network, member, known = make_network(), make_organisation(), uuid7()
    admitted = [
        admit_member(System(), network, member=member, valid_from=START, now=NOW, membership_id=known) for _ in range(2)
    ]
    again = admit_member(System(), network, member=member, valid_from=START, now=NOW)
    assert admitted == [again, again]
    ended = [end_membership(System(), again, valid_until=date(2025, 1, 1), reason="left", now=NOW) for _ in range(2)]
    assert ended[0] == ended[1]
    assert (Membership.objects.count(), Act.objects.count()) == (2, 2)


def test_an_id_in_use_for_something_else_is_a_conflict() -> None:
    network = make_network()
    [row] = admit(network, make_organisation())
    with pytest.raises(Conflict) as conflict:
        admit_member(System(), network, member=make_organisation(), now=NOW, membership_id=row.pk)
    assert conflict.value.code == "id_taken"


def test_a_correction_made_meanwhile_is_shown() -> None:
    [row] = admit(make_network(), make_organisation())
    correct_membership(System(), row, {"role": "presidium"}, now=NOW)
    with pytest.raises(Conflict) as conflict:
        correct_membership(System(), row, {"role": "coordinator"}, now=NOW)
    assert conflict.value.code == "edited_meanwhile"
    assert conflict.value.theirs["role"] == "presidium"


def test_one_role_twice_on_a_day_is_refused_but_two_roles_and_touching_periods_are_not() -> None:
    network, member = make_network(), make_organisation()
    admit(network, member, valid_until=date(2025, 1, 1))
    admit(network, member, valid_from=date(2025, 1, 1))
    admit(network, member, role=MembershipRole.SECRETARIAT)
    with pytest.raises(Conflict) as conflict:
        admit(network, member, valid_from=date(2024, 6, 1), valid_until=date(2024, 6, 2))
    assert conflict.value.code == "membership_overlaps"
    assert Membership.objects.count() == 3


@pytest.mark.parametrize("valid_from", [None, date(2024, 1, 2)])
def test_the_database_itself_refuses_an_overlap(valid_from: date | None) -> None:
    network, member = make_network(), make_organisation()
    admit(network, member)
    with pytest.raises(IntegrityError, match="organisations_membership_no_overlap"), transaction.atomic():
        Membership.objects.create(network=network, member=member, valid_from=valid_from, recorded_at=NOW)


def test_the_database_itself_refuses_a_rewrite() -> None:
    [row] = admit(make_network(), make_organisation())
    with pytest.raises(IntegrityError, match="organisations_membership_appended"), transaction.atomic():
        Membership.objects.filter(pk=row.pk).update(role="presidium")


def test_impossible_admissions_are_refused_field_by_field() -> None:
    network, member = make_network(), make_organisation()
    cases = [
        (member, network, {}, "not_a_network", "network"),
        (network, network, {}, "in_itself", "member"),
        (network, member, {"role": "raja"}, "unknown_role", "role"),
        (network, member, {"valid_from": START, "valid_until": START}, "period_reversed", "valid_until"),
    ]
    for into, who, extra, code, field in cases:
        with pytest.raises(Invalid) as invalid:
            admit_member(System(), into, member=who, now=NOW, **extra)  # type: ignore[arg-type]
        assert (invalid.value.code, invalid.value.field) == (code, field)
    [row] = admit(network, member)
    with pytest.raises(Invalid) as invalid:
        end_membership(System(), row, valid_until=date(2025, 1, 1), reason="bosan", now=NOW)
    assert (invalid.value.code, invalid.value.field) == ("unknown_reason", "reason")


def test_what_is_out_of_sight_is_not_found() -> None:
    network, hidden = make_network(), make_organisation()
    Organisation.objects.filter(pk=hidden.pk).update(in_safety_mode=True)
    with pytest.raises(NotFound):
        admit_member(holder("membership.manage", network), network, member=hidden, now=NOW)


def circle_of(*networks: Organisation) -> None:
    """Each in the next; the last is not yet in the first."""
    for member, network in itertools.pairwise(networks):
        admit(network, member)


@pytest.mark.parametrize("length", [2, 3, 5])
def test_a_circle_is_refused_at_any_length(length: int) -> None:
    networks = [make_network() for _ in range(length)]
    circle_of(*networks)
    with pytest.raises(Invalid) as invalid:
        admit(networks[0], networks[-1])
    assert (invalid.value.code, invalid.value.field) == ("membership_circle", "member")
    assert Membership.objects.count() == length - 1


def test_links_that_never_held_on_one_day_make_no_circle() -> None:
    one, two, three = (make_network() for _ in range(3))
    admit(two, one, valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    admit(three, two, valid_from=date(2021, 1, 1), valid_until=date(2022, 1, 1))
    # Each overlaps the new link, but there is no day on which all three hold.
    [row] = admit(one, three, valid_from=date(2020, 1, 1), valid_until=date(2022, 1, 1))
    assert row.pk
    with pytest.raises(Invalid):
        admit(three, two, valid_from=date(2020, 12, 31), valid_until=date(2021, 1, 1))


def test_a_secretariat_or_observer_makes_no_circle() -> None:
    one, two = make_network(), make_network()
    admit(two, one)
    admit(one, two, role=MembershipRole.SECRETARIAT)
    admit(one, two, role=MembershipRole.OBSERVER)
    [observer] = Membership.objects.filter(role=MembershipRole.OBSERVER)
    with pytest.raises(Invalid) as invalid:
        correct_membership(System(), observer, {"role": "member"}, now=NOW)
    assert invalid.value.code == "membership_circle"
    observer.refresh_from_db()
    assert observer.superseded_at is None


def test_a_withdrawn_link_makes_no_circle_and_withdrawing_twice_is_one_act() -> None:
    one, two = make_network(), make_network()
    [row] = admit(two, one)
    withdraw_membership(System(), row, now=LATER)
    withdraw_membership(System(), row, now=LATER)
    assert Act.objects.filter(act="organisations.withdraw_membership").count() == 1
    admit(one, two)


def secretariat_of(network: Organisation) -> Member:
    held = dict.fromkeys(("membership.manage", "organisation.register", "organisation.edit"), Reach.MEMBERS)
    return Member(None, None, (ResolvedGrant("secretariat", network.pk, None, held),))


@audits(register_member)
def test_a_secretariat_enters_a_new_member_and_may_keep_its_profile() -> None:
    network, key = make_network(), uuid7()
    dewi = secretariat_of(network)
    entered = [
        register_member(dewi, network, kind="OT.Y", name="Yayasan Baru", valid_from=START, now=NOW, organisation_id=key)
        for _ in "ab"
    ]
    assert entered[0] == entered[1]
    assert (entered[0].member_id, entered[0].is_confirmed) == (key, True)
    assert may(dewi, "organisation.edit", entered[0].member)
    assert list(Act.objects.order_by("id").values_list("act", flat=True)) == [
        "organisations.register_organisation",
        "organisations.admit_member",
    ]


@audits(register_members)
def test_many_new_members_are_entered_together_and_those_already_there_are_admitted() -> None:
    network, theirs = make_network(), make_organisation(name="Yayasan Orang")
    dewi = secretariat_of(network)
    new = [Joining(Registration(kind="OT.Y", name=name), valid_from=START) for name in ("Satu", "Dua")]
    known = Joining(Registration(kind=theirs.kind, name=theirs.name, id=theirs.pk), valid_from=START)
    wrong = [Joining(Registration(kind="OT.Y", name="")), Joining(Registration(kind="OT.Y", name="Peran"), role="x")]
    done = register_members(dewi, network, [*new, known, *wrong], now=NOW)
    ties = {pk: tie for pk, tie in done.items() if isinstance(tie, Membership)}
    assert [ties[one.entry.id].is_confirmed for one in (*new, known)] == [True, True, False]
    assert {getattr(done[one.entry.id], "code", "") for one in wrong} == {"name_needed", "unknown_role"}
    assert Membership.objects.filter(network=network, valid_from=START).count() == 3
    acts = Act.objects.filter(act="organisations.admit_member").values_list("ref_id", flat=True)
    assert set(acts) == {tie.pk for tie in ties.values()}
    assert not Organisation.objects.filter(name="Peran").exists()


@denies(register_members)
def test_nobody_enters_members_of_a_network_that_is_not_theirs() -> None:
    network, other = make_network(), make_network(name="Jaringan Lain")
    with pytest.raises(Denied):
        register_members(secretariat_of(other), network, [Joining(Registration(kind="OT.Y", name="Satu"))], now=NOW)
    assert not Organisation.objects.filter(name="Satu").exists()


def test_registering_what_is_there_already_gives_no_reach_into_it() -> None:
    network, theirs = make_network(), make_organisation(name="Yayasan Orang")
    dewi = secretariat_of(network)
    row = register_member(
        dewi, network, kind=theirs.kind, name=theirs.name, valid_from=START, now=NOW, organisation_id=theirs.pk
    )
    assert (row.member, row.is_confirmed) == (theirs, False)
    assert not may(dewi, "organisation.edit", theirs)


@denies(register_member)
@pytest.mark.parametrize("permission", ["membership.manage", "organisation.register"])
def test_both_rights_are_needed_to_register_a_member(permission: str) -> None:
    network = make_network()
    with pytest.raises(Denied):
        register_member(holder(permission, network), network, kind="OT.Y", name="Yayasan Baru", now=NOW)
    assert not Membership.objects.exists()
    assert Organisation.objects.get() == network


def test_nothing_is_registered_where_the_admission_fails() -> None:
    lone = make_organisation()
    for network, role, code in ((lone, "member", "not_a_network"), (make_network(), "raja", "unknown_role")):
        with pytest.raises(Invalid) as invalid:
            register_member(System(), network, kind="OT.Y", name="Yayasan Baru", role=role, now=NOW)
        assert invalid.value.code == code
    assert not Organisation.objects.filter(name="Yayasan Baru").exists()


def test_the_same_end_again_is_the_same_row_and_another_is_refused() -> None:
    network, member = make_network(), make_organisation()
    [row] = admit(network, member)
    how = {"valid_until": date(2025, 1, 1), "reason": "left"}
    ended = end_membership(System(), row, **how, now=NOW)  # type: ignore[arg-type]
    for again in (row, ended, Membership.objects.get(pk=row.pk)):
        assert end_membership(System(), again, **how, now=LATER) == ended  # type: ignore[arg-type]
    assert Act.objects.filter(act="organisations.end_membership").count() == 1
    with pytest.raises(Conflict) as raised:
        end_membership(System(), row, valid_until=date(2025, 2, 1), reason="left", now=LATER)
    assert raised.value.code == "edited_meanwhile"
