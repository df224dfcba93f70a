"""Giving and ending roles."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access import rows, rules
from simpul.access.models import Grant
from simpul.access.roles import ROLES, Place
from simpul.access.rules import Post
from simpul.access.telling import tell_ended, tell_given
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.records.corrections import append_correction
from simpul.records.locks import lock_graph

LOCK = "access.grants"


def grant_role(
    actor: Actor,
    person: Person,
    *,
    role: str,
    organisation: Organisation | None,
    reason: str,
    now: datetime,
    area_code: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Grant:
    """Give `role` at `organisation` (None: the whole node), from `valid_from` (today where not told).

    The same role, place and period again is the grant that is there. Denied("grant.manage") where the table lets none
    of the actor's roles give this one here, and always for oneself. Invalid("role" | "place" | "reason" | "period");
    Conflict("grant_overlaps").
    """
    _check(role, organisation, reason)
    post, day = Post(organisation, area_code), today(now)
    with transaction.atomic():
        # Two who appoint the first person of an organisation at once: the second one finds it done.
        lock_graph(LOCK)
        grant, created = rows.write_grant(
            actor, person, role=role, post=post, reason=reason, now=now,
            valid_from=valid_from or day, valid_until=valid_until, id=id,
        )  # fmt: skip
        if created:
            details = {"person": str(person.pk), "role": role, "organisation": _id(organisation), "area": area_code}
            audit.record(actor, "access.grant_role", grant.ref, details=details)
            tell_given(actor, grant, now=now)
    return grant


def end_grant(actor: Actor, grant: Grant, *, reason: str, now: datetime, valid_until: date | None = None) -> Grant:
    """It no longer holds from `valid_until` on (today where not told); the row as it is known now.

    By whoever could give it, or by its holder. One that has not begun by then never holds. Ending again changes
    nothing. Denied("grant.manage"); Invalid("reason"); Conflict("last_operator") where nobody would keep the platform;
    Conflict("corrected_meanwhile").
    """
    until = valid_until or today(now)
    _check_reason(reason)
    is_own = grant.person_id == actor.person_id and actor.allows(rules.MANAGE)
    if not is_own and not rules.may_end(actor, grant):
        raise Denied(rules.MANAGE, grant.ref)
    with transaction.atomic():
        lock_graph(LOCK)
        _check_not_last(grant, until)
        row, created = _end(grant, until, now)
        if created:
            Grant.objects.filter(pk=grant.pk).update(ended_by_id=actor.person_id, end_reason=squeeze(reason))
            details = {"role": grant.role, "organisation": _id(grant.organisation), "person": str(grant.person_id)}
            audit.record(actor, "access.end_grant", grant.ref, details=details)
            tell_ended(actor, row, now=now)
    return row


def _end(grant: Grant, until: date, now: datetime) -> tuple[Grant, bool]:
    if grant.valid_from is not None and until <= grant.valid_from:
        ended = Grant.objects.filter(pk=grant.pk, superseded_at=None).update(superseded_at=now)
        return Grant.objects.get(pk=grant.pk), bool(ended)
    return append_correction(grant, {"valid_until": until}, now=now)


def _check(role: str, organisation: Organisation | None, reason: str) -> None:
    if role not in ROLES:
        raise Invalid("role", "role", message=_("Choose one of the roles."))
    if (Place.ORGANISATION if organisation else Place.NODE) not in ROLES[role].places:
        message = _("This role is not held there. Choose an organisation for it, or another role.")
        raise Invalid("place", "organisation", message=message)
    _check_reason(reason)


def _check_reason(reason: str) -> None:
    if not squeeze(reason) or len(squeeze(reason)) > 300:
        raise Invalid("reason", "reason", message=_("Write in a few words why, so that others understand it later."))


def _check_not_last(grant: Grant, until: date) -> None:
    """Conflict("last_operator") unless another operator, with an account that opens, holds on that day."""
    if grant.role != "operator":
        return
    others = Grant.objects.filter(rules.standing(until), role="operator", person__user__is_active=True)
    if not others.exclude(person=grant.person_id).exists():
        message = _("This is the last operator. Appoint another one first; then this role can end.")
        raise Conflict("last_operator", message=message)


def _id(organisation: Organisation | None) -> str:
    return str(organisation.pk) if organisation else ""
