"""A person entered by mistake goes again, as long as nobody relies on them."""

from datetime import UTC, datetime, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied
from simpul.people.models import Person
from simpul.people.services import affiliate_person, register_person, withdraw_person
from tests.cast import Cast
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def entered(cast: Cast) -> Person:
    return register_person(cast.budi.actor, organisation=cast.lentera, role="member", name="Salah Ketik", now=NOW)


@denies(withdraw_person)
def test_only_who_keeps_people_there_takes_one_back(cast: Cast) -> None:
    person = entered(cast)
    for key in ("ani", "dewi", "joko", "publik"):
        with pytest.raises(Denied):
            withdraw_person(getattr(cast, key).actor, person, seen_version=1, now=NOW)


@audits(withdraw_person)
def test_a_person_goes_and_the_act_stays(cast: Cast) -> None:
    person = entered(cast)
    withdraw_person(cast.budi.actor, person, seen_version=1, now=NOW)
    withdraw_person(cast.budi.actor, person, seen_version=1, now=NOW)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert Act.objects.filter(act="people.withdraw_person", ref_id=person.pk).count() == 1


def test_one_with_an_account_or_a_second_place_stays(cast: Cast) -> None:
    assert cast.ani.person is not None
    with pytest.raises(Conflict):
        withdraw_person(cast.budi.actor, cast.ani.person, seen_version=cast.ani.person.version, now=NOW)
    person = entered(cast)
    affiliate_person(cast.budi.actor, person, organisation=cast.lentera, role="treasurer", now=NOW)
    with pytest.raises(Conflict):
        withdraw_person(cast.budi.actor, person, seen_version=1, now=NOW)


def test_one_that_was_changed_or_is_old_stays(cast: Cast) -> None:
    person = entered(cast)
    with pytest.raises(Conflict):
        withdraw_person(cast.budi.actor, person, seen_version=2, now=NOW)
    with pytest.raises(Conflict):
        withdraw_person(cast.budi.actor, person, seen_version=1, now=NOW + timedelta(days=31))
