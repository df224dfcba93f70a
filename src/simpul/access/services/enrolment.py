"""Letting a volunteer in on the spot: account, person, affiliation and role in one act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from simpul.access import rows, rules
from simpul.access.rules import Post
from simpul.accounts import services as accounts
from simpul.accounts.models import Enrolment
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.organisations.models import Organisation
from simpul.people import rows as people
from simpul.people.codes import RoleTitle
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.people.rules import require_at

# What somebody enrolled into a role is in the organisation, unless a coordinator says more of them later.
TITLES: Final = {
    "companion": RoleTitle.VOLUNTEER,
    "service_officer": RoleTitle.OFFICIAL,
    "official": RoleTitle.OFFICIAL,
}
REASON: Final = "enrolment"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """`token` is shown once, as a QR code, to the person who stands beside the coordinator."""

    person: Person
    enrolment: Enrolment
    token: str


def enrol_volunteer(
    actor: Actor,
    *,
    organisation: Organisation,
    name: str,
    now: datetime,
    role: str = "companion",
    id: UUID | None = None,  # noqa: A002 - the enrolment's key, chosen by the form
) -> Enrolled:
    """The same `id` again, by the same person and before it is used: the same volunteer with a fresh token.

    Denied("account.enrol" | "grant.manage") unless the actor lets people in there and may give the role;
    Invalid("name_needed").
    """
    require_at(actor, rules.ENROL, organisation)
    post = Post(organisation)
    if not rules.may_appoint(actor, role, post, on=today(now)):
        raise Denied(rules.MANAGE, organisation.ref)
    with transaction.atomic():
        enrolment, token = accounts.open_enrolment(actor, now=now, id=id)
        person = Person.objects.filter(user=enrolment.user_id).first()
        if person is None:
            person = _take_in(actor, enrolment, name=name, post=post, role=role, now=now)
            details = {"person": str(person.pk), "organisation": str(organisation.pk), "role": role}
            audit.record(actor, "access.enrol_volunteer", enrolment.ref, details=details)
    return Enrolled(person, enrolment, token)


def _take_in(actor: Actor, enrolment: Enrolment, *, name: str, post: Post, role: str, now: datetime) -> Person:
    assert post.organisation is not None
    person, _created = people.write_person(Person(name=name), now=now)
    people.tie(person, enrolment.user)
    people.write_affiliation(person, post.organisation, role=TITLES.get(role, RoleTitle.STAFF), now=now)
    rows.write_grant(actor, person, role=role, post=post, reason=REASON, now=now, valid_from=today(now))
    return person
