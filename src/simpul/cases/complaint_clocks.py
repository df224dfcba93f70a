"""What runs on a complaint until somebody has read it: the group's own agreement, or what it set in its place."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from simpul.audit import services as audit
from simpul.cases.models import Complaint
from simpul.deadlines.models import Clock
from simpul.deadlines.queries import running_clock
from simpul.deadlines.services import start_clock, stop_clock
from simpul.kernel.actor import Actor, System
from simpul.organisations.models import Organisation

READ_DUE: Final = "P02"
READ: Final = "read"
PASSED_ON: Final = "passed_on"
# Whoever complains runs no clock, and has none to see: the form does it for them.
BY_FORM: Final = System("complaint form")


def start_reading_clock(complaint: Complaint, *, now: datetime) -> None:
    """From its arrival where it is answered; what no group was found for is the host's of this Simpul. In the caller's
    transaction. While this Simpul is nobody's yet there is nobody's rule: the clock starts once it is somebody's.
    """
    if complaint.handler is not None:
        _start(complaint, complaint.handler, starts_at=now, now=now)


def take_in_unrouted(actor: Actor, complaint: Complaint, host: Organisation, *, now: datetime) -> bool:
    """What came while this Simpul was nobody's is its host's from now on, and its time counts since it came. Whether it
    was not yet. In the caller's transaction.
    """
    row = Complaint.objects.select_for_update().filter(pk=complaint.pk, handler=None).first()
    if row is None:
        return False
    row.handler = host
    row.save(update_fields=["handler"])
    if row.read_at is None and row.decided_at is None:
        _start(row, host, starts_at=row.received_at, now=now)
    audit.record(actor, "cases.take_in_unrouted", row.ref, details={"handler": host.pk})
    return True


def _start(complaint: Complaint, owner: Organisation, *, starts_at: datetime, now: datetime) -> None:
    area = complaint.area_id
    start_clock(BY_FORM, READ_DUE, complaint.ref, owner, area_code=area, starts_at=starts_at, now=now)


def stop_reading_clock(complaint: Complaint, *, decision: str, now: datetime) -> None:
    """Once it was read, or there is nothing to read it for. In the caller's transaction."""
    if clock := running_clock(complaint.ref, READ_DUE):
        stop_clock(BY_FORM, clock, decision=decision, now=now)


def read_in_time() -> QuerySet[Complaint]:
    """Those that were read, and whose time still runs; so few, that clocks lead to them."""
    running = Clock.objects.filter(code=READ_DUE, about_kind="cases.complaint", stopped_at=None).values("about_id")
    return Complaint.objects.filter(pk__in=running, read_at__isnull=False).order_by("received_at", "id")


def read_anew(complaint: Complaint, *, now: datetime) -> None:
    """Passed on to somebody else, it is new there. In the caller's transaction."""
    stop_reading_clock(complaint, decision=PASSED_ON, now=now)
    start_reading_clock(complaint, now=now)
