"""Persons themselves, and the tie to their account."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from simpul.accounts.models import User
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation
from simpul.people import rows, rules
from simpul.people.codes import Sex
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.records.locks import claim_version


def register_person(
    actor: Actor,
    *,
    organisation: Organisation,
    role: str,
    name: str,
    now: datetime,
    salutation: str = "",
    sex: str = Sex.UNKNOWN,
    birth_year: int | None = None,
    area_code: str = "",
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Person:
    """A person and what they are in `organisation` from today: nobody is kept who is in none.

    The same `id` twice is the same person, unchanged. Denied("person.manage"); Invalid("name_needed" | "birth_year").
    """
    rules.require_at(actor, rules.MANAGE, organisation)
    with transaction.atomic():
        person, created = rows.write_person(
            Person(id=id or uuid7(), name=name, salutation=salutation, sex=sex, birth_year=birth_year,
                   area_code=area_code), now=now,
        )  # fmt: skip
        if not created and not Person.objects.filter(rules.visible_to(actor, on=today(now)), pk=person.pk).exists():
            raise Denied(rules.MANAGE)
        if created:
            rows.write_affiliation(person, organisation, role=role, now=now)
            audit.record(actor, "people.register_person", person.ref, details={"organisation": str(organisation.pk)})
    return person


def change_person(
    actor: Actor,
    person: Person,
    *,
    version: int,
    name: str,
    now: datetime,
    salutation: str = "",
    sex: str = Sex.UNKNOWN,
    birth_year: int | None = None,
    area_code: str = "",
) -> Person:
    """Oneself, or somebody in an organisation where one keeps people. `version` is the one that was read.

    Denied("person.manage"); Invalid as `register_person`; Conflict("edited_meanwhile") with theirs.
    """
    rules.require_self_or_over(actor, rules.MANAGE, person, on=today(now))
    wanted = Person(name=squeeze(name), salutation=squeeze(salutation), sex=sex, birth_year=birth_year)
    rows.check_person(wanted, now)
    changes: dict[str, object] = {
        "name": wanted.name,
        "sort_key": wanted.sort_key,
        "salutation": wanted.salutation,
        "sex": sex,
        "birth_year": birth_year,
        "area_code": area_code,
    }
    changed = [field for field, value in changes.items() if field != "sort_key" and getattr(person, field) != value]
    with transaction.atomic():
        fresh = claim_version(person, version, changes)
        audit.record(actor, "people.change_person", person.ref, details={"fields": changed})
    return fresh


def link_user(actor: Actor, person: Person, user: User, *, now: datetime) -> Person:
    """Tie a person to the account they'll sign in with. The same pair again changes nothing.

    Whoever holds the account acts with all the person's roles, so "account.enrol" must reach every organisation the
    person is in; `access` asks the same of every grant. Conflict("already_linked") where either has another tie.
    """
    rules.require_over_all(actor, rules.ENROL, person, on=today(now))
    with transaction.atomic():
        if not rows.tie(person, user):
            return person
        audit.record(actor, "people.link_user", person.ref, details={"user": str(user.pk)})
    return person
