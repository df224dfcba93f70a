"""Opening a record in an emergency: for a few hours, with a reason, before witnesses."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access import emergencies as rules
from simpul.access.emergencies import BREAK_GLASS
from simpul.access.models import Deputy, EmergencyOpening
from simpul.access.openable import openable_of
from simpul.access.telling import tell_named, tell_opened
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.people.rows import hold_person
from simpul.records.locks import lock_graph

LASTS: Final = timedelta(hours=4)
_LOCK: Final = "access.emergencies"


def break_glass(
    actor: Actor,
    ref: RecordRef,
    *,
    organisation: Organisation,
    reason: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> EmergencyOpening:
    """Open `ref`, which `organisation` owns, to the actor for LASTS. The caller has asked the record whose it is.

    For a coordinator of that very organisation, and for its named deputy with a second factor; nobody above. Those who
    accompany the organisation and its other coordinators are told at once. While an opening lasts, the same record
    gives the same one. Denied("record.break_glass"); Invalid("reason"); Conflict("no_witness") where nobody could be
    told: then nothing opens.
    """
    person_id, as_deputy = rules.require_may_open(actor, organisation, ref)
    words, person = rules.check_reason(reason), Person.objects.get(pk=person_id)
    told = rules.witnesses(organisation, but=person, on=today(now))
    if not told:
        message = _("Nobody else would know of it: your organisation has neither a supervisor nor another coordinator.")
        raise Conflict("no_witness", message=message)
    with transaction.atomic():
        lock_graph(_LOCK)
        standing = rules.open_now(actor, now).filter(ref_kind=ref.kind, ref_id=ref.uuid, organisation=organisation)
        if found := standing.first() or _same(id, person):
            return found
        opening = EmergencyOpening.objects.create(
            id=id or uuid7(), person=person, organisation=organisation, ref_kind=ref.kind, ref_id=ref.uuid,
            reason=words, as_deputy=as_deputy, opened_at=now, until=now + LASTS,
        )  # fmt: skip
        tell_opened(actor, opening, told, now=now)
        details: dict[str, str | bool] = {"opening": str(opening.pk), "deputy": as_deputy}
        details["organisation"] = str(organisation.pk)
        audit.record(actor, "access.break_glass", ref, details=details)
    return opening


def _same(opening_id: UUID | None, person: Person) -> EmergencyOpening | None:
    return EmergencyOpening.objects.filter(pk=opening_id, person=person).first() if opening_id else None


def open_by_number(
    actor: Actor,
    *,
    kind: str,
    number: str,
    organisation: Organisation,
    reason: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002
) -> EmergencyOpening:
    """`break_glass` of a record that somebody names by its number, as on the telephone.

    A number that leads nowhere is an act in the record too, so that nobody tries them out unseen. Besides what
    `break_glass` raises: Invalid("kind" | "number").
    """
    rules.require_may_open(actor, organisation, organisation.ref)
    rules.check_reason(reason)
    openable = openable_of(kind)
    if openable is None:
        raise Invalid("kind", "kind", message=_("Choose what you have to open."))
    ref = openable.find(actor, organisation, squeeze(number))
    if ref is None:
        audit.record(actor, "access.miss_glass", organisation.ref, details={"kind": kind})
        message = _("There is no such number that you can open here. Have it read to you once more.")
        raise Invalid("number", "number", message=message)
    return break_glass(actor, ref, organisation=organisation, reason=reason, now=now, id=id)


def close_glass(actor: Actor, opening: EmergencyOpening, *, now: datetime) -> None:
    """End it before its time. By who opened it, or a coordinator there; Denied("record.break_glass")."""
    if not rules.may_close(actor, opening):
        raise Denied(BREAK_GLASS, opening.ref)
    with transaction.atomic():
        rows = EmergencyOpening.objects.filter(pk=opening.pk, closed_at=None, until__gt=now)
        if rows.update(closed_at=now):
            audit.record(actor, "access.close_glass", opening.record, details={"opening": str(opening.pk)})


def name_deputy(actor: Actor, person: Person, *, organisation: Organisation, now: datetime) -> Deputy:
    """Who stands in for the coordinators in an emergency, instead of whoever did. The same again changes nothing.

    By a coordinator of the organisation, never for themself: Denied("record.break_glass"). Invalid("person") for
    somebody who is not of the organisation today.
    """
    rules.require_coordinator(actor, organisation)
    if person.pk == actor.person_id:
        raise Denied(BREAK_GLASS, organisation.ref)
    if not rules.is_of(person, organisation, today(now)):
        message = _("Choose somebody of your organisation.")
        raise Invalid("person", "person", message=message)
    with transaction.atomic():
        lock_graph(_LOCK)
        hold_person(person)
        standing = Deputy.objects.filter(organisation=organisation, ended_at=None)
        if found := standing.filter(person=person).first():
            return found
        standing.update(ended_at=now)
        deputy = Deputy.objects.create(
            organisation=organisation, person=person, named_by_id=actor.person_id, named_at=now
        )
        tell_named(actor, deputy, now=now)
        details = {"person": str(person.pk), "organisation": str(organisation.pk)}
        audit.record(actor, "access.name_deputy", deputy.ref, details=details)
    return deputy


def end_deputy(actor: Actor, deputy: Deputy, *, now: datetime) -> None:
    """Nobody stands in any more. By a coordinator there, or the deputy; Denied("record.break_glass")."""
    if deputy.person_id != actor.person_id or actor.via:
        rules.require_coordinator(actor, deputy.organisation)
    with transaction.atomic():
        if Deputy.objects.filter(pk=deputy.pk, ended_at=None).update(ended_at=now):
            audit.record(actor, "access.end_deputy", deputy.ref)
