"""The desk: opening a complaint, giving it to a companion, keeping it from somebody, passing it to who is above."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access import rules as grants
from simpul.access.models import Grant
from simpul.audit import services as audit
from simpul.cases.complaint_clocks import READ, read_anew, read_in_time, stop_reading_clock, take_in_unrouted
from simpul.cases.complaint_kinds import About, Level
from simpul.cases.models import Complaint, ComplaintAssignment, ComplaintExclusion
from simpul.cases.queries.complaint_routing import Asked, route_of, taken_by, takers_below
from simpul.cases.queries.complaints import complaint_for
from simpul.cases.rules.complaints import COORDINATE, led_by, require
from simpul.deadlines.rules import require_platform
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.queries.node import this_node
from simpul.people.models import Person

MOST: Final = 200


def read_complaint(actor: Actor, key: UUID, *, now: datetime) -> Complaint:
    """The complaint, for who may read it; every opening is recorded, and the first tells the reporter it is read. The
    time within which that had to be ends by the platform's next round, as of that instant.

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
    on = local_date(now, Zone.WIB)
    with transaction.atomic():
        row = _leading_in(actor, complaint)
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
    with transaction.atomic():
        _leading_in(actor, complaint)
        if person.pk == actor.person_id:
            message = _("If it must not be you, pass it to who is above.")
            raise Conflict("yourself", message=message)
        made, is_new = ComplaintExclusion.objects.get_or_create(
            complaint=complaint, person=person, defaults={"since": now}
        )
        ComplaintAssignment.objects.filter(complaint=complaint, person=person, ended_at=None).update(ended_at=now)
        if is_new:
            audit.record(actor, "cases.exclude_from_complaint", complaint.ref, details={"person": person.pk})
    return made


def pass_up(actor: Actor, complaint: Complaint, *, now: datetime) -> None:
    """To who is above the group: nobody of the group reads it from then on, and nobody there has read it yet.
    Conflict("is_above") where it is already.

    NotFound out of sight, Denied for who does not lead there.
    """
    on = local_date(now, Zone.WIB)
    with transaction.atomic():
        row = _leading_in(actor, complaint)
        if row.level != Level.GROUP:
            raise Conflict("is_above", message=_("It is with who is above already."))
        route = route_of(Asked(row.area_id, About.GROUP, _typed(row), on))
        row.level, row.handler, row.about_group, row.read_at = route.level, route.handler, row.handler, None
        row.save(update_fields=["level", "handler", "about_group", "read_at"])
        row.assignments.filter(ended_at=None).update(ended_at=now)
        for person_id in sorted(route.excluded):
            ComplaintExclusion.objects.get_or_create(complaint=row, person_id=person_id, defaults={"since": now})
        read_anew(row, now=now)
        audit.record(actor, "cases.pass_up", row.ref, details={"level": route.level, "handler": row.handler_id})


def pass_down(actor: Actor, complaint: Complaint, group: Organisation, *, now: datetime) -> None:
    """What lies above a village group is theirs to answer, and may become a case there: it is new to them. Whoever of
    them it is about, or is kept from, never sees it. Given to the same group twice is once.

    NotFound out of sight, Denied for who does not lead there; Invalid("group") for one that must not, or can't.
    """
    on = local_date(now, Zone.WIB)
    with transaction.atomic():
        row = Complaint.objects.select_for_update().get(pk=complaint.pk)
        if (row.level, row.handler_id) == (Level.GROUP, group.pk):
            return
        require(actor, led_by(actor), row, COORDINATE)
        excluded = taken_by(row, group, _typed(row), on=on) if group in takers_below(row, on=on) else None
        if excluded is None:
            raise Invalid("group", "group", message=_("This group can't answer it. Choose another one."))
        row.level, row.handler, row.about_group, row.read_at = Level.GROUP, group, None, None
        row.save(update_fields=["level", "handler", "about_group", "read_at"])
        for person_id in sorted(excluded):
            ComplaintExclusion.objects.get_or_create(complaint=row, person_id=person_id, defaults={"since": now})
        read_anew(row, now=now)
        audit.record(actor, "cases.pass_down", row.ref, details={"handler": group.pk})


def note_complaints_read(actor: Actor, *, now: datetime, most: int = MOST) -> int:
    """The time for reading ends for what was read, as of when it was; how many. The platform's own.

    By a round and not by whoever reads: their page asks for nothing but the complaint.
    """
    require_platform(actor)
    done = list(read_in_time()[:most])
    for complaint in done:
        with transaction.atomic():
            stop_reading_clock(complaint, decision=READ, now=complaint.read_at or now)
    return len(done)


def take_in_complaints(actor: Actor, *, now: datetime, most: int = MOST) -> int:
    """What came while this Simpul was nobody's yet is its host's to have read; how many. The platform's own."""
    require_platform(actor)
    node = this_node()
    if node is None:
        return 0
    waiting = list(Complaint.objects.filter(level=Level.NODE, handler=None).order_by("received_at", "id")[:most])
    done = 0
    for complaint in waiting:
        with transaction.atomic():
            done += take_in_unrouted(actor, complaint, node.host, now=now)
    return done


def _leading_in(actor: Actor, complaint: Complaint) -> Complaint:
    """The row as it is now, ours until the transaction ends, for who may give it to somebody or pass it on."""
    row = Complaint.objects.select_for_update().get(pk=complaint.pk)
    require(actor, led_by(actor), row, COORDINATE)
    return row


def _typed(row: Complaint) -> str:
    return " ".join(sealed.open() for sealed in (row.named, row.hidden_from) if sealed)
