"""Writing grants within the caller's transaction, for the services that give them. The audit row is theirs to leave."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.access import rules
from simpul.access.models import Grant
from simpul.access.rules import Post
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.people.rows import hold_person
from simpul.records.operations import violated


def write_grant(
    actor: Actor,
    person: Person,
    *,
    role: str,
    post: Post,
    reason: str,
    now: datetime,
    valid_from: date,
    valid_until: date | None = None,
    id: UUID | None = None,  # noqa: A002
) -> tuple[Grant, bool]:
    """The grant, in the caller's transaction; the one that is there, and False, where it says the same."""
    if person.pk == actor.person_id:
        raise Denied(rules.MANAGE, person.ref)
    hold_person(person)
    same = Grant.objects.filter(
        person=person, role=role, organisation=post.organisation, area_code=post.area_code,
        valid_from=valid_from, valid_until=valid_until, superseded_at=None,
    )  # fmt: skip
    if kept := same.filter(rules.visible_to(actor)).first():
        return kept, False
    if not rules.may_appoint(actor, role, post, on=today(now)):
        raise Denied(rules.MANAGE, post.organisation.ref if post.organisation else None)
    grant = Grant(
        id=id or uuid7(), person=person, role=role, organisation=post.organisation, area_code=post.area_code,
        valid_from=valid_from, valid_until=valid_until, reason=squeeze(reason), granted_by_id=actor.person_id,
        recorded_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError as error:
        raise _translated(error) from error
    return grant, True


def _translated(error: IntegrityError) -> Exception:
    if violated(error, "access_grant_overlap"):
        message = _("This person already has this role here in these days. End it first, or choose other days.")
        return Conflict("grant_overlaps", message=message)
    if violated(error, "access_grant_period"):
        return Invalid("period", "valid_until", message=_("The end has to be after the beginning."))
    return error
