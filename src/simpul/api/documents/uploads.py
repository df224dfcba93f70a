"""Sending a file in parts: begun under the sender's own key, appended, taken up where it stopped, or given up."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Sent
from simpul.documents.models import Upload
from simpul.documents.queries import upload_for
from simpul.documents.services.uploads import begin_upload, cancel_upload, receive_part

router = Router(tags=["documents"])
SEND: Final = ("organisations:write", "imports:write")


class UploadSize(Sent):
    size: int = Field(ge=1, le=10**12, description=prose("Bytes of the whole file."))


class Piece(Shape):
    offset: int = Field(ge=0, le=10**12, description=prose("Where the piece begins: as many bytes as have arrived."))


class UploadLine(Shape):
    """How much of a file has arrived. An upload nobody goes on with is given up after a day."""

    key: UUID
    size: int
    received: int


@router.put(
    "/uploads/{uuid:key}",
    **told(
        prose("Begin to send a file"), prose("Under a key of your own; again it is the upload that was begun."),
        response=UploadLine, scopes=SEND, needs_token=True,
    ),
)  # fmt: skip
def start_upload(request: Call, key: UUID, sent: UploadSize) -> UploadLine:
    return _line(begin_upload(request.actor, key=key, size=sent.size, now=timezone.now()))


@router.get(
    "/uploads/{uuid:key}",
    **told(prose("How much of a file has arrived"), response=UploadLine, scopes=SEND, needs_token=True),
)
def read_upload(request: Call, key: UUID) -> UploadLine:
    return _line(upload_for(request.actor, key))


@router.post(
    "/uploads/{uuid:key}/parts",
    **told(
        prose("Send a piece of a file"),
        prose("As bytes. After a lost connection ask how much has arrived and go on there; 409 says it too."),
        response=UploadLine, scopes=SEND, needs_token=True, bytes_in=True,
    ),
)  # fmt: skip
def send_part(request: Call, key: UUID, piece: Query[Piece]) -> UploadLine:
    receive_part(request.actor, key, offset=piece.offset, source=request, now=timezone.now())
    return _line(upload_for(request.actor, key))


@router.delete(
    "/uploads/{uuid:key}",
    **told(
        prose("Give an upload up"), prose("Nothing where there is none."), response=None, status=204, scopes=SEND,
        needs_token=True,
    ),
)  # fmt: skip
def give_up_upload(request: Call, key: UUID) -> None:
    cancel_upload(request.actor, key)


def _line(row: Upload) -> UploadLine:
    return UploadLine(key=row.sender_key, size=row.size, received=row.received)
