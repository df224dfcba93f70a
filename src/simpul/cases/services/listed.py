"""People on lists for a mobile service, of whom no case is kept: what they asked about their data, and its end."""

from datetime import datetime
from typing import Final

from django.db import transaction

from simpul.audit import services as audit
from simpul.cases.erasing import forget
from simpul.cases.models import QueueEntry
from simpul.cases.queue_kinds import MONTHS_NAMED
from simpul.cases.rights_kinds import SATISFY
from simpul.cases.rules.sight import covered
from simpul.cases.rules.tickets import standing_entry
from simpul.deadlines.reckoning import months_later
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied

TOGETHER: Final = 200  # people in one transaction


def use_again(actor: Actor, entry: QueueEntry, *, now: datetime) -> None:  # noqa: ARG001 - as all
    """Their data may be used again. Twice changes nothing. NotFound; Denied("case.satisfy_rights")."""
    row = standing_entry(actor, entry.pk)
    if not QueueEntry.objects.filter(covered(actor.scope(SATISFY), "ticket__"), pk=row.pk).exists():
        raise Denied(SATISFY, row.ticket.ref)
    with transaction.atomic():
        if QueueEntry.objects.filter(pk=row.pk, restricted_at__isnull=False).update(restricted_at=None):
            audit.record(actor, "cases.use_again", row.ticket.ref, details={"entry": row.pk})


def forget_old_lists(actor: Actor, *, now: datetime) -> int:
    """Names and NIK on lists whose day is long over go; how many people's. Denied for whoever is not the platform."""
    if not isinstance(actor, System):
        raise Denied(SATISFY)
    named = QueueEntry.objects.filter(
        name__isnull=False, ticket__service_on__lt=months_later(now.date(), -MONTHS_NAMED)
    ).order_by("pk")
    gone = 0
    while ids := list(named.values_list("pk", flat=True)[:TOGETHER]):
        with transaction.atomic():
            rows = QueueEntry.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
            done = sum(forget(row) for row in rows)
            audit.record(actor, "cases.forget_old_lists", None, details={"people": done})
        gone += done
    return gone
