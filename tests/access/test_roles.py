"""The table of roles alone: what no grant may ever give, shown over every row."""

import pytest

from simpul.access.permissions import PERMISSIONS
from simpul.access.roles import PRESETS, ROLES, Place, reach_at, resolved, roles_with
from simpul.kernel.actor import Reach

# How far a reach goes, for comparing two seen from the same organisation. A supervisor's is another dimension: from
# the support organisation it covers the group and what is below it, not the group's own members.
RANK = {Reach.OWN: 0, Reach.UNITS: 1, Reach.MEMBERS: 2, Reach.NODE: 3}


def _covers(held: Reach | None, place: Reach, given: Reach) -> bool:
    """Whether somebody holding a permission with reach `held` has what they'd give, at an organisation `place` away."""
    if held is None:
        return False
    if held is Reach.ACCOMPANIED or place is Reach.ACCOMPANIED:
        return held is place and given in (Reach.OWN, Reach.UNITS)
    return RANK[held] >= max(RANK[place], RANK[given])


# To be allowed by whoever runs an organisation, one day, in so many words; no role comes with it.
HELD_BY_NOBODY = {"case.approve_own_closure"}
# Who appoints those that assist people has no need to know whom they assist.
GIVEN_WITHOUT_HOLDING = {p for p in PERMISSIONS if p.startswith("case.")}


def test_every_permission_of_a_role_is_declared() -> None:
    assert {p for role in ROLES.values() for p in role.permissions} == set(PERMISSIONS) - HELD_BY_NOBODY


def test_only_those_who_assist_people_and_who_they_bring_it_to_reach_cases() -> None:
    reaching = {
        (code, reach)
        for code, role in ROLES.items()
        for permission, reach in role.permissions.items()
        if permission.startswith("case.")
    }
    assert reaching == {
        ("companion", Reach.OWN),
        ("coordinator", Reach.OWN),
        ("service_officer", Reach.OWN),
        ("supervisor", Reach.ACCOMPANIED),
    }
    assert {p for p in ROLES["companion"].permissions if p.startswith("case.")} == {"case.record"}
    assert {p for p in ROLES["service_officer"].permissions if p.startswith("case.")} == {"case.answer"}


def test_no_confidential_permission_reaches_members() -> None:
    reaching = {
        (code, permission)
        for code, role in ROLES.items()
        for permission, reach in role.permissions.items()
        if reach is Reach.MEMBERS and PERMISSIONS[permission].confidential
    }
    assert reaching == set()


def test_a_secretariat_reaches_members_for_the_directory_and_memberships_only() -> None:
    reaching = {p for p, reach in ROLES["secretariat"].permissions.items() if reach is Reach.MEMBERS}
    assert reaching == {
        "organisation.register",
        "organisation.edit",
        "organisation.see_protected",
        "organisation.set_safety",
        "service_point.manage",
        "service_point.verify",
        "results.open_records",
    }


def test_every_role_with_a_confidential_permission_needs_a_second_factor() -> None:
    without = {
        code
        for code, role in ROLES.items()
        if not role.second_factor and any(PERMISSIONS[p].confidential for p in role.permissions)
    }
    # A volunteer signs in with the phone they were enrolled on and a PIN: two things already.
    assert without == {"companion"}


@pytest.mark.parametrize("role", ["coordinator", "service_officer"])
def test_coordinators_and_service_officers_need_a_second_factor(role: str) -> None:
    assert ROLES[role].second_factor


def test_only_a_role_of_the_whole_node_reaches_the_node() -> None:
    reaching = {code for code, role in ROLES.items() if Reach.NODE in role.permissions.values()}
    assert reaching == {"operator"}
    assert ROLES["operator"].places == {Place.NODE}


def test_the_operator_reads_no_person_and_no_record() -> None:
    assert set(ROLES["operator"].permissions) == {
        "organisation.register",
        "territory.manage",
        "node.configure",
        "grant.read",
        "grant.manage",
        "account.enrol",
        "account.confirm_recovery",
        "breach.record",  # which holds nothing of any case
    }


@pytest.mark.parametrize("giver", ROLES)
def test_nobody_appoints_above_what_they_hold(giver: str) -> None:
    held = ROLES[giver].permissions
    above = {
        (given, permission)
        for given, place in ROLES[giver].appoints.items()
        for permission, reach in ROLES[given].permissions.items()
        if permission not in GIVEN_WITHOUT_HOLDING
        if not _covers(held.get(permission), place, reach)
    }
    assert above == set()


def test_only_the_operator_appoints_first_people() -> None:
    assert {code for code, role in ROLES.items() if role.first} == {"operator"}
    assert "companion" not in ROLES["operator"].first


def test_who_appoints_may_manage_grants() -> None:
    appointing = {code for code, role in ROLES.items() if role.appoints or role.first}
    assert appointing == set(roles_with("grant.manage"))


def test_every_role_can_be_given_by_somebody() -> None:
    given = {code for role in ROLES.values() for code in (*role.appoints, *role.first)}
    assert given == set(ROLES)


def test_presets_are_three_roles_of_an_organisation() -> None:
    assert [Place.ORGANISATION in ROLES[code].places for code in PRESETS] == [True, True, True]


def test_a_role_held_at_the_node_reaches_the_node() -> None:
    assert reach_at("auditor", "audit.read", node=True) is Reach.NODE
    assert reach_at("auditor", "audit.read", node=False) is Reach.UNITS
    assert reach_at("auditor", "person.read", node=True) is None
    assert set(resolved("auditor", node=True).values()) == {Reach.NODE}
    assert resolved("auditor", node=False) == ROLES["auditor"].permissions


def test_roles_with_refuses_an_undeclared_permission() -> None:
    with pytest.raises(KeyError):
        roles_with("case.read")


def test_every_role_says_what_it_is_for_in_one_sentence() -> None:
    assert [code for code, role in ROLES.items() if str(role.purpose).count(".") != 1 or not str(role.label)] == []
