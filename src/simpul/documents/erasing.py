"""The end of a document: its title, data keys and files. Keys go with the transaction, files once that is certain."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from simpul.audit.erasers import eraser
from simpul.audit.services import note_erasures
from simpul.documents import folder
from simpul.documents.models import Document, RemovalReason, Version
from simpul.records.locks import lock_graph


def destroy(document: Document, reason: str, at: datetime | Now) -> bool:
    """Whether it was still there. Within a transaction; a restored backup destroys it again."""
    lock_graph(f"documents.{document.subject}")
    there = Document.objects.filter(pk=document.pk, removed_at=None).first()
    if there is None:
        return False
    there.removed_at, there.removal_reason, there.title = at, reason, None
    there.save(update_fields=["removed_at", "removal_reason", "title"])
    versions = list(Version.objects.filter(document=document))
    for version in versions:
        version.key, version.digest = None, ""
        version.save(update_fields=["key", "digest"])
    note_erasures(document.ref)
    transaction.on_commit(lambda: _remove_files(versions))
    return True


def _remove_files(versions: list[Version]) -> None:
    for version in versions:
        folder.remove_file(version.file_id)


@eraser("documents.document")
def destroy_again(ids: Sequence[UUID]) -> int:
    """What was destroyed after a backup was taken, in what was restored from it."""
    rows = Document.objects.filter(pk__in=ids, removed_at=None).order_by("id")
    return sum(destroy(row, RemovalReason.ERASED, Now()) for row in rows)
