"""What `simpul check` asks of notices."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q

from simpul.kernel.health import Finding, probe
from simpul.notices.models import Channel, Delivery, Notice, Recipient
from simpul.notices.states import WAITING, State

LATE = timedelta(minutes=15)
WINDOW = timedelta(hours=24)


@probe("notices.outbox")
def outbox_moves(now: datetime) -> Iterator[Finding]:
    found = Delivery.objects.filter(due_at__lte=now, state__in=WAITING).aggregate(
        waiting=Count("pk"), oldest=Min("due_at")
    )
    oldest, waiting = found["oldest"], f"{found['waiting']} messages due"
    if oldest and now - oldest > LATE:
        since = f"{waiting}, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
        yield Finding.fail("notices", since, "Start `simpul worker`; if it runs, read its log.")
    else:
        yield Finding.ok("notices", waiting)


@probe("notices.channels")
def channels_work(now: datetime) -> Iterator[Finding]:
    """A channel that took nothing of what it was given lately."""
    lately = Q(settled_at__gte=now - WINDOW) | Q(state=State.FAILED)
    rows = Delivery.objects.filter(lately).order_by().values("channel")
    counted = rows.annotate(
        sent=Count("pk", filter=Q(state=State.SENT)),
        failed=Count("pk", filter=Q(state__in=[State.FAILED, State.GIVEN_UP, State.UNCERTAIN])),
    )
    for row in counted:
        failed, sent, channel = row["failed"], row["sent"], Channel(row["channel"]).value
        if failed and failed >= sent:
            codes = _codes(channel, lately)
            remedy = f"Look after the settings of this channel (docs/operating.md). It says: {codes}."
            yield Finding.warn("notices", f"{channel}: {failed} failed, {sent} handed over in a day", remedy)


def _codes(channel: str, lately: Q) -> str:
    rows = Delivery.objects.filter(lately, channel=channel).exclude(error="").order_by().values("error")
    return ", ".join(f"{r['error']} ({r['n']})" for r in rows.annotate(n=Count("pk")).order_by("-n")[:3])


@probe("notices.urgent")
def urgent_ones_are_read(now: datetime) -> Iterator[Finding]:
    """Urgent, sent over an hour and within a week ago, opened by nobody, and nobody left to go to."""
    opened = Exists(Recipient.objects.filter(notice=OuterRef("pk"), opened_at__isnull=False))
    rows = Notice.objects.filter(
        ~opened,
        urgent=True,
        escalate_at=None,
        sent_at__lt=now - timedelta(hours=1),
        sent_at__gte=now - timedelta(days=7),
    )
    if count := rows.count():
        remedy = "Call the coordinators; ask why neither recipients nor deputies look."
        yield Finding.warn("notices", f"{count} urgent notices were opened by nobody", remedy)
