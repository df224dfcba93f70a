"""The answers of a first run between its pages: sealed rows that expire, never the session, never the browser."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from simpul.access.models import OpeningDraft

LIVES: Final = timedelta(minutes=30)


def keep_draft(draft_id: UUID | None, answers: dict[str, str], *, logo: bytes | None, now: datetime) -> OpeningDraft:
    """The draft with these answers, its time begun anew; `logo` None keeps the one it has. Expired drafts are gone."""
    OpeningDraft.objects.filter(expires_at__lte=now).delete()
    kept = draft(draft_id, now=now) or OpeningDraft()
    kept.answers = answers
    kept.expires_at = now + LIVES
    if logo is not None:
        kept.logo = logo
    kept.save()
    return kept


def drop_draft(draft_id: UUID) -> None:
    OpeningDraft.objects.filter(pk=draft_id).delete()


def draft(draft_id: UUID | None, *, now: datetime) -> OpeningDraft | None:
    """The draft, unless it has expired."""
    return OpeningDraft.objects.filter(pk=draft_id, expires_at__gt=now).first() if draft_id else None
