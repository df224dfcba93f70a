"""A deadline stands still while one waits for the person, and goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import recording_in
from simpul.cases.dues import refresh_due
from simpul.cases.models import Case
from simpul.cases.pausing import PauseReason
from simpul.cases.queries.clocks import clock_of_case
from simpul.deadlines.models import Clock
from simpul.deadlines.services import pause_clock, resume_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid


def wait_for_person(actor: Actor, case: Case, clock_id: UUID, *, reason: str, now: datetime) -> Clock:
    """The clock of this case, or of a referral in it, stands still. Twice is once, with the reason that was first.

    Denied("case.record"), NotFound for a clock of anything else, Invalid("reason"); Conflict("never_pauses") for one
    that runs on whoever waits, as the hours of the law do, Conflict("over").
    """
    with transaction.atomic():
        fresh = recording_in(actor, case.pk, now=now)
        if reason not in PauseReason.values:
            raise Invalid("reason", "reason", message=_("Choose what you wait for."))
        clock = clock_of_case(actor, fresh, clock_id, now=now)
        paused = pause_clock(actor, clock, reason=reason, now=now)
        if paused.paused_at == now:
            refresh_due(fresh)
            audit.record(actor, "cases.wait_for_person", case.ref, details={"clock": paused.code, "reason": reason})
    return paused


def go_on(actor: Actor, case: Case, clock_id: UUID, *, now: datetime) -> Clock:
    """It runs again, and is due later by as much as it stood still. Twice is once. As `wait_for_person`."""
    with transaction.atomic():
        fresh = recording_in(actor, case.pk, now=now)
        clock = clock_of_case(actor, fresh, clock_id, now=now)
        if clock.paused_at is None:
            return clock
        going = resume_clock(actor, clock, now=now)
        refresh_due(fresh)
        audit.record(actor, "cases.go_on", case.ref, details={"clock": going.code})
    return going
