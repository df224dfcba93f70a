"""What somebody is in an organisation, ended and corrected by appending."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.people import rows, rules
from simpul.people.codes import Division
from simpul.people.models import Affiliation, Person
from simpul.people.queries import today
from simpul.records.corrections import append_correction


def affiliate_person(
    actor: Actor,
    person: Person,
    *,
    organisation: Organisation,
    role: str,
    now: datetime,
    valid_from: date | None = None,
    valid_until: date | None = None,
    title: LocalizedText | None = None,
    division: str = Division.NONE,
    on_board: bool | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Affiliation:
    """From `valid_from` (today where not told). `on_board` None: as is usual for the role.

    Denied("person.manage") where the actor doesn't keep people at the organisation, or can't read the person: to take
    somebody in is to read them. Invalid("role" | "division" | "period"); Conflict("affiliation_overlaps").
    """
    rules.require_at(actor, rules.MANAGE, organisation)
    if not Person.objects.filter(rules.visible_to(actor, on=today(now)), pk=person.pk).exists():
        raise Denied(rules.MANAGE, person.ref)
    with transaction.atomic():
        row, created = rows.write_affiliation(
            person, organisation, role=role, now=now, valid_from=valid_from, valid_until=valid_until,
            title=title, division=division, on_board=on_board, id=id,
        )  # fmt: skip
        if created:
            details = {"person": str(person.pk), "organisation": str(organisation.pk), "role": role}
            audit.record(actor, "people.affiliate_person", row.ref, details=details)
    return row


def end_affiliation(actor: Actor, affiliation: Affiliation, *, valid_until: date, now: datetime) -> Affiliation:
    """The first day it no longer holds. The same end again changes nothing. One may end one's own.

    Denied("person.manage"); Invalid("period"); Conflict("corrected_meanwhile").
    """
    return _correct(actor, affiliation, {"valid_until": valid_until}, act="people.end_affiliation", now=now)


def correct_affiliation(
    actor: Actor,
    affiliation: Affiliation,
    *,
    role: str,
    valid_from: date | None,
    valid_until: date | None,
    now: datetime,
    title: LocalizedText | None = None,
    division: str = Division.NONE,
    on_board: bool = False,
) -> Affiliation:
    """What it should have said. The row that was wrong is kept as superseded.

    Denied("person.manage"); Invalid("role" | "division" | "period"); Conflict("corrected_meanwhile" |
    "affiliation_overlaps").
    """
    rows.check_role(role, division)
    changes = {
        "role": role,
        "title": title,
        "division": division,
        "on_board": on_board,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    return _correct(actor, affiliation, changes, act="people.correct_affiliation", now=now)


def _correct(
    actor: Actor, affiliation: Affiliation, changes: dict[str, Any], *, act: str, now: datetime
) -> Affiliation:
    own_end = act == "people.end_affiliation" and rules.is_self(actor, rules.MANAGE, affiliation.person)
    if not own_end:
        rules.require_at(actor, rules.MANAGE, affiliation.organisation)
    try:
        with transaction.atomic():
            row, created = append_correction(affiliation, changes, now=now)
            if created:
                fields = [name for name, value in changes.items() if getattr(affiliation, name) != value]
                audit.record(actor, act, row.ref, details={"corrects": str(affiliation.pk), "fields": fields})
    except IntegrityError as error:
        raise rows.translated(error) from error
    return row
