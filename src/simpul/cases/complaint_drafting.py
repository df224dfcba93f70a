"""A complaint between its pages: an encrypted row that expires, found by a key in one cookie. Never the session."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from simpul.cases.complaint_kinds import LIFE_OF_A_DRAFT_MINUTES
from simpul.cases.complaint_receipts import key_digests
from simpul.cases.models import ComplaintDraft
from simpul.cases.rules.complaints import KIND
from simpul.documents.services.keeping import erase_documents
from simpul.kernel.actor import System, Visitor
from simpul.kernel.refs import RecordRef

LIVES: Final = timedelta(minutes=LIFE_OF_A_DRAFT_MINUTES)
MOST: Final = 20_000  # at once, on the whole node: somebody who begins more than that fills no disk
PLATFORM: Final = System("complaint drafts")


def draft_of(key: str, *, now: datetime) -> ComplaintDraft | None:
    """The draft of that key, sent ones too, unless it has expired."""
    return ComplaintDraft.objects.filter(digest__in=key_digests(key), expires_at__gt=now).first() if key else None


def answers_of(draft: ComplaintDraft | None) -> dict[str, Any]:
    return dict(draft.answers.open()) if draft and draft.answers else {}


def keep_answers(key: str, answers: Mapping[str, Any], *, now: datetime) -> ComplaintDraft:
    """The draft with these answers beside those it has, its half hour begun anew. One that was sent stays as it is."""
    draft = draft_of(key, now=now) or _begun(key, now)
    if draft.sent_at is not None:
        return draft
    with transaction.atomic():
        row = ComplaintDraft.objects.select_for_update().filter(pk=draft.pk, sent_at=None).first()
        if row is None:  # sent or forgotten at this very moment
            return draft
        row.answers = {**answers_of(row), **answers}
        row.begun = row.begun or bool(answers)
        row.expires_at = now + LIVES
        row.save(update_fields=["answers", "begun", "expires_at"])
    return row


def _begun(key: str, now: datetime) -> ComplaintDraft:
    drop(key)  # one that has expired and that nobody has swept yet
    make_room(now)
    fresh = ComplaintDraft(digest=key_digests(key)[0], expires_at=now + LIVES)
    fresh.answers = {}
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:  # the same form, sent twice at once
        return ComplaintDraft.objects.get(digest=fresh.digest)
    return fresh


def make_room(now: datetime, *, most: int = MOST) -> int:
    """Forget drafts until there are fewer than `most`; how many. A new one is never refused, and no address counted:
    what goes first is what nobody has written in, then what was left alone the longest.
    """
    rows = ComplaintDraft.objects.filter(sent_at=None)
    over = len(rows.values_list("pk", flat=True)[: most + 100]) - most + 1
    if over <= 0:
        return 0
    idle = list(rows.order_by("begun", "expires_at", "id")[:over])
    for draft in idle:
        forget(draft, now=now)
    return len(idle)


def writer_of(draft: ComplaintDraft) -> Visitor:
    """Who may add files to what the draft will be."""
    return Visitor(visit_id=draft.pk)


def drop(key: str, *, now: datetime | None = None) -> None:
    """Forget the draft of that key and its files, at once. What was sent stays sent."""
    for draft in ComplaintDraft.objects.filter(digest__in=key_digests(key)):
        forget(draft, now=now)


def forget(draft: ComplaintDraft, *, now: datetime | None = None) -> None:
    """Its row and, unless it was sent meanwhile, its files."""
    with transaction.atomic():
        found = ComplaintDraft.objects.select_for_update().filter(pk=draft.pk).first()
        if found is None:
            return
        if found.sent_at is None and found.files:
            erase_documents(PLATFORM, RecordRef(KIND, found.complaint), now=now or found.expires_at)
        found.delete()


def forget_expired(now: datetime, *, most: int = 500) -> int:
    """Drafts whose half hour is over; how many. Two at once forget each only once."""
    rows = list(ComplaintDraft.objects.filter(expires_at__lte=now).order_by("expires_at")[:most])
    for draft in rows:
        forget(draft, now=now)
    return len(rows)
