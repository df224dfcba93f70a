"""Giving and ending roles: by whom, where, never above or to oneself, and never the last operator."""

from datetime import date, timedelta

import pytest

from simpul.access.models import Grant
from simpul.access.queries import actor_for, grant_for
from simpul.access.rules import Post, appointable
from simpul.access.services import end_grant, grant_role
from simpul.audit.models import Act
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.people.models import Person
from simpul.people.queries import today
from tests.cast import NOW, Cast, Played
from tests.factories.access import make_grant
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.marks import audits, denies

REASON = "dipilih dalam musyawarah"


def give(by: Played, to: Person, role: str, at: object) -> Grant:
    return grant_role(by.actor, to, role=role, organisation=at, reason=REASON, now=NOW)  # type: ignore[arg-type]


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def grant_of(played: Played) -> Grant:
    return Grant.objects.get(person=played.person, superseded_at=None)


# Who may give what, where: all that is not here is refused.
MAY = {
    ("budi", "lentera"): {"companion", "service_officer", "editor"},
    ("kartika", "lentera"): {"companion", "coordinator"},
    ("dewi", "network"): {"secretariat", "facilitator", "monitoring_officer", "editor"},
    ("joko", "lentera"): {"supervisor", "secretariat", "facilitator", "official", "auditor"},
    ("joko", "other_group"): {"coordinator", "supervisor", "secretariat", "facilitator", "official", "auditor"},
    ("joko", "network"): {"coordinator", "supervisor", "facilitator", "official", "auditor"},
}


@pytest.mark.parametrize("place", ["lentera", "other_group", "network", "support"])
@pytest.mark.parametrize("key", ["ani", "budi", "dewi", "eko", "fitri", "hasan", "kartika", "publik"])
def test_roles_are_given_as_the_table_says_and_nowhere_else(cast: Cast, key: str, place: str) -> None:
    post = Post(getattr(cast, place))
    assert appointable(getattr(cast, key).actor, post, on=today(NOW)) == MAY.get((key, place), set())


@pytest.mark.parametrize("place", ["lentera", "other_group", "network"])
def test_the_operator_appoints_first_people_only_where_nobody_is(cast: Cast, place: str) -> None:
    post = Post(getattr(cast, place))
    assert appointable(cast.joko.actor, post, on=today(NOW)) == MAY["joko", place]


def test_only_the_operator_gives_roles_of_the_whole_node(cast: Cast) -> None:
    given = {played.key: set(appointable(played.actor, Post(None), on=today(NOW))) for played in cast}
    assert {key: roles for key, roles in given.items() if roles} == {"joko": {"operator", "auditor"}}


@audits(grant_role)
def test_a_coordinator_gives_a_companion_their_role(cast: Cast) -> None:
    person = make_person()
    grant = give(cast.budi, person, "companion", cast.lentera)
    assert (grant.valid_from, grant.granted_by, grant.reason) == (date(2025, 2, 7), cast.budi.person, REASON)
    act = Act.objects.get()
    assert (act.act, act.ref_id, act.person_id) == ("access.grant_role", grant.pk, person_of(cast.budi).pk)
    assert act.details == {
        "person": str(person.pk),
        "role": "companion",
        "organisation": str(cast.lentera.pk),
        "area": "",
    }


@denies(grant_role)
@pytest.mark.parametrize(
    ("key", "role", "place"),
    [
        ("ani", "companion", "lentera"),  # a companion gives nothing
        ("budi", "coordinator", "lentera"),  # not one's own level
        ("budi", "companion", "other_group"),  # not elsewhere
        ("dewi", "companion", "lentera"),  # a secretariat gives nothing at a member
        ("dewi", "editor", "lentera"),
        ("kartika", "coordinator", "other_group"),  # a group nobody there accompanies
        ("kartika", "supervisor", "support"),
        ("joko", "coordinator", "lentera"),  # not the first one any more
        ("joko", "companion", "other_group"),
        ("publik", "companion", "lentera"),
    ],
)
def test_nobody_gives_what_the_table_does_not_let_them(cast: Cast, key: str, role: str, place: str) -> None:
    with pytest.raises(Denied) as raised:
        give(getattr(cast, key), make_person(), role, getattr(cast, place))
    assert raised.value.permission == "grant.manage"
    assert Act.objects.count() == 0


def test_nobody_grants_to_themself(cast: Cast) -> None:
    with pytest.raises(Denied):
        give(cast.budi, person_of(cast.budi), "companion", cast.lentera)


def test_the_same_grant_again_is_the_one_that_is_there(cast: Cast) -> None:
    person = make_person()
    first = give(cast.budi, person, "companion", cast.lentera)
    assert give(cast.budi, person, "companion", cast.lentera) == first
    assert Act.objects.count() == 1


def test_an_overlapping_grant_is_a_conflict(cast: Cast) -> None:
    person = make_person()
    give(cast.budi, person, "companion", cast.lentera)
    later = date(2025, 6, 1)
    with pytest.raises(Conflict) as raised:
        grant_role(
            cast.budi.actor, person, role="companion", organisation=cast.lentera, reason=REASON, now=NOW,
            valid_from=later,
        )  # fmt: skip
    assert raised.value.code == "grant_overlaps"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"role": "king"}, "role"),
        ({"role": "operator"}, "place"),
        ({"reason": "  "}, "reason"),
        ({"valid_until": date(2025, 2, 7)}, "period"),
    ],
)
def test_bad_input_names_its_field(cast: Cast, given: dict[str, object], code: str) -> None:
    sent = {"role": "companion", "organisation": cast.lentera, "reason": REASON, "now": NOW, **given}
    with pytest.raises(Invalid) as raised:
        grant_role(System("tests"), make_person(), **sent)  # type: ignore[arg-type]
    assert raised.value.code == code


def test_a_grant_of_an_area_gives_no_more_than_that_area(cast: Cast) -> None:
    person = make_person()
    make_grant(person, "coordinator", cast.lentera, area_code="52.03")
    user = cast.hasan.user
    assert user is not None
    Person.objects.filter(user=user).update(user=None)
    Person.objects.filter(pk=person.pk).update(user=user)
    bound = actor_for(user.pk, now=NOW, second_factor=True)
    assert [g.area_code for g in bound.grants] == ["52.03"]
    for area, roles in {"": set(), "52.04": set(), "52.0": set()}.items():
        assert appointable(bound, Post(cast.lentera, area), on=today(NOW)) == roles


@audits(end_grant)
def test_a_role_ends_on_the_day_and_says_why(cast: Cast) -> None:
    grant = grant_of(cast.ani)
    later = NOW + timedelta(days=10)
    row = end_grant(cast.budi.actor, grant, reason="pindah desa", now=later)
    grant.refresh_from_db()
    assert (row.corrects, row.valid_from, row.valid_until) == (grant, grant.valid_from, date(2025, 2, 17))
    assert (grant.superseded_at, grant.ended_by, grant.end_reason) == (later, cast.budi.person, "pindah desa")
    assert Act.objects.get(act__startswith="access.").act == "access.end_grant"
    assert cast.ani.user is not None
    assert actor_for(cast.ani.user.pk, now=later, second_factor=True).grants == ()


def test_a_role_that_ends_on_its_first_day_never_held(cast: Cast) -> None:
    grant = grant_of(cast.ani)
    row = end_grant(cast.budi.actor, grant, reason="salah orang", now=NOW)
    assert row == grant
    assert not Grant.objects.filter(person=cast.ani.person, superseded_at=None).exists()
    assert cast.ani.user is not None
    assert actor_for(cast.ani.user.pk, now=NOW, second_factor=True).grants == ()


def test_ending_again_changes_nothing(cast: Cast) -> None:
    grant = grant_of(cast.ani)
    later = NOW + timedelta(days=10)
    first = end_grant(cast.budi.actor, grant, reason="pindah desa", now=later)
    assert end_grant(cast.budi.actor, grant, reason="pindah desa", now=later) == first
    assert Act.objects.filter(act="access.end_grant").count() == 1


@denies(end_grant)
@pytest.mark.parametrize("key", ["hasan", "citra", "dewi", "fitri", "publik"])
def test_a_role_is_not_ended_by_who_could_not_give_it(cast: Cast, key: str) -> None:
    with pytest.raises(Denied) as raised:
        end_grant(getattr(cast, key).actor, grant_of(cast.budi), reason="x", now=NOW)
    assert raised.value.permission == "grant.manage"


def test_anybody_may_lay_down_their_own_role(cast: Cast) -> None:
    end_grant(cast.ani.actor, grant_of(cast.ani), reason="berhenti", now=NOW)
    assert not Grant.objects.filter(person=cast.ani.person, superseded_at=None).exists()


def test_the_operator_may_end_a_coordinator_nobody_else_could(cast: Cast) -> None:
    lone = make_grant(make_person(), "coordinator", make_organisation())
    end_grant(cast.joko.actor, lone, reason="organisasi bubar", now=NOW)
    lone.refresh_from_db()
    assert lone.superseded_at == NOW


def test_the_last_operator_stays(cast: Cast) -> None:
    with pytest.raises(Conflict) as raised:
        end_grant(cast.joko.actor, grant_of(cast.joko), reason="berhenti", now=NOW)
    assert raised.value.code == "last_operator"
    assert Act.objects.count() == 0


def test_an_operator_who_cannot_sign_in_does_not_count(cast: Cast) -> None:
    make_grant(make_person(), "operator")
    with pytest.raises(Conflict):
        end_grant(cast.joko.actor, grant_of(cast.joko), reason="berhenti", now=NOW)


def test_an_operator_leaves_when_another_stays(cast: Cast) -> None:
    other = make_person(user=cast.ani.user) if Person.objects.filter(user=cast.ani.user).update(user=None) else None
    assert other is not None
    make_grant(other, "operator")
    end_grant(cast.joko.actor, grant_of(cast.joko), reason="berhenti", now=NOW)
    assert not Grant.objects.filter(person=cast.joko.person, superseded_at=None).exists()


def test_a_grant_out_of_sight_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        grant_for(cast.hasan.actor, grant_of(cast.ani).pk)
    assert grant_for(cast.budi.actor, grant_of(cast.ani).pk) == grant_of(cast.ani)
