"""A complaint is sent: from its draft, once, to whoever may answer it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import get_language

from simpul.audit import services as audit
from simpul.cases.channels import Channel
from simpul.cases.complaint_clocks import start_reading_clock
from simpul.cases.complaint_drafting import answers_of, draft_of
from simpul.cases.complaint_kinds import About, ContactWish, Matter, ReportedBy, Secret, is_confidential
from simpul.cases.complaint_receipts import digests_of, digits_of, words_of
from simpul.cases.models import Complaint, ComplaintDraft, ComplaintExclusion, ComplaintSecret
from simpul.cases.queries.complaint_drafts import ATTEMPTS, DRAFT, receipt_of_sent
from simpul.cases.queries.complaint_routing import Asked, Route, route_of
from simpul.cases.relations import Relation
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.territory.names import zone_of

_CONTACT: Final = ("name", "phone", "safe_to_call", "hours", "may_leave_message", "via")


def submit_complaint(actor: Actor, *, key: str, now: datetime) -> Complaint:
    """What was written under that key becomes a complaint, in one transaction; sent again it is the same one.

    Nothing is required: what was not said counts as withheld. The receipt is computed from the key and never stored.
    NotFound where the draft has expired, or never was.
    """
    draft = draft_of(key, now=now)
    if draft is None:
        raise NotFound(DRAFT)
    with transaction.atomic():
        locked = ComplaintDraft.objects.select_for_update().filter(pk=draft.pk).first()
        if locked is None:
            raise NotFound(DRAFT)
        if locked.sent_at is not None:
            return Complaint.objects.get(pk=locked.complaint)
        complaint, route = _made(locked, answers_of(locked), now)
        complaint.save(force_insert=True)
        _issue(complaint, Secret.DIGITS, key)
        ComplaintExclusion.objects.bulk_create(
            ComplaintExclusion(complaint=complaint, person_id=person, since=now) for person in sorted(route.excluded)
        )
        start_reading_clock(complaint, now=now)
        locked.answers, locked.sent_at = None, now
        locked.save(update_fields=["answers", "sent_at"])
        details: dict[str, Any] = {
            "handler": complaint.handler_id,
            "level": complaint.level,
            "confidential": complaint.is_confidential,
            "excluded": len(route.excluded),
        }
        audit.record(actor, "cases.submit_complaint", complaint.ref, details=details)
    return complaint


def _made(draft: ComplaintDraft, said: Mapping[str, Any], now: datetime) -> tuple[Complaint, Route]:
    area, matter = said.get("area") or None, said.get("matter") or Matter.WITHHELD
    about = said.get("about") or About.WITHHELD
    appeal = Complaint.objects.filter(pk=str(said["appeal_of"])).first() if said.get("appeal_of") else None
    typed = f"{said.get('named') or ''} {said.get('hidden_from') or ''}"
    on = local_date(now, zone_of(area) if area else Zone.WIB)
    # Who decided the first one doesn't judge the objection to it.
    route = route_of(Asked(area, About.GROUP if appeal else about, typed, on))
    complaint = Complaint(
        id=draft.complaint,
        handler=route.handler,
        level=route.level,
        about_group=route.about_group or (appeal.handler if appeal else None),
        area_id=area,
        matter=matter,
        about=about,
        reported_by=said.get("reported_by") or ReportedBy.ANONYMOUS,
        channel=said.get("channel") or Channel.FORM,
        relation=said.get("relation") or Relation.WITHHELD,
        wish=said.get("wish") or ContactWish.NONE,
        is_confidential=is_confidential(matter, about) or bool(appeal and appeal.is_confidential),
        language=(get_language() or "id")[:2],
        narrative=said.get("narrative") or None,
        contact={name: said[name] for name in _CONTACT if said.get(name)} or None,
        named=said.get("named") or None,
        hidden_from=said.get("hidden_from") or None,
        appeal_of=appeal,
        received_at=now,
        received_on=on,
    )
    return complaint, route


def _issue(complaint: Complaint, kind: Secret, key: str) -> str:
    """Write the HMAC of this kind of receipt, of the first that nobody else has; the receipt itself."""
    make = words_of if kind == Secret.WORDS else digits_of
    for attempt in range(ATTEMPTS):
        receipt = make(key, attempt)
        digests = digests_of(receipt)
        taken = ComplaintSecret.objects.filter(digest__in=digests).first()
        if taken is None:
            ComplaintSecret.objects.create(complaint=complaint, kind=kind, digest=digests[0])
        if taken is None or taken.complaint_id == complaint.pk:
            return receipt
    raise RuntimeError("no free receipt")  # five times in 10^16


def give_words(actor: Actor, *, key: str, now: datetime) -> str:
    """Four words that open the complaint too, for who has just sent it and asks for them. Again they are the same.

    NotFound as `receipt_of_sent`.
    """
    complaint, _digits = receipt_of_sent(key, now=now)
    with transaction.atomic():
        Complaint.objects.select_for_update().get(pk=complaint.pk)
        known = ComplaintSecret.objects.filter(complaint=complaint, kind=Secret.WORDS, ended_at=None).exists()
        words = _issue(complaint, Secret.WORDS, key)
        if not known:
            audit.record(actor, "cases.give_words", complaint.ref)
    return words
