"""What the database keeps of people by itself, on either engine."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from simpul.people.models import Affiliation, ContactConsent, Person
from simpul.records.operations import violated
from tests.factories.organisations import make_organisation
from tests.factories.people import DAY, NOW, make_affiliation, make_person

pytestmark = pytest.mark.django_db


def test_a_name_may_be_one_word_but_not_none() -> None:
    assert str(make_person(name="Ani")) == "Ani"
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Person.objects.create(name="", sort_key="")
    assert violated(raised.value, "people_person_named")


def test_the_same_role_may_not_be_held_twice_at_once() -> None:
    person, organisation = make_person(), make_organisation()
    make_affiliation(person, organisation, role="chair")
    make_affiliation(person, organisation, role="member")
    make_affiliation(person, make_organisation(), role="chair")
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make_affiliation(person, organisation, role="chair", valid_from=date(2026, 1, 1))
    assert violated(raised.value, "people_affiliation_overlap")


def test_an_affiliation_is_never_changed() -> None:
    row = make_affiliation(make_person(), make_organisation())
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Affiliation.objects.filter(pk=row.pk).update(role="chair")
    assert violated(raised.value, "people_affiliation_appended")


def test_one_consent_stands_for_each_purpose() -> None:
    person = make_person()
    given = {"person": person, "purpose": "directory", "given_on": DAY, "channel": "in_person", "recorded_at": NOW}
    ContactConsent.objects.create(**given, withdrawn_at=NOW)
    ContactConsent.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactConsent.objects.create(**given)


def test_a_withdrawal_is_not_undone() -> None:
    consent = ContactConsent.objects.create(
        person=make_person(),
        purpose="directory",
        given_on=DAY,
        channel="in_person",
        recorded_at=NOW,
        withdrawn_at=NOW,
    )
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        ContactConsent.objects.filter(pk=consent.pk).update(withdrawn_at=None)
    assert violated(raised.value, "people_contactconsent_appended")
