"""Safety mode hides from everybody but its own people and who may see the protected."""

import pytest
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.kernel.actor import Actor, Anonymous, Member, Reach, ResolvedGrant, Scope, ScopeEntry, System
from simpul.organisations.models import Membership, Organisation, UnitPlacement
from simpul.organisations.rules.organisations import hidden_from, protected_for, visible_to, within
from tests.factories.organisations import NOW, make_organisation

pytestmark = pytest.mark.django_db


def member(role: str, organisation: Organisation | None, **permissions: Reach) -> Member:
    named = {name.replace("__", "."): reach for name, reach in permissions.items()}
    return Member(None, None, (ResolvedGrant(role, organisation.pk if organisation else None, None, named),))


def seen(actor: Actor) -> set[str]:
    return set(Organisation.objects.filter(visible_to(actor)).values_list("name", flat=True))


def test_safety_mode_hides_from_the_public_and_from_others() -> None:
    safe, hidden = make_organisation(name="Terang"), make_organisation(name="Teduh")
    Organisation.objects.filter(pk=hidden.pk).update(in_safety_mode=True)
    assert seen(Anonymous()) == {"Terang"}
    assert seen(member("editor", safe, organisation__edit=Reach.OWN)) == {"Terang"}
    assert seen(member("companion", hidden)) == {"Terang", "Teduh"}
    assert seen(member("operator", None, organisation__see_protected=Reach.NODE)) == {"Terang", "Teduh"}
    assert seen(System()) == {"Terang", "Teduh"}


def test_see_protected_elsewhere_shows_nothing_here() -> None:
    safe, hidden = make_organisation(name="Terang"), make_organisation(name="Teduh")
    Organisation.objects.filter(pk=hidden.pk).update(in_safety_mode=True)
    assert seen(member("secretariat", safe, organisation__see_protected=Reach.OWN)) == {"Terang"}


Tie = tuple[int, int]
MANY = 7


class AskedOfFewOrOfMany(TestCase):
    """A scope is followed upward from few organisations, or gathered downward at once: one rule, two statements."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        ties=st.sets(st.tuples(st.integers(0, MANY - 1), st.integers(0, MANY - 1)), max_size=14),
        units=st.sets(st.tuples(st.integers(0, MANY - 1), st.integers(0, MANY - 1)), max_size=6),
        loose=st.sets(st.integers(0, 13), max_size=4),
        hidden=st.sets(st.integers(0, MANY - 1)),
        entries=st.lists(
            st.tuples(
                st.sampled_from([None, *range(MANY)]), st.sampled_from([None, "52", "52.03"]), st.sampled_from(Reach)
            ),
            max_size=3,
        ),
    )
    def test_both_statements_cover_the_same(
        self, ties: set[Tie], units: set[Tie], loose: set[int], hidden: set[int],
        entries: list[tuple[int | None, str | None, Reach]],
    ) -> None:  # fmt: skip
        seats = [None, "52.03", "52.01", "73.71"]
        made = [make_organisation(seat=seats[n % 4], hidden=n in hidden, kind="OT.N") for n in range(MANY)]
        for number, (member_at, network_at) in enumerate(sorted(ties)):
            if member_at != network_at:
                Membership.objects.create(
                    member=made[member_at], network=made[network_at], is_confirmed=number not in loose, recorded_at=NOW
                )
        for below, above in {below: above for below, above in sorted(units) if below < above}.items():
            UnitPlacement.objects.create(organisation=made[below], parent=made[above], recorded_at=NOW)
        scope = Scope(tuple(ScopeEntry(None if n is None else made[n].pk, area, reach) for n, area, reach in entries))
        many, few = (Organisation.objects.filter(within(scope, of_few=few)) for few in (False, True))
        assert set(many) == set(few)
        rows = Membership.objects.filter(within(scope, "member__"))
        assert set(rows) == set(Membership.objects.filter(within(scope, "member__", of_few=True)))
        self.check_sight(scope, many)

    def check_sight(self, scope: Scope, covered: QuerySet[Organisation]) -> None:
        grants = tuple(
            ResolvedGrant("x", e.organisation_id, e.area_code, {"organisation.see_protected": e.reach})
            for e in scope.entries
        )
        actor = Member(None, None, grants)
        in_sight = set(Organisation.objects.filter(visible_to(actor)))
        own = {e.organisation_id for e in scope.entries}
        assert in_sight == {
            o for o in Organisation.objects.all() if not o.in_safety_mode or o in covered or o.pk in own
        }
        assert set(hidden_from(actor)) == set(Organisation.objects.all()) - in_sight
        assert set(protected_for(actor)) == {o for o in in_sight if o.in_safety_mode}
