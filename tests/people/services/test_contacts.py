"""How somebody is reached is kept encrypted and told to who may read them."""

from datetime import date

import pytest
from django.db import connection

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.people.models import ContactPoint, Person
from simpul.people.queries import contacts_for
from simpul.people.services import change_contacts
from simpul.vault.blind import blind_match
from tests.cast import NOW, Cast, Played
from tests.marks import audits, denies

DAY = date(2025, 2, 7)
NUMBER = "0812 3456 7890"


def put(cast: Cast, by: Played, *, version: int = 1, **given: str) -> Person:
    assert cast.ani.person is not None
    typed = {"phone": "", "whatsapp": "", "email": "", **given}
    return change_contacts(by.actor, cast.ani.person, version=version, now=NOW, **typed)


def told(cast: Cast, to: Played) -> dict[str, str]:
    assert cast.ani.person is not None
    return contacts_for(to.actor, cast.ani.person, on=DAY)


@audits(change_contacts)
def test_contacts_are_replaced_and_removed(cast: Cast) -> None:
    put(cast, cast.budi, phone=NUMBER, email="Ani@Example.org")
    assert told(cast, cast.ani) == {"phone": "+6281234567890", "email": "ani@example.org"}
    put(cast, cast.ani, version=2, phone=NUMBER)
    assert told(cast, cast.ani) == {"phone": "+6281234567890"}
    acts = Act.objects.filter(act="people.change_contacts").order_by("id")
    assert [a.details for a in acts] == [{"fields": ["phone", "email"]}, {"fields": ["email"]}]


def test_the_database_holds_no_plaintext_and_is_found_by_blind_index(cast: Cast) -> None:
    put(cast, cast.budi, phone=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_contactpoint")
        stored = repr(cursor.fetchall())
    assert "81234567890" not in stored
    assert ContactPoint.objects.filter(blind_match(ContactPoint, "value", "+6281234567890")).count() == 1


@denies(change_contacts)
@pytest.mark.parametrize("key", ["hasan", "dewi", "joko", "citra", "publik"])
def test_nobody_elsewhere_changes_or_is_told_them(cast: Cast, key: str) -> None:
    put(cast, cast.budi, phone=NUMBER)
    with pytest.raises(Denied) as raised:
        put(cast, getattr(cast, key), version=2)
    assert raised.value.permission == "person.manage"
    assert told(cast, getattr(cast, key)) == {}


@pytest.mark.parametrize(("field", "typed"), [("phone", "12"), ("whatsapp", "x"), ("email", "ani@")])
def test_what_is_no_contact_names_its_field_and_changes_nothing(cast: Cast, field: str, typed: str) -> None:
    with pytest.raises(Invalid) as raised:
        put(cast, cast.budi, **{field: typed})
    assert raised.value.field == field
    assert ContactPoint.objects.count() == 0


def test_of_two_who_write_at_once_the_second_is_told(cast: Cast) -> None:
    put(cast, cast.budi, phone=NUMBER)
    with pytest.raises(Conflict):
        put(cast, cast.kartika, version=1)
    assert told(cast, cast.ani) == {"phone": "+6281234567890"}
