"""Reading documents: fetched and authorised in one step, opened without ever being whole in memory or on disk."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.documents import folder, policies
from simpul.documents.intake import opened_upload
from simpul.documents.models import Document, Upload, Version, key_of
from simpul.documents.rules import KIND, authorise, sender, visible_to
from simpul.documents.sealing import Part, Place, SealedReader
from simpul.documents.sniffing import refuse
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold_words
from simpul.vault.errors import Tampered


def documents_for(actor: Actor) -> QuerySet[Document]:
    """All that the actor may see, the newest first."""
    return Document.objects.filter(visible_to(actor)).order_by("-added_at", "-id")


def documents_of(actor: Actor, subject: RecordRef) -> list[Document]:
    """Those of one record, by kind and then the newest first, each with `versions`. Two queries."""
    rows = Document.objects.filter(
        visible_to(actor, subject.kind), subject_kind=subject.kind, subject_id=subject.uuid
    ).prefetch_related(Prefetch("versions", Version.objects.order_by("-number")))
    policy = policies.policy_of(subject.kind)
    order = {code: place for place, code in enumerate(policy.kinds if policy else ())}
    return sorted(rows.order_by("-added_at", "-id"), key=lambda row: order.get(row.kind, len(order)))


def documents_of_many(actor: Actor, kind: str, subjects: Collection[UUID]) -> QuerySet[Document]:
    """Those of several records of one kind, the oldest first. One query."""
    seen = Document.objects.filter(visible_to(actor, kind), subject_kind=kind, subject_id__in=subjects)
    return seen.order_by("added_at", "id")


def document_for(actor: Actor, document_id: UUID) -> Document:
    """NotFound for one out of sight, as for one that never was."""
    found = Document.objects.filter(visible_to(actor), pk=document_id).first()
    if found is None:
        raise NotFound(KIND, document_id)
    return found


def kept_document(actor: Actor, document_id: UUID) -> Document:
    """One that the actor may change: in sight, and its record theirs to keep. NotFound, Denied."""
    found = document_for(actor, document_id)
    authorise(actor, found.subject)
    return found


def version_for(actor: Actor, document_id: UUID, number: int | None = None) -> Version:
    """The newest version, for who sees the document; an earlier one, for who keeps it. NotFound."""
    document = document_for(actor, document_id)
    if number is not None:
        authorise(actor, document.subject)
    versions = Version.objects.select_related("document").filter(document=document)
    if number is not None:
        versions = versions.filter(number=number)
    found = versions.order_by("-number").first()
    if found is None:
        raise NotFound(KIND, document_id)
    return found


def opened(version: Version, part: Part = Part.FILE) -> SealedReader:
    """The plaintext of a version that was authorised. NotFound where it has no such part, or was erased."""
    size = version.size if part is Part.FILE else version.preview_size
    if version.key is None or size is None:
        raise NotFound(KIND, version.document_id)
    try:
        sealed = folder.file_path(version.file_id, part).open("rb")
    except FileNotFoundError:
        raise Tampered("A stored file is missing. `simpul check` names its row; restore it from a backup.") from None
    return SealedReader(sealed, key_of(version.key.open()), Place(version.file_id, part), size)


def file_name(version: Version) -> str:
    """For whoever saves it: its title in plain letters."""
    title = version.document.title
    plain = fold_words(title.open() if title else "").encode("ascii", "ignore").decode()
    return f"{plain.replace(' ', '-').strip('-')[:80] or 'dokumen'}.{version.type.extension}"


def upload_for(actor: Actor, key: UUID) -> Upload:
    """The actor's own upload by the id they gave it. NotFound for anybody else's, as for none."""
    found = Upload.objects.filter(user_id=sender(actor), sender_key=key).first()
    if found is None:
        raise NotFound("documents.upload", key)
    return found


def sent_bytes(actor: Actor, key: UUID, *, most: int) -> bytes:
    """The plaintext of the actor's own whole upload, in memory and nowhere else: for what is read and not kept.

    Invalid("upload_gone" | "upload_unfinished", "file"), Invalid("file_size", "file") for more than `most`.
    """
    try:
        found = upload_for(actor, key)
    except NotFound as error:
        message = _("The file is not here any more: it was sent too long ago. Choose it once more.")
        raise refuse("upload_gone", message) from error
    if not found.is_whole:
        raise refuse("upload_unfinished", _("The file has not arrived whole. Choose it once more."))
    if found.size > most:
        message = _("This file is too large: at most %(most)s MB. Send a smaller copy of it.")
        raise refuse("file_size", message % {"most": most // 1_000_000})
    with opened_upload(found) as reader:
        return b"".join(reader.pieces())


def rows_without_file() -> Iterator[UUID]:
    """Ids of documents of which a file is missing on disk, or is not as long as it was."""
    for version in Version.objects.filter(key__isnull=False).order_by("pk").iterator(chunk_size=500):
        if not all(_is_there(version, part) for part in Part):
            yield version.document_id


def _is_there(version: Version, part: Part) -> bool:
    size = version.size if part is Part.FILE else version.preview_size
    return size is None or folder.is_there(version.file_id, part, size)


def files_without_row() -> Iterator[tuple[Path, datetime]]:
    """Files of the data folder that no row knows, half-written ones too, and when each was last written."""
    versions = Version.objects.filter(key__isnull=False)
    for found, ids in (
        (folder.stored_files(), lambda some: versions.filter(file_id__in=some).values_list("file_id", flat=True)),
        (folder.stored_parts(), lambda some: Upload.objects.filter(pk__in=some).values_list("pk", flat=True)),
    ):
        while batch := list(islice(found, 500)):
            known = set(ids([file_id for file_id, _ in batch if file_id]))
            for file_id, path in batch:
                changed = folder.changed_at(path)
                if file_id not in known and changed is not None:
                    yield path, changed


def late_uploads(before: datetime) -> int:
    """How many unfinished uploads have been touched last before that moment."""
    return Upload.objects.filter(touched_at__lt=before).count()
