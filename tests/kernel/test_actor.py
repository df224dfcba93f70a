"""Who acts, and how far what they may do reaches."""

from uuid import UUID

import pytest

from simpul.kernel.actor import Actor, Anonymous, Member, Reach, ResolvedGrant, Scope, ScopeEntry, System
from simpul.kernel.ids import uuid7

HERE, THERE = uuid7(), uuid7()


def member(*grants: ResolvedGrant) -> Member:
    return Member(uuid7(), uuid7(), grants)


def grant(
    organisation: UUID | None = HERE, area: str | None = None, role: str = "coordinator", **permissions: Reach
) -> ResolvedGrant:
    named = {name.replace("__", "."): reach for name, reach in permissions.items()}
    return ResolvedGrant(role, organisation, area, named)


def test_the_public_may_nothing_and_the_platform_everything() -> None:
    assert not Anonymous().may("person.read")
    assert Anonymous().scope("person.read") == Scope()
    assert System("worker").may("person.read")
    assert System().may_at("person.read", HERE)
    assert (Anonymous().user_id, System().person_id) == (None, None)


def test_an_actor_of_no_kind_may_not_be_asked() -> None:
    with pytest.raises(NotImplementedError):
        Actor().scope("person.read")


def test_a_grant_gives_its_permissions_where_it_is() -> None:
    actor = member(grant(person__read=Reach.UNITS))
    assert actor.may("person.read")
    assert not actor.may("person.manage")
    assert (actor.may_at("person.read", HERE), actor.may_at("person.read", THERE)) == (True, False)
    assert actor.scope("person.read") == Scope((ScopeEntry(HERE, None, Reach.UNITS),))


def test_every_grant_that_has_the_permission_counts() -> None:
    actor = member(
        grant(person__read=Reach.OWN),
        grant(THERE, person__read=Reach.MEMBERS),
        grant(THERE, audit__read=Reach.OWN),
    )
    scope = actor.scope("person.read")
    assert scope.organisations() == {HERE, THERE}
    assert scope.organisations(Reach.MEMBERS) == {THERE}
    assert scope.organisations(Reach.NODE) == set()


def test_a_member_without_grants_may_nothing() -> None:
    assert not member().scope("person.read")
    assert not member(grant()).may("person.read")


def test_a_grant_on_the_whole_node_reaches_everywhere() -> None:
    actor = member(grant(None, person__read=Reach.NODE))
    assert actor.scope("person.read").everywhere
    assert actor.may_at("person.read", THERE, "52.03")


def test_a_grant_on_the_node_within_an_area_does_not_reach_everywhere() -> None:
    actor = member(grant(None, "52", person__read=Reach.NODE))
    assert not actor.scope("person.read").everywhere
    assert actor.may_at("person.read", THERE, "52.03")
    assert not actor.may_at("person.read", THERE, "53.01")
    assert not actor.may_at("person.read", THERE)


@pytest.mark.parametrize(
    ("granted", "asked", "covered"),
    [
        (None, None, True),
        (None, "52.03", True),
        ("52.03", "52.03", True),
        ("52.03", "52.03.99.2001", True),
        ("52.03", "52", False),
        ("52.03", "52.031", False),
        ("52.03", "53.03", False),
        ("52.03", None, False),
    ],
)
def test_a_grant_in_an_area_covers_it_and_what_lies_below(
    granted: str | None, asked: str | None, covered: bool
) -> None:
    assert member(grant(area=granted, person__read=Reach.OWN)).may_at("person.read", HERE, asked) is covered


def test_a_member_has_the_roles_of_the_grants() -> None:
    assert member(grant(role="companion"), grant(role="editor"), grant(role="editor")).roles == {"companion", "editor"}


def test_actors_do_not_change() -> None:
    actor = member()
    with pytest.raises((AttributeError, TypeError)):
        actor.second_factor = True  # type: ignore[misc]
