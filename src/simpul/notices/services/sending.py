"""Sending a notice, and trying again what could not be handed over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.accounts.models import User
from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.notices import rules
from simpul.notices.kinds import Param, kind_of, stored
from simpul.notices.models import Delivery, EscalationStep, Notice, Recipient
from simpul.notices.planning import plan
from simpul.notices.states import LIFE, State

PATIENCE: Final = timedelta(minutes=30)  # how long an urgent notice waits for one of its recipients


def send_notice(
    actor: Actor,
    *,
    kind: str,
    about: RecordRef,
    recipients: Iterable[UUID],
    now: datetime,
    params: Mapping[str, Param] | None = None,
    urgent: bool = False,
    escalate_to: Sequence[UUID] = (),
    id: UUID | None = None,  # noqa: A002  # the same word in every service that takes one
) -> Notice:
    """Put a notice into the inbox of each of these accounts, and queue what is said of it outside.

    In the caller's transaction, if there is one: what sends it and the notice stand or fall together. The same `id`
    again gives the notice that is there and tells nobody twice. Denied("notice.send") for the public;
    Invalid("nobody_to_tell") where no account of all those named is open; Conflict("id_taken") where `id` belongs to
    another notice. KeyError for a kind nobody declared, UnsafeParam for a parameter it does not allow, ValueError for
    a chain behind what is not urgent: faults of the program.
    """
    rules.require_may_send(actor)
    if escalate_to and not urgent:
        raise ValueError("only an urgent notice goes on to others")
    content = {
        "kind": kind,
        "params": stored(kind_of(kind), params or {}),
        "about_kind": about.kind,
        "about_id": about.uuid,
        "urgent": urgent,
    }
    if found := _existing(id, content):
        return found
    users, chain = _open_accounts(recipients, escalate_to)
    try:
        with transaction.atomic():
            waits_until = (now + PATIENCE if users else now) if chain else None
            notice = Notice.objects.create(
                id=id or uuid7(), **content, sent_at=now, sent_by=actor.user_id, escalate_at=waits_until
            )
            EscalationStep.objects.bulk_create(
                EscalationStep(notice=notice, place=place, user=user) for place, user in enumerate(chain)
            )
            enlist(notice, users, now=now)
            details: dict[str, Detail] = {"kind": kind, "recipients": len(users), "urgent": urgent}
            audit.record(actor, "notices.send_notice", notice.ref, details=details)
    except IntegrityError:
        # The same notice was sent at this very moment: theirs is ours.
        if found := _existing(id, content):
            return found
        raise
    return notice


def enlist(notice: Notice, users: Iterable[User], *, now: datetime, step: EscalationStep | None = None) -> int:
    """Put the notice into these inboxes and queue its deliveries, in the caller's transaction; how many are new."""
    there = set(notice.recipients.values_list("user_id", flat=True))
    new = [user for user in users if user.pk not in there]
    rows = [Recipient(notice=notice, user=user, step=step, added_at=now) for user in new]
    Recipient.objects.bulk_create(rows)
    planned = plan(new, urgent=notice.urgent, now=now)
    Delivery.objects.bulk_create(
        Delivery(recipient=row, channel=channel, due_at=due) for row in rows for channel, due in planned[row.user_id]
    )
    return len(rows)


def _open_accounts(recipients: Iterable[UUID], escalate_to: Sequence[UUID]) -> tuple[list[User], list[User]]:
    """Those of both lists that can still sign in, each once, in their order."""
    wanted, chain = list(dict.fromkeys(recipients)), list(dict.fromkeys(escalate_to))
    alive = {user.pk: user for user in User.objects.filter(pk__in={*wanted, *chain}, is_active=True)}
    users = [alive[key] for key in wanted if key in alive]
    others = [alive[key] for key in chain if key in alive and key not in wanted]
    if not users and not others:
        raise Invalid("nobody_to_tell", message=_("Nobody of those who should know has an account that is open."))
    return users, others


def _existing(notice_id: UUID | None, content: Mapping[str, object]) -> Notice | None:
    found = Notice.objects.filter(pk=notice_id).first() if notice_id else None
    if found is None:
        return None
    if any(getattr(found, name) != value for name, value in content.items()):
        raise Conflict("id_taken", message=_("This notice was sent before, with other content. Reload and try again."))
    return found


def retry_deliveries(actor: Actor, notice: Notice, *, now: datetime) -> int:
    """Try once more what failed, for recipients who have not opened it; how many. What may have arrived is left alone.

    Denied("notice.send") for anybody but its sender.
    """
    rules.require_sender(actor, notice)
    failed = [State.GIVEN_UP, State.FAILED]
    target = {LIFE.transition(state, "retry").target for state in failed}.pop()
    with transaction.atomic():
        rows = Delivery.objects.filter(recipient__notice=notice, recipient__opened_at=None, state__in=failed)
        again = Delivery.objects.filter(pk__in=list(rows.values_list("pk", flat=True)), state__in=failed)
        count = again.update(state=target, due_at=now, settled_at=None, error="")
        if count:
            audit.record(actor, "notices.retry_deliveries", notice.ref, details={"deliveries": count})
    return count
