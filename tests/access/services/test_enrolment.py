"""A volunteer is let in on the spot: account, person, affiliation and role, or nothing."""

from datetime import timedelta

import pytest

from simpul.access.models import Grant
from simpul.access.queries import actor_for
from simpul.access.services import enrol_volunteer
from simpul.accounts.models import Enrolment, User
from simpul.accounts.queries import open_enrolment_for
from simpul.accounts.services import claim_enrolment
from simpul.audit.models import Act
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.people.models import Affiliation, Person
from tests.cast import NOW, Cast
from tests.marks import audits, denies


@audits(enrol_volunteer)
def test_a_coordinator_lets_a_volunteer_in(cast: Cast) -> None:
    enrolled = enrol_volunteer(cast.budi.actor, organisation=cast.lentera, name=" Inaq  Rohani ", now=NOW)
    person = Person.objects.get(pk=enrolled.person.pk)
    assert (person.name, person.sort_key, person.user) == ("Inaq Rohani", "inaq rohani", enrolled.enrolment.user)
    affiliation = Affiliation.objects.get(person=person)
    assert (affiliation.organisation, affiliation.role, affiliation.on_board) == (cast.lentera, "volunteer", False)
    grant = Grant.objects.get(person=person)
    assert (grant.role, grant.organisation, grant.granted_by) == ("companion", cast.lentera, cast.budi.person)
    assert open_enrolment_for(enrolled.token, now=NOW) == enrolled.enrolment
    act = Act.objects.get(act="access.enrol_volunteer")
    assert (act.ref_id, act.details["person"]) == (enrolled.enrolment.pk, str(person.pk))


def test_who_claims_the_code_has_the_role(cast: Cast) -> None:
    enrolled = enrol_volunteer(cast.budi.actor, organisation=cast.lentera, name="Rohani", now=NOW)
    user, _device, _secret = claim_enrolment(enrolled.token, pin="280974", device_name="HP", now=NOW)
    actor = actor_for(user.pk, now=NOW, second_factor=False)
    assert [(g.role, g.organisation_id) for g in actor.grants] == [("companion", cast.lentera.pk)]
    assert actor.person_id == enrolled.person.pk


def test_the_same_form_sent_twice_is_one_volunteer_with_a_fresh_token(cast: Cast) -> None:
    key = uuid7()
    send = {"organisation": cast.lentera, "name": "Rohani", "id": key}
    first = enrol_volunteer(cast.budi.actor, **send, now=NOW)  # type: ignore[arg-type]
    again = enrol_volunteer(cast.budi.actor, **send, now=NOW + timedelta(minutes=1))  # type: ignore[arg-type]
    assert (again.person, again.enrolment) == (first.person, first.enrolment)
    assert again.token != first.token
    assert (Person.objects.filter(name="Rohani").count(), Enrolment.objects.count()) == (1, 1)
    assert Act.objects.filter(act="access.enrol_volunteer").count() == 1


def test_without_a_name_nothing_is_left(cast: Cast) -> None:
    users = User.objects.count()
    with pytest.raises(Invalid) as raised:
        enrol_volunteer(cast.budi.actor, organisation=cast.lentera, name="  ", now=NOW)
    assert (raised.value.code, raised.value.field) == ("name_needed", "name")
    assert User.objects.count() == users
    assert Enrolment.objects.count() == 0


@denies(enrol_volunteer)
@pytest.mark.parametrize(
    ("key", "place", "role", "permission"),
    [
        ("ani", "lentera", "companion", "account.enrol"),
        ("budi", "other_group", "companion", "account.enrol"),
        ("dewi", "lentera", "companion", "account.enrol"),
        ("budi", "lentera", "coordinator", "grant.manage"),
        ("joko", "lentera", "companion", "grant.manage"),
        ("publik", "lentera", "companion", "account.enrol"),
    ],
)
def test_nobody_is_let_in_by_who_may_not(cast: Cast, key: str, place: str, role: str, permission: str) -> None:
    actor, at = getattr(cast, key).actor, getattr(cast, place)
    with pytest.raises(Denied) as raised:
        enrol_volunteer(actor, organisation=at, name="Rohani", role=role, now=NOW)
    assert raised.value.permission == permission
    assert not Person.objects.filter(name="Rohani").exists()


def test_a_supervisor_lets_in_the_coordinator_of_a_group_they_accompany(cast: Cast) -> None:
    enrolled = enrol_volunteer(
        cast.kartika.actor, organisation=cast.lentera, name="Sahdan", role="coordinator", now=NOW
    )
    assert Affiliation.objects.get(person=enrolled.person).role == "staff"
