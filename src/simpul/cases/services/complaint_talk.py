"""The conversation: what a reporter writes with a receipt in hand, what the desk answers, what came of it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.complaint_kinds import Secret, Side, Solved
from simpul.cases.complaint_receipts import digests_of, new_digits
from simpul.cases.models import (
    Complaint,
    ComplaintMessage,
    ComplaintOutcome,
    ComplaintSecret,
)
from simpul.cases.rules.complaints import KIND, require_sight
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound

LONGEST: Final = 4_000
MOST: Final = 400  # messages of one complaint


def write_to_desk(actor: Actor, secret: ComplaintSecret, *, id: UUID, words: str, now: datetime) -> ComplaintMessage:  # noqa: A002
    """The reporter, or whom they trust, writes: the receipt is what lets them, decided or not. The same `id` is once.

    NotFound for a receipt that was ended; Invalid("words_needed" | "too_long"), Conflict("too_many").
    """
    side = Side.TRUSTED if secret.kind == Secret.TRUSTED else Side.REPORTER
    with transaction.atomic():
        Complaint.objects.select_for_update().get(pk=secret.complaint_id)
        _require_open(secret)
        message, is_new = _said(secret.complaint, id=id, side=side, words=words, by=None, now=now)
        if is_new:
            audit.record(actor, "cases.write_to_desk", secret.complaint.ref, details={"number": message.number})
    return message


def answer_reporter(actor: Actor, complaint: Complaint, *, id: UUID, words: str, now: datetime) -> ComplaintMessage:  # noqa: A002
    """The desk writes; the reporter reads it with the receipt. NotFound out of sight; else as `write_to_desk`."""
    with transaction.atomic():
        require_sight(actor, Complaint.objects.select_for_update().get(pk=complaint.pk))
        message, is_new = _said(complaint, id=id, side=Side.DESK, words=words, by=actor.person_id, now=now)
        if is_new:
            audit.record(actor, "cases.answer_reporter", complaint.ref, details={"number": message.number})
    return message


def _said(
    complaint: Complaint,
    *,
    id: UUID,  # noqa: A002
    side: Side,
    words: str,
    by: UUID | None,
    now: datetime,
) -> tuple[ComplaintMessage, bool]:
    """The message, and whether it is new. The complaint is locked by the caller."""
    text = words.strip()
    if not text:
        raise Invalid("words_needed", "words", message=_("Write something, however short."))
    if len(text) > LONGEST:
        raise Invalid("too_long", "words", message=_("Use at most %(longest)s characters.") % {"longest": LONGEST})
    known = ComplaintMessage.objects.filter(pk=id).first()
    if known is not None and known.complaint_id != complaint.pk:
        raise NotFound(KIND)
    if known is not None:
        return known, False
    last = ComplaintMessage.objects.filter(complaint=complaint).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST:
        raise Conflict("too_many", message=_("This conversation is full. Call instead, or make a new complaint."))
    message = ComplaintMessage(
        id=id, complaint=complaint, number=last + 1, side=side, words=text, written_at=now, written_by_id=by
    )
    message.save(force_insert=True)
    return message, True


def leave_with_trusted(actor: Actor, secret: ComplaintSecret, *, now: datetime) -> str:
    """Sixteen digits for somebody the reporter trusts: they read and write for them. The ones given before end.

    NotFound for a receipt that was ended, and for one that was itself left with somebody.
    """
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=secret.complaint_id)
        _require_own(secret)
        ComplaintSecret.objects.filter(complaint=complaint, kind=Secret.TRUSTED, ended_at=None).update(ended_at=now)
        digits = new_digits()
        ComplaintSecret.objects.create(complaint=complaint, kind=Secret.TRUSTED, digest=digests_of(digits)[0])
        audit.record(actor, "cases.leave_with_trusted", complaint.ref)
    return digits


def confirm_outcome(actor: Actor, secret: ComplaintSecret, *, solved: str, now: datetime) -> None:
    """What the reporter says came of it, for the desk. Once: said again, nothing changes.

    NotFound as `leave_with_trusted`; Conflict("undecided"),
    Invalid("unknown_choice").
    """
    if solved not in Solved.values:
        raise Invalid("unknown_choice", "solved", message=_("Choose one of the list."))
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=secret.complaint_id)
        _require_own(secret)
        if complaint.decided_at is None:
            raise Conflict("undecided", message=_("It is not decided yet. Come back when it is."))
        _row, is_new = ComplaintOutcome.objects.get_or_create(
            complaint=complaint, defaults={"solved": solved, "said_at": now}
        )
        if is_new:
            details: dict[str, Any] = {"solved": solved}
            audit.record(actor, "cases.confirm_outcome", complaint.ref, details=details)


def _require_open(secret: ComplaintSecret) -> None:
    if not ComplaintSecret.objects.filter(pk=secret.pk, ended_at=None).exists():
        raise NotFound(KIND)


def _require_own(secret: ComplaintSecret) -> None:
    _require_open(secret)
    if secret.kind == Secret.TRUSTED:
        raise NotFound(KIND)
