"""Opening a record in an emergency: for a few hours, with a reason, before witnesses."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access import emergencies as rules
from simpul.access.emergencies import BREAK_GLASS
from simpul.access.models import Deputy, EmergencyOpening
from simpul.access.telling import tell_opened
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.people.queries import today
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
    as_deputy = not rules.coordinates(actor, organisation)
    if actor.person_id is None or (as_deputy and not rules.is_deputy(actor, organisation)):
        raise Denied(BREAK_GLASS, ref)
    words, person = rules.check_reason(reason), Person.objects.get(pk=actor.person_id)
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


def close_glass(actor: Actor, opening: EmergencyOpening, *, now: datetime) -> None:
    """End it before its time. By who opened it, or a coordinator there; Denied("record.break_glass")."""
    if opening.person_id != actor.person_id and not rules.coordinates(actor, opening.organisation):
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
        standing = Deputy.objects.filter(organisation=organisation, ended_at=None)
        if found := standing.filter(person=person).first():
            return found
        standing.update(ended_at=now)
        deputy = Deputy.objects.create(
            organisation=organisation, person=person, named_by_id=actor.person_id, named_at=now
        )
        details = {"person": str(person.pk), "organisation": str(organisation.pk)}
        audit.record(actor, "access.name_deputy", deputy.ref, details=details)
    return deputy


def end_deputy(actor: Actor, deputy: Deputy, *, now: datetime) -> None:
    """Nobody stands in any more. By a coordinator there, or the deputy; Denied("record.break_glass")."""
    if deputy.person_id != actor.person_id:
        rules.require_coordinator(actor, deputy.organisation)
    with transaction.atomic():
        if Deputy.objects.filter(pk=deputy.pk, ended_at=None).update(ended_at=now):
            audit.record(actor, "access.end_deputy", deputy.ref)
