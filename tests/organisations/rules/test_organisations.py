"""Safety mode hides from everybody but its own people and who may see the protected."""

import pytest

from simpul.kernel.actor import Actor, Anonymous, Member, Reach, ResolvedGrant, System
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import visible_to
from tests.factories.organisations import make_organisation

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
