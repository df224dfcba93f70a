"""The desk: opening a complaint, giving it to a companion, keeping it from somebody, passing it to who is above."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access import rules as grants
from simpul.access.models import Grant
from simpul.audit import services as audit
from simpul.cases.complaint_kinds import About, Level
from simpul.cases.models import Complaint, ComplaintAssignment, ComplaintExclusion
from simpul.cases.queries.complaint_routing import Asked, route_of
from simpul.cases.queries.complaints import complaint_for
from simpul.cases.rules.complaints import COORDINATE, led_by, require
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.time import Zone, local_date
from simpul.people.models import Person


def read_complaint(actor: Actor, key: UUID, *, now: datetime) -> Complaint:
    """The complaint, for who may read it; every opening is recorded, and the first tells the reporter it is read.

    NotFound out of sight.
    """
    with transaction.atomic():
        complaint = complaint_for(actor, key)
        Complaint.objects.filter(pk=complaint.pk, read_at=None).update(read_at=now)
        audit.record(actor, "cases.read_complaint", complaint.ref)
    return complaint


def assign_complaint(actor: Actor, complaint: Complaint, person: Person, *, now: datetime) -> ComplaintAssignment:
    """A companion of the group reads and answers it from now on. Twice is once.

    NotFound out of sight and for a person to whom it must not exist; Denied for who does not lead there;
    Invalid("not_of_group").
    """
    require(actor, led_by(actor), complaint, COORDINATE)
    on = local_date(now, Zone.WIB)
    with transaction.atomic():
        row = Complaint.objects.select_for_update().get(pk=complaint.pk)
        _refuse_excluded(row, person.pk)
        held = Grant.objects.filter(grants.standing(on), organisation=row.handler_id, person=person, role="companion")
        if not held.exists():
            message = _("Choose a companion of the group.")
            raise Invalid("not_of_group", "person", message=message)
        made, is_new = ComplaintAssignment.objects.get_or_create(
            complaint=row, person=person, ended_at=None, defaults={"assigned_at": now}
        )
        if is_new:
            audit.record(actor, "cases.assign_complaint", row.ref, details={"person": person.pk})
    return made


def _refuse_excluded(complaint: Complaint, person_id: UUID) -> None:
    if ComplaintExclusion.objects.filter(complaint=complaint, person=person_id).exists():
        raise NotFound("people.person", person_id)


def exclude_from_complaint(actor: Actor, complaint: Complaint, person: Person, *, now: datetime) -> ComplaintExclusion:
    """From now on it does not exist for this person, whatever they lead; an assignment of theirs ends. Twice is once.

    NotFound, Denied as `assign_complaint`; Conflict("yourself") for oneself: pass it on instead.
    """
    require(actor, led_by(actor), complaint, COORDINATE)
    if person.pk == actor.person_id:
        message = _("If it must not be you, pass it to who is above.")
        raise Conflict("yourself", message=message)
    with transaction.atomic():
        Complaint.objects.select_for_update().get(pk=complaint.pk)
        made, is_new = ComplaintExclusion.objects.get_or_create(
            complaint=complaint, person=person, defaults={"since": now}
        )
        ComplaintAssignment.objects.filter(complaint=complaint, person=person, ended_at=None).update(ended_at=now)
        if is_new:
            audit.record(actor, "cases.exclude_from_complaint", complaint.ref, details={"person": person.pk})
    return made


def pass_up(actor: Actor, complaint: Complaint, *, now: datetime) -> None:
    """To who is above the group: nobody of the group reads it from then on. Conflict("is_above") where it is already.

    NotFound out of sight, Denied for who does not lead there.
    """
    require(actor, led_by(actor), complaint, COORDINATE)
    on = local_date(now, Zone.WIB)
    with transaction.atomic():
        row = Complaint.objects.select_for_update().get(pk=complaint.pk)
        if row.level != Level.GROUP:
            raise Conflict("is_above", message=_("It is with who is above already."))
        route = route_of(Asked(row.area_id, About.GROUP, _typed(row), on))
        row.level, row.handler, row.about_group = route.level, route.handler, row.handler
        row.save(update_fields=["level", "handler", "about_group"])
        row.assignments.filter(ended_at=None).update(ended_at=now)
        for person_id in sorted(route.excluded):
            ComplaintExclusion.objects.get_or_create(complaint=row, person_id=person_id, defaults={"since": now})
        audit.record(actor, "cases.pass_up", row.ref, details={"level": route.level, "handler": row.handler_id})


def _typed(row: Complaint) -> str:
    return " ".join(sealed.open() for sealed in (row.named, row.hidden_from) if sealed)
