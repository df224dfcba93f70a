"""Opening notices: the one proof that somebody read them, and what stops an urgent one from going on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef
from simpul.notices import rules
from simpul.notices.models import Notice, Recipient


def open_notice(actor: Actor, recipient: Recipient, *, now: datetime) -> Recipient:
    """Note that the actor opened it; opening again changes nothing. Denied("notice.read") in another's inbox."""
    rules.require_reader(actor, recipient)
    with transaction.atomic():
        if _open(Recipient.objects.filter(pk=recipient.pk), now):
            audit.record(actor, "notices.open_notice", RecordRef("notices.notice", recipient.notice_id))
    return Recipient.objects.select_related("notice").get(pk=recipient.pk)


def open_notices_about(actor: Actor, about: RecordRef, *, now: datetime) -> int:
    """The actor came to the record by another way: whatever their inbox says of it is opened. How many that was.

    Denied("notice.read") for who has no inbox.
    """
    rules.require_inbox(actor, about)
    with transaction.atomic():
        told = Recipient.objects.filter(rules.own(actor), notice__about_kind=about.kind, notice__about_id=about.uuid)
        opened = _open(told, now)
        if opened:
            audit.record(actor, "notices.open_notices_about", about, details={"opened": opened})
    return opened


def clear_inbox(actor: Actor, *, now: datetime) -> int:
    """Everything unread that is not urgent counts as read; how many that was. Urgent ones are opened one by one.

    Denied("notice.read") for who has no inbox.
    """
    rules.require_inbox(actor)
    with transaction.atomic():
        opened = _open(Recipient.objects.filter(rules.own(actor), notice__urgent=False), now)
        if opened:
            audit.record(actor, "notices.clear_inbox", None, details={"opened": opened})
    return opened


def _open(rows: QuerySet[Recipient], now: datetime) -> int:
    """Open those of them that are not, and call off what would go on to others."""
    ids: dict[UUID, UUID] = dict(rows.filter(opened_at=None).values_list("pk", "notice_id"))
    if not ids:
        return 0
    # A clock of another machine may be a little behind.
    at = Greatest(F("added_at"), now)
    opened = Recipient.objects.filter(pk__in=list(ids), opened_at=None).update(opened_at=at)
    Notice.objects.filter(pk__in=set(ids.values()), escalate_at__isnull=False).update(escalate_at=None)
    return opened
