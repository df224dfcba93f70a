"""Who reads which people; and the public, only the names of those who agreed."""

from datetime import date, timedelta
from typing import Any

import pytest

from simpul.kernel.errors import NotFound
from simpul.people.models import Affiliation, ContactConsent
from simpul.people.queries import (
    affiliation_for,
    affiliations_for,
    consents_for,
    members_for,
    names_in,
    people_for,
    person_for,
    person_of_user,
    today,
)
from simpul.people.services import end_affiliation, withdraw_contact_consent
from tests.cast import BUILDER, NOW, Cast, Played
from tests.factories.people import make_affiliation, make_person

DAY = date(2025, 2, 7)


def consent(played: Played, purpose: str = "directory") -> ContactConsent:
    assert played.person is not None
    return ContactConsent.objects.create(
        person=played.person, purpose=purpose, given_on=DAY, channel="in_person", recorded_at=NOW
    )


def names(cast: Cast, key: str, *, on: date = DAY) -> list[str]:
    return [p.name for p in people_for(getattr(cast, key).actor, on=on)]


def test_the_right_to_read_ends_when_the_person_leaves(cast: Cast) -> None:
    row = Affiliation.objects.get(person=cast.ani.person)
    end_affiliation(BUILDER, row, valid_until=date(2025, 3, 1), now=NOW)
    assert names(cast, "budi", on=date(2025, 2, 28)) == ["Ani", "Budi"]
    assert names(cast, "budi", on=date(2025, 3, 1)) == ["Budi"]
    assert names(cast, "ani", on=date(2025, 3, 1)) == ["Ani"]


def test_somebody_who_has_yet_to_begin_is_read(cast: Cast) -> None:
    make_affiliation(make_person(name="Rohani"), cast.lentera, valid_from=date(2025, 6, 1))
    assert names(cast, "budi") == ["Ani", "Budi", "Rohani"]


def test_two_affiliations_are_one_person(cast: Cast) -> None:
    assert cast.ani.person is not None
    make_affiliation(cast.ani.person, cast.lentera, role="member")
    assert names(cast, "budi") == ["Ani", "Budi"]


@pytest.mark.parametrize("key", ["hasan", "dewi", "joko", "citra", "publik"])
def test_a_person_out_of_sight_is_as_one_who_does_not_exist(cast: Cast, key: str) -> None:
    assert cast.ani.person is not None
    with pytest.raises(NotFound) as raised:
        person_for(getattr(cast, key).actor, cast.ani.person.pk, on=DAY)
    assert raised.value.kind == "people.person"


def test_another_organisations_affiliation_is_not_told(cast: Cast) -> None:
    assert cast.ani.person is not None
    elsewhere = make_affiliation(cast.ani.person, cast.other_group, role="member")
    assert [a.organisation for a in affiliations_for(cast.budi.actor, cast.ani.person)] == [cast.lentera]
    assert affiliations_for(cast.ani.actor, cast.ani.person).count() == 2
    with pytest.raises(NotFound):
        affiliation_for(cast.budi.actor, elsewhere.pk)
    assert affiliation_for(cast.ani.actor, elsewhere.pk) == elsewhere


def test_members_are_told_to_who_may_read_them(cast: Cast) -> None:
    told = {p.key: [a.person.name for a in members_for(p.actor, cast.lentera, on=DAY)] for p in cast}
    assert {key: people for key, people in told.items() if people} == {
        "budi": ["Budi", "Ani"],
        "kartika": ["Budi", "Ani"],
    }


def test_the_public_is_told_only_who_agreed(cast: Cast) -> None:
    consent(cast.budi)
    consent(cast.ani, "messages")
    assert [(n.name, n.role, n.on_board) for n in names_in(cast.lentera, on=DAY)] == [("Budi", "chair", True)]


def test_a_withdrawn_consent_takes_the_name_down_at_once(cast: Cast) -> None:
    given = consent(cast.budi)
    withdraw_contact_consent(cast.budi.actor, given, now=NOW)
    assert names_in(cast.lentera, on=DAY) == []


def test_an_organisation_in_safety_mode_names_nobody(cast: Cast) -> None:
    consent(cast.budi)
    type(cast.lentera).objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    assert names_in(cast.lentera, on=DAY) == []


def test_consents_are_told_to_who_reads_the_person(cast: Cast) -> None:
    given = consent(cast.ani)
    assert cast.ani.person is not None
    told = {p.key: list(consents_for(p.actor, cast.ani.person, on=DAY)) for p in cast}
    assert {key for key, rows in told.items() if rows == [given]} == {"ani", "budi", "kartika"}
    assert {key for key, rows in told.items() if rows} == {"ani", "budi", "kartika"}


def test_an_account_leads_to_its_person(cast: Cast) -> None:
    assert cast.ani.user is not None
    assert person_of_user(cast.ani.user.pk) == cast.ani.person


def test_the_day_is_jakartas() -> None:
    assert [today(NOW.replace(hour=16, minute=59)), today(NOW.replace(hour=17))] == [DAY, DAY + timedelta(days=1)]


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_of_people_costs_the_same_however_long(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for _ in range(more):
        make_affiliation(make_person(), cast.lentera)
    with django_assert_num_queries(1):
        assert len(people_for(cast.budi.actor, on=DAY)) == 2 + more
