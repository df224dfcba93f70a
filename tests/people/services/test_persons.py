"""Persons are kept by who keeps people where they are, and by themselves."""

from uuid import UUID

import pytest

from simpul.accounts.services import create_user
from simpul.audit.models import Act
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.people.models import Affiliation, Person
from simpul.people.services import change_person, link_user, register_person
from tests.cast import NOW, Cast, Played
from tests.factories.people import make_affiliation, make_person
from tests.marks import audits, denies


def person_of(played: Played) -> Person:
    assert played.person is not None
    return Person.objects.get(pk=played.person.pk)


def register(cast: Cast, by: Played, *, name: str = "Rohani", id: UUID | None = None) -> Person:  # noqa: A002
    return register_person(by.actor, organisation=cast.lentera, role="member", name=name, now=NOW, id=id)


@audits(register_person)
def test_a_person_is_registered_with_what_they_are(cast: Cast) -> None:
    person = register(cast, cast.budi, name="  Inaq   Rohani ")
    assert (person.name, person.sort_key, person.birth_year, person.sex) == ("Inaq Rohani", "inaq rohani", None, "")
    row = Affiliation.objects.get(person=person)
    assert (row.organisation, row.role, row.on_board) == (cast.lentera, "member", False)
    act = Act.objects.get()
    assert (act.act, act.ref_id) == ("people.register_person", person.pk)


def test_the_same_registration_twice_is_one_person(cast: Cast) -> None:
    key = uuid7()
    assert register(cast, cast.budi, id=key) == register(cast, cast.budi, id=key)
    assert (Affiliation.objects.filter(person=key).count(), Act.objects.count()) == (1, 1)


def test_an_id_held_by_somebody_out_of_sight_opens_nothing(cast: Cast) -> None:
    with pytest.raises(Denied):
        register(cast, cast.budi, id=person_of(cast.hasan).pk)


@denies(register_person)
@pytest.mark.parametrize("key", ["ani", "hasan", "dewi", "joko", "publik"])
def test_nobody_registers_people_where_they_do_not_keep_them(cast: Cast, key: str) -> None:
    with pytest.raises(Denied) as raised:
        register(cast, getattr(cast, key))
    assert raised.value.permission == "person.manage"
    assert not Person.objects.filter(name="Rohani").exists()


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " "}, "name_needed", "name"),
        ({"name": "a" * 161}, "name_long", "name"),
        ({"sex": "X"}, "sex", "sex"),
        ({"birth_year": 1899}, "birth_year", "birth_year"),
        ({"birth_year": 2026}, "birth_year", "birth_year"),
        ({"role": "king"}, "role", "role"),
    ],
)
def test_bad_input_names_its_field_and_leaves_nothing(
    cast: Cast, given: dict[str, object], code: str, field: str
) -> None:
    before = Person.objects.count()
    sent = {"organisation": cast.lentera, "role": "member", "name": "Rohani", "now": NOW, **given}
    with pytest.raises(Invalid) as raised:
        register_person(cast.budi.actor, **sent)  # type: ignore[arg-type]
    assert (raised.value.code, raised.value.field) == (code, field)
    assert Person.objects.count() == before


@audits(change_person)
def test_a_change_names_its_fields_and_never_what_was_typed(cast: Cast) -> None:
    ani = person_of(cast.ani)
    fresh = change_person(cast.budi.actor, ani, version=1, name="Ani Rahayu", birth_year=1990, now=NOW)
    assert (fresh.name, fresh.sort_key, fresh.birth_year, fresh.version) == ("Ani Rahayu", "ani rahayu", 1990, 2)
    act = Act.objects.get()
    assert (act.act, act.details) == ("people.change_person", {"fields": ["name", "birth_year"]})


def test_one_changes_oneself(cast: Cast) -> None:
    assert change_person(cast.hasan.actor, person_of(cast.hasan), version=1, name="Hasan B.", now=NOW).version == 2


@denies(change_person)
@pytest.mark.parametrize("key", ["ani", "hasan", "dewi", "joko", "publik"])
def test_nobody_changes_people_they_do_not_keep(cast: Cast, key: str) -> None:
    with pytest.raises(Denied) as raised:
        change_person(getattr(cast, key).actor, person_of(cast.budi), version=1, name="Lain", now=NOW)
    assert raised.value.permission == "person.manage"


def test_two_who_change_one_person_see_each_others_version(cast: Cast) -> None:
    ani = person_of(cast.ani)
    change_person(cast.budi.actor, ani, version=1, name="Ani Rahayu", now=NOW)
    with pytest.raises(Conflict) as raised:
        change_person(cast.kartika.actor, ani, version=1, name="Ani R.", now=NOW)
    assert (raised.value.code, raised.value.theirs["name"]) == ("edited_meanwhile", "Ani Rahayu")
    assert person_of(cast.ani).name == "Ani Rahayu"


@audits(link_user)
def test_an_account_is_tied_once(cast: Cast) -> None:
    person = register(cast, cast.budi)
    user = create_user(System("tests"), now=NOW)
    link_user(cast.budi.actor, person, user, now=NOW)
    link_user(cast.budi.actor, person, user, now=NOW)
    assert Person.objects.get(pk=person.pk).user == user
    acts = Act.objects.filter(act="people.link_user")
    assert [a.details for a in acts] == [{"user": str(user.pk)}]


def test_neither_side_is_tied_twice(cast: Cast) -> None:
    person, other = register(cast, cast.budi), register(cast, cast.budi)
    user = create_user(System("tests"), now=NOW)
    link_user(cast.budi.actor, person, user, now=NOW)
    for pair in ((other, user), (person, create_user(System("tests"), now=NOW))):
        with pytest.raises(Conflict) as raised:
            link_user(cast.budi.actor, *pair, now=NOW)
        assert raised.value.code == "already_linked"


@denies(link_user)
@pytest.mark.parametrize("key", ["ani", "hasan", "dewi", "publik"])
def test_nobody_ties_an_account_to_people_elsewhere(cast: Cast, key: str) -> None:
    person = register(cast, cast.budi)
    with pytest.raises(Denied) as raised:
        link_user(getattr(cast, key).actor, person, create_user(System("tests"), now=NOW), now=NOW)
    assert raised.value.permission == "account.enrol"


def test_an_account_is_not_tied_where_the_person_is_also_elsewhere(cast: Cast) -> None:
    person = register(cast, cast.budi)
    make_affiliation(person, cast.network)
    with pytest.raises(Denied):
        link_user(cast.budi.actor, person, create_user(System("tests"), now=NOW), now=NOW)


def test_an_account_is_not_tied_to_somebody_in_no_organisation(cast: Cast) -> None:
    with pytest.raises(Denied):
        link_user(cast.budi.actor, make_person(), create_user(System("tests"), now=NOW), now=NOW)
