"""An urgent notice nobody opened goes to the next who was named."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.notices import rules
from simpul.notices.models import EscalationStep, Notice
from simpul.notices.services.sending import PATIENCE, enlist

MOST: Final = 500


def escalate_due(actor: Actor, *, now: datetime) -> int:
    """Pass on every urgent notice whose half hour is over and that nobody opened; how many went to somebody new.

    The platform's own: Denied("notice.deliver"). Safe beside another that does the same, and killed at any moment: a
    notice goes on in one transaction, which reads again whether somebody opened it.
    """
    rules.require_platform(actor)
    due = Notice.objects.filter(escalate_at__lte=now).order_by("escalate_at", "pk").values_list("pk", flat=True)
    return sum(_pass_on(actor, notice_id, now) for notice_id in list(due[:MOST]))


def _pass_on(actor: Actor, notice_id: UUID, now: datetime) -> bool:
    with transaction.atomic():
        # The row is ours until the end; whoever comes second finds the next instant in it, or none.
        notice = Notice.objects.select_for_update().filter(pk=notice_id, escalate_at__lte=now).first()
        if notice is None:
            return False
        step = None if notice.recipients.filter(opened_at__isnull=False).exists() else _next_step(notice, now)
        more = step is not None and notice.steps.filter(taken_at=None, user__is_active=True).exists()
        Notice.objects.filter(pk=notice.pk).update(escalate_at=now + PATIENCE if more else None)
        if step is None:
            return False
        enlist(notice, [step.user], now=now, step=step)
        details: dict[str, Detail] = {"place": step.place, "to": step.user_id}
        audit.record(actor, "notices.escalate_notice", notice.ref, details=details)
    return True


def _next_step(notice: Notice, now: datetime) -> EscalationStep | None:
    """The next of the chain who can still be told and has not been; those passed over are taken too."""
    told = set(notice.recipients.values_list("user_id", flat=True))
    for step in notice.steps.filter(taken_at=None).select_related("user").order_by("place"):
        EscalationStep.objects.filter(pk=step.pk).update(taken_at=now)
        if step.user.is_active and step.user_id not in told:
            return step
    return None
