"""Who is shown which places, and which four lie under the thumb."""

import pytest

from simpul.kernel.actor import Actor, Anonymous, Member, Reach, ResolvedGrant
from simpul.web import navigation
from simpul.web.signposts import Place


def member(*roles: str, permission: str = "audit.read") -> Member:
    return Member(None, None, tuple(ResolvedGrant(r, None, None, {permission: Reach.OWN}) for r in roles))


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> tuple[Place, ...]:
    """Addresses that answer, but for the last."""
    rows = (
        Place("home", "Home", "/", "house", order=0),
        Place("guide", "Guide", "/gaya/", "map", order=10),
        Place("mine", "Mine", "/kerahasiaan/", "map", permission="", order=20),
        Place("audit", "Audit", "/aksesibilitas/", "map", permission="audit.read", order=30),
        Place("counting", "Counting", "/cara-menghitung/", "map", order=40),
        Place("later", "Later", "/belum-ada/", "map", order=50),
    )
    monkeypatch.setattr(navigation, "PLACES", rows)
    return rows


@pytest.mark.parametrize(
    ("actor", "keys"),
    [
        (Anonymous(), ["home", "guide", "counting"]),
        (member("editor", permission="person.read"), ["home", "guide", "mine", "counting"]),
        (member("auditor"), ["home", "guide", "mine", "audit", "counting"]),
    ],
)
def test_places_are_those_one_may_enter_and_that_are_built(
    places: tuple[Place, ...], actor: Actor, keys: list[str]
) -> None:
    assert [p.key for p in navigation.places_for(actor)] == keys


def test_the_bar_holds_four_at_most_by_role(places: tuple[Place, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "BARS", {"auditor": ("audit", "later", "home")})
    actor = member("auditor")
    assert navigation.bar_for(actor, navigation.places_for(actor)) == {"audit", "home", "guide", "mine"}


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "home"), ("/gaya/", "guide"), ("/gaya/ruang/umum/", "guide"), ("/lain/", None), ("/gayaku/", None)],
)
def test_the_nearest_place_is_current(places: tuple[Place, ...], path: str, current: str | None) -> None:
    shown = navigation.shown(Anonymous(), path)
    assert [s.place.key for s in shown if s.current] == ([current] if current else [])


def test_every_key_of_a_bar_is_a_place() -> None:
    keys = {p.key for p in navigation.PLACES}
    assert {key for bar in navigation.BARS.values() for key in bar} - keys == set()
    assert all(len(bar) == 4 for bar in navigation.BARS.values())
