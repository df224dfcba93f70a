"""What is kept of notices, and for how long."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.notices import rules
from simpul.notices.models import Notice, PushSubscription, Recipient
from simpul.notices.queries.wishes import living_subscriptions

KEPT: Final = timedelta(days=365)
BATCH: Final = 2_000


def remove_old(actor: Actor, *, now: datetime) -> int:
    """Remove from inboxes what was opened more than a year ago, notices that are in no inbox any more, and browsers
    that may no longer be woken; how many rows. What nobody opened stays. Denied("notice.deliver") for a person.
    """
    rules.require_platform(actor)
    total = 0
    while removed := _remove_some(actor, now):
        total += removed
    return total


def _remove_some(actor: Actor, now: datetime) -> int:
    """A batch in a transaction of its own: a killed worker leaves whole batches behind."""
    with transaction.atomic():
        read = Recipient.objects.filter(opened_at__lt=now - KEPT).values("pk")[:BATCH]
        rows, _more = Recipient.objects.filter(pk__in=list(read.values_list("pk", flat=True))).delete()
        in_an_inbox = Exists(Recipient.objects.filter(notice=OuterRef("pk")))
        empty = Notice.objects.filter(~in_an_inbox, sent_at__lt=now - KEPT, escalate_at=None)
        notices, _more = Notice.objects.filter(pk__in=list(empty.values_list("pk", flat=True)[:BATCH])).delete()
        alive = living_subscriptions(now=now).order_by().values("pk")
        browsers, _more = PushSubscription.objects.exclude(pk__in=alive).delete()
        if removed := rows + notices + browsers:
            details = {"inboxes": rows, "notices": notices, "browsers": browsers}
            audit.record(actor, "notices.remove_old", None, details=details)
    return removed
