"""Putting away what nobody needs any more: the platform's own acts, repeated every hour."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from simpul.audit.services import record
from simpul.documents.discarding import discard
from simpul.documents.models import LIFE, Upload
from simpul.documents.queries import files_without_row
from simpul.documents.rules import check_is_platform
from simpul.kernel.actor import Actor

BATCH: Final = 500
# Long enough that a file being put in its place at this moment is never taken for a stray.
STRAY: Final = timedelta(days=1)


def expire_uploads(actor: Actor, *, now: datetime) -> int:
    """Give up what nobody has gone on with for a day; how many."""
    check_is_platform(actor)
    late = list(Upload.objects.filter(touched_at__lt=now - LIFE).order_by("touched_at", "id")[:BATCH])
    for upload in late:
        with transaction.atomic():
            discard(upload)
            record(actor, "documents.expire_uploads", upload.ref)
    return len(late)


def sweep_files(actor: Actor, *, now: datetime) -> int:
    """Remove files that no row knows and nobody has written for a day: a killed process left them. How many."""
    check_is_platform(actor)
    strays = list(_strays(now))
    if strays:
        with transaction.atomic():
            record(actor, "documents.sweep_files", None, details={"count": len(strays)})
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _strays(now: datetime) -> Iterator[Path]:
    for path, changed in files_without_row():
        if changed < now - STRAY:
            yield path
