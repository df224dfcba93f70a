"""Whom to tell that a complaint waits: accounts of those who answer it, never of whom it must not exist for."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from simpul.access import rules as grants
from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.cases.complaint_kinds import Level
from simpul.cases.models import Complaint
from simpul.deadlines.queries import holders
from simpul.deadlines.rules import NODE
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Node
from simpul.people.models import Person

_ROLES: Final = {Level.GROUP: "coordinator", Level.ABOVE: "supervisor"}


def readers_of(complaint_id: UUID, *, now: datetime) -> set[UUID]:
    """Accounts of the companions it is given to, and of whoever leads where it is answered."""
    row = Complaint.objects.get(pk=complaint_id)
    people = set(row.assignments.filter(ended_at=None).values_list("person_id", flat=True)) | _leading(row, now)
    people -= set(row.exclusions.values_list("person_id", flat=True))
    accounts = Person.objects.filter(pk__in=people, user__isnull=False).values_list("user_id", flat=True)
    return {account for account in accounts if account}


def told_of_complaint_ref(about: RecordRef, _owner: UUID, roles: Collection[str], now: datetime) -> set[UUID]:
    """The teller of clocks on a complaint: who leads where it is answered, and the companions it was given to.

    Of one that a group answers, a supervisor is told that something there waits, and reads none of it; of one that no
    group was found for, whoever can name somebody else to receive it. Whomever it is kept from is never told, whatever
    they are.
    """
    row = Complaint.objects.filter(pk=about.uuid, read_at=None).first()
    if row is None:  # read, and the round that ends its time hasn't come by yet
        return set()
    kept_from = row.exclusions.values_list("person__user_id", flat=True)
    told = readers_of(row.pk, now=now) if {"coordinator", "companion"} & set(roles) else set()
    if "supervisor" in roles:
        told |= _above(row, now)
    return told - set(kept_from)


def namers_of(complaint_id: UUID, *, now: datetime) -> set[UUID]:
    """Accounts of those who say who receives what no group was found for: they read none of it."""
    row = Complaint.objects.get(pk=complaint_id)
    return _namers(now) - set(row.exclusions.values_list("person__user_id", flat=True))


def _above(row: Complaint, now: datetime) -> set[UUID]:
    """Who sees to it that somebody reads it."""
    if row.level == Level.GROUP and row.handler_id is not None:
        return holders(row.ref, row.handler_id, ["supervisor"], now)
    return _accounts(row, now) | (_namers(now) if row.level == Level.NODE else set())


def _namers(now: datetime) -> set[UUID]:
    held = Grant.objects.filter(
        grants.standing(local_date(now, Zone.WIB)), organisation=None, role__in=roles_with(NODE)
    )
    return {account for account in held.values_list("person__user_id", flat=True) if account}


def _accounts(row: Complaint, now: datetime) -> set[UUID]:
    people = Person.objects.filter(pk__in=_leading(row, now), user__isnull=False)
    return {account for account in people.values_list("user_id", flat=True) if account}


def _leading(row: Complaint, now: datetime) -> set[UUID]:
    if role := _ROLES.get(Level(row.level)):
        on = local_date(now, Zone.WIB)
        held = Grant.objects.filter(grants.standing(on), organisation=row.handler_id, role=role)
        return set(held.values_list("person_id", flat=True))
    named = Node.objects.exclude(complaints_to="").values_list("complaints_to", flat=True).first()
    return {RecordRef.parse(named).uuid} if named else set()


def could_read(row: Complaint, *, now: datetime) -> list[Person]:
    """People of where it is answered whom it could be kept from, by name: those it isn't kept from yet.

    For who was authorised for the complaint.
    """
    roles = {Level.GROUP: ("companion", "coordinator"), Level.ABOVE: ("supervisor",)}.get(Level(row.level), ())
    held = Grant.objects.filter(grants.standing(local_date(now, Zone.WIB)), organisation=row.handler_id, role__in=roles)
    rows = Person.objects.filter(pk__in=held.values("person")).exclude(pk__in=row.exclusions.values("person"))
    return list(rows.order_by("sort_key", "pk"))


def companions_of(row: Complaint, *, now: datetime) -> list[Person]:
    """Companions of where it is answered who may be given it, by name. For who was authorised for the complaint."""
    if row.level != Level.GROUP:
        return []
    held = Grant.objects.filter(
        grants.standing(local_date(now, Zone.WIB)), organisation=row.handler_id, role="companion"
    )
    rows = Person.objects.filter(pk__in=held.values("person")).exclude(pk__in=row.exclusions.values("person"))
    return list(rows.order_by("sort_key", "pk"))
