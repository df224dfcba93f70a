"""Writing a decision down: a step of the services that decide, each of which has asked who may."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.complaint_clocks import stop_reading_clock
from simpul.cases.models import Complaint, ComplaintDecision
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict


def record_decision(actor: Actor, row: ComplaintDecision) -> ComplaintDecision:
    """Write it and note its instant on the complaint. For services that have asked who may."""
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=row.complaint_id)
        known = ComplaintDecision.objects.filter(complaint=complaint).first()
        if known is not None and known.pk == row.pk:
            return known
        if known is not None:
            message = _("This complaint was decided already. A new one can object to it.")
            raise Conflict("decided_already", message=message, theirs={"verdict": known.verdict})
        row.save(force_insert=True)
        Complaint.objects.filter(pk=complaint.pk).update(decided_at=row.decided_at)
        stop_reading_clock(complaint, decision=row.verdict, now=row.decided_at)
        details: dict[str, Any] = {"verdict": row.verdict, "case": row.case_id}
        audit.record(actor, "cases.decide_complaint", complaint.ref, details=details)
    return row
