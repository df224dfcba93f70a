"""The actor that grants make, and who sees what, and why."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from simpul.access.models import Grant
from simpul.access.queries import actor_for, grants_for, missing_second_factor, resolve, who_can_see
from simpul.accounts.services import create_user
from simpul.kernel.actor import Reach, System
from simpul.kernel.errors import Denied
from simpul.organisations.models import Accompaniment
from simpul.organisations.services.accompaniments import end_accompaniment
from simpul.people.rules import reaches
from tests.cast import BUILDER, NOW, Cast
from tests.factories.access import make_grant
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("grants", [0, 1, 3])
def test_an_actor_is_resolved_in_one_query(django_assert_num_queries: Any, grants: int) -> None:
    person = make_person(user=make_user())
    for _ in range(grants):
        make_grant(person, "companion", make_organisation())
    assert person.user_id is not None
    with django_assert_num_queries(1):
        actor = actor_for(person.user_id, now=NOW, second_factor=False)
    assert (actor.person_id, len(actor.grants)) == (person.pk, grants)


def test_an_account_without_a_person_holds_nothing() -> None:
    user = create_user(System("tests"), now=NOW)
    actor = actor_for(user.pk, now=NOW, second_factor=True)
    assert (actor.user_id, actor.person_id, actor.grants, actor.second_factor) == (user.pk, None, (), True)


def test_grants_hold_by_the_day_in_jakarta() -> None:
    person = make_person(user=make_user())
    make_grant(person, "companion", make_organisation(), valid_from=date(2025, 3, 1), valid_until=date(2025, 3, 2))
    assert person.user_id is not None
    held = {
        hour: bool(actor_for(person.user_id, now=hour, second_factor=False).grants)
        for hour in (
            datetime(2025, 2, 28, 16, 59, tzinfo=UTC),
            datetime(2025, 2, 28, 17, 0, tzinfo=UTC),
            datetime(2025, 3, 1, 16, 59, tzinfo=UTC),
            datetime(2025, 3, 1, 17, 0, tzinfo=UTC),
        )
    }
    assert list(held.values()) == [False, True, True, False]


def test_superseded_grants_and_unknown_roles_give_nothing() -> None:
    person = make_person(user=make_user())
    grant = make_grant(person, "companion", make_organisation())
    make_grant(person, "king", make_organisation())
    Grant.objects.filter(pk=grant.pk).update(superseded_at=NOW)
    assert person.user_id is not None
    assert actor_for(person.user_id, now=NOW, second_factor=True).grants == ()


def test_roles_that_need_a_second_factor_wait_for_it() -> None:
    person = make_person(user=make_user())
    make_grant(person, "coordinator", make_organisation())
    make_grant(person, "companion", make_organisation())
    assert person.user_id is not None
    without = resolve(person.user_id, now=NOW, second_factor=False)
    assert (without.actor.roles, without.waiting) == ({"companion"}, {"coordinator"})
    assert not without.actor.may("person.read")
    shown = resolve(person.user_id, now=NOW, second_factor=True)
    assert (shown.actor.roles, shown.waiting) == ({"companion", "coordinator"}, set())
    assert missing_second_factor(person.user_id, now=NOW) == {"coordinator"}


def test_the_operator_holds_the_whole_node(cast: Cast) -> None:
    assert cast.joko.actor.scope("territory.manage").everywhere
    assert not cast.joko.actor.scope("person.read")
    assert {g.permissions["grant.read"] for g in cast.joko.actor.grants} == {Reach.NODE}  # type: ignore[attr-defined]


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_of_grants_costs_the_same_however_long(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for _ in range(more):
        make_grant(make_person(), "companion", cast.lentera)
    with django_assert_num_queries(1):
        listed = [(g.person.name, g.organisation) for g in grants_for(cast.budi.actor, now=NOW)]
    assert len(listed) == 2 + more


def seen(cast: Cast, permission: str, *, at: str = "lentera", by: str = "budi") -> list[tuple[str, str, str]]:
    seers = who_can_see(getattr(cast, by).actor, getattr(cast, at), permission, now=NOW)
    return [(s.grant.person.name, s.grant.role, s.reach.value) for s in seers]


def test_who_can_see_people_of_a_group(cast: Cast) -> None:
    assert seen(cast, "person.read") == [("Budi", "coordinator", "own"), ("Kartika", "supervisor", "accompanied")]


def test_who_can_see_protected_fields_names_the_network_above_the_forum(cast: Cast) -> None:
    assert seen(cast, "organisation.see_protected") == [
        ("Ani", "companion", "own"),
        ("Budi", "coordinator", "own"),
        ("Dewi", "secretariat", "members"),
        ("Kartika", "supervisor", "accompanied"),
    ]


def test_what_the_answer_says_is_what_the_rules_do(cast: Cast) -> None:
    """Nobody is named who could not, and nobody left out who could."""
    for permission in ("person.read", "organisation.see_protected", "grant.read", "organisation.edit"):
        for place in ("lentera", "other_group", "network", "forum", "support", "uptd"):
            able = sorted(
                p.person.name for p in cast if p.person and reaches(p.actor, permission, getattr(cast, place))
            )
            said = sorted(s.grant.person.name for s in who_can_see(BUILDER, getattr(cast, place), permission, now=NOW))
            assert (permission, place, said) == (permission, place, able)


def test_who_no_longer_accompanies_is_not_named(cast: Cast) -> None:
    tie = Accompaniment.objects.get()
    end_accompaniment(BUILDER, tie, valid_until=date(2025, 3, 1), now=NOW)
    named = who_can_see(cast.budi.actor, cast.lentera, "person.read", now=NOW + timedelta(days=60))
    assert [s.grant.person.name for s in named] == ["Budi"]


def test_a_grant_of_another_area_is_not_named(cast: Cast) -> None:
    make_grant(make_person(name="Lalu"), "coordinator", cast.lentera, area_code="52.04")
    assert ("Lalu", "coordinator", "own") not in seen(cast, "person.read")


@pytest.mark.parametrize("key", ["hasan", "citra", "publik", "dewi"])
def test_who_is_not_of_the_organisation_may_not_ask(cast: Cast, key: str) -> None:
    with pytest.raises(Denied) as raised:
        who_can_see(getattr(cast, key).actor, cast.lentera, "person.read", now=NOW)
    assert raised.value.permission == "grant.read"


def test_everybody_of_the_organisation_may_ask(cast: Cast) -> None:
    assert seen(cast, "person.read", by="ani") == seen(cast, "person.read", by="budi")


def test_an_undeclared_permission_is_a_mistake(cast: Cast) -> None:
    with pytest.raises(KeyError):
        who_can_see(cast.budi.actor, cast.lentera, "case.read", now=NOW)
