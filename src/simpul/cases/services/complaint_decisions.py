"""What becomes of a complaint: decided once, by the desk, or taken back by who made it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.cases.complaint_deciding import record_decision
from simpul.cases.complaint_kinds import Secret, Verdict
from simpul.cases.models import Complaint, ComplaintDecision, ComplaintSecret
from simpul.cases.rules.complaints import KIND, RECORD, decided_by, require, visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid, NotFound

LONGEST: Final = 4_000
# What only its own service decides.
_ELSEWHERE: Final = frozenset({Verdict.CASE})


def decide_complaint(
    actor: Actor,
    complaint: Complaint,
    *,
    id: UUID,  # noqa: A002
    verdict: str,
    words: str,
    reason: str = "",
    same_as: UUID | None = None,
    now: datetime,
) -> ComplaintDecision:
    """The desk decides; the reporter reads `words`, `reason` stays at the desk. The same `id` again is the same.

    NotFound out of sight, Denied for who only reads it. Conflict("decided_already"); Invalid("unknown_choice" |
    "words_needed" | "same_needed" | "too_long").
    """
    with transaction.atomic():
        held = Complaint.objects.select_for_update().get(pk=complaint.pk)
        require(actor, decided_by(actor), held, RECORD)
        if verdict not in Verdict.values or verdict in _ELSEWHERE:
            raise Invalid("unknown_choice", "verdict", message=_("Choose one of the list."))
        first = _same(actor, complaint, same_as) if verdict == Verdict.DUPLICATE else None
        row = ComplaintDecision(
            id=id,
            complaint=held,
            verdict=verdict,
            words=_text("words", words, needed=True),
            reason=_text("reason", reason, needed=False) or None,
            same_as=first,
            decided_at=now,
            decided_by_id=actor.person_id,
        )
        return record_decision(actor, row)


def withdraw_complaint(actor: Actor, secret: ComplaintSecret, *, id: UUID, now: datetime) -> ComplaintDecision:  # noqa: A002
    """Who made it takes it back, with a receipt of their own and no words. NotFound for any other receipt.

    Conflict("decided_already").
    """
    with transaction.atomic():
        held = Complaint.objects.select_for_update().get(pk=secret.complaint_id)
        own = ComplaintSecret.objects.filter(pk=secret.pk, ended_at=None).exclude(kind=Secret.TRUSTED)
        if not own.exists():
            raise NotFound(KIND)
        return record_decision(
            actor, ComplaintDecision(id=id, complaint=held, verdict=Verdict.WITHDRAWN, decided_at=now)
        )


def _same(actor: Actor, complaint: Complaint, other: UUID | None) -> Complaint:
    found = Complaint.objects.filter(visible_to(actor), pk=other).exclude(pk=complaint.pk).first() if other else None
    if found is None:
        raise Invalid("same_needed", "same_as", message=_("Choose the complaint that came first."))
    return found


def _text(field: str, text: str, *, needed: bool) -> str:
    text = text.strip()
    if needed and not text:
        raise Invalid("words_needed", field, message=_("Write what the person will read: a few warm, plain words."))
    if len(text) > LONGEST:
        raise Invalid("too_long", field, message=_("Use at most %(longest)s characters.") % {"longest": LONGEST})
    return text
