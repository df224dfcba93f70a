"""Keeping what a context has made itself: no upload, nothing to be checked, sealed like every other file."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from simpul.documents import folder
from simpul.documents.kinds import FileType
from simpul.documents.models import Document, Version, text_of
from simpul.documents.sealing import Part, Place, new_key, seal
from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef

_NUMBER: Final = 1


def keep_made(
    actor: Actor,
    subject: RecordRef,
    owner: UUID,
    *,
    data: bytes,
    as_type: FileType,
    title: str,
    kind: str,
    now: datetime,
) -> Document:
    """Within the caller's transaction; whoever makes it has judged already who may. OSError where there is no room.

    Where the transaction fails the file is left over, and swept away within the hour.
    """
    key, file_id = new_key(), uuid4()
    folder.write_whole(folder.file_path(file_id, Part.FILE), seal(key, Place(file_id, Part.FILE), [data]))
    document = Document.objects.create(
        owner_organisation=owner, subject_kind=subject.kind, subject_id=subject.uuid, added_at=now, title=title,
        kind=kind, audience="desk",
    )  # fmt: skip
    Version.objects.create(
        document=document, number=_NUMBER, file_id=file_id, key=text_of(key), media=as_type.media, size=len(data),
        added_at=now, added_by=actor.user_id,
    )  # fmt: skip
    return document
