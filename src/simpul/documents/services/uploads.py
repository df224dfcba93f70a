"""A file on its way here: begun, sent in any number of parts from any number of windows, or given up."""

from datetime import datetime
from typing import BinaryIO, Final, Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.documents import folder
from simpul.documents.discarding import discard
from simpul.documents.kinds import largest
from simpul.documents.models import Upload, key_of, text_of
from simpul.documents.parts import PartLog, part_lock
from simpul.documents.queries import upload_for
from simpul.documents.reading import PIECE
from simpul.documents.rules import sender
from simpul.documents.sealing import new_key
from simpul.documents.sniffing import HEAD, glance, refuse
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound

OPEN: Final = 10  # uploads of one person that wait at once; the one longest untouched gives way
SETTLED: Final = 1 << 20  # bytes after which what has arrived is written down


class Source(Protocol):
    """What bytes are read from: a request, a file."""

    def read(self, size: int, /) -> bytes: ...


def begin_upload(actor: Actor, *, key: UUID, size: int, now: datetime) -> Upload:
    """An upload of `size` bytes under the sender's own `key`; the one there is, where it was begun before.

    Denied to who is not signed in. Invalid("file_size" | "file_empty", "file"); Conflict("upload_differs") where the
    key is that of another file of theirs.
    """
    user = sender(actor)
    _check_size(size)
    with transaction.atomic():
        known = Upload.objects.filter(user_id=user, sender_key=key).first()
        if known is None:
            known = _begun(actor, user, key, size, now)
    if known.size != size:
        raise Conflict("upload_differs", message=_("This is another file than before. Choose the file once more."))
    return known


def _check_size(size: int) -> None:
    if size <= 0:
        raise refuse("file_empty", _("This file is empty. Choose another one."))
    if size > largest():
        message = _("This file is too large: at most %(most)s MB. Send a smaller copy of it.")
        raise refuse("file_size", message % {"most": largest() // 1_000_000})


def _begun(actor: Actor, user: UUID, key: UUID, size: int, now: datetime) -> Upload:
    waiting = Upload.objects.filter(user_id=user).order_by("-touched_at", "-id")
    for old in waiting[OPEN - 1 :]:
        discard(old)
    upload = Upload(user_id=user, sender_key=key, size=size, key=text_of(new_key()), touched_at=now)
    try:
        with transaction.atomic():
            upload.save(force_insert=True)
    except IntegrityError:  # the same key at the same moment from another window
        return Upload.objects.get(user_id=user, sender_key=key)
    record(actor, "documents.begin_upload", upload.ref, details={"kilobytes": -(-size // 1000)})
    return upload


def receive_part(actor: Actor, key: UUID, *, offset: int, source: Source, now: datetime) -> int:
    """Append what `source` gives, from `offset` on; how many bytes of the file have arrived.

    Every piece is sealed before it touches the disk. What arrived before a connection or this process was lost stays,
    to the last whole megabyte. Conflict("upload_offset", theirs={"offset": n}) where something else is waited for,
    Conflict("upload_busy") while another window sends; Invalid for a file that its first bytes rule out, which is then
    given up; OSError where there is no room.
    """
    upload = upload_for(actor, key)
    path = folder.part_path(upload.pk)
    folder.make_room_for(path)
    try:
        with part_lock(path) as file:
            upload = upload_for(actor, key)  # anew: another window may have been faster
            if offset != upload.received:
                message = _("Part of this file had arrived already. Sending goes on from there.")
                raise Conflict("upload_offset", message=message, theirs={"offset": upload.received})
            return _append(upload, file, source, now)
    except Invalid:
        discard(upload)
        raise


def _append(upload: Upload, file: BinaryIO, source: Source, now: datetime) -> int:
    assert upload.key is not None
    log = PartLog(file, key_of(upload.key.open()), upload.pk, received=upload.received, stored=upload.stored)
    try:
        while piece := _piece(source, upload.size - log.received):
            if log.received == 0 and (len(piece) >= HEAD or len(piece) == upload.size):
                glance(piece[:HEAD], upload.size)
            log.append(piece)
            if log.received - upload.received >= SETTLED:
                _settle(upload, log, now)
    finally:
        if log.received != upload.received:
            _settle(upload, log, now)
    return upload.received


def _piece(source: Source, left: int) -> bytes:
    """As much as makes one record, however little the sender sends at a time; b"" at the end, or where nothing is left.

    What a broken connection delivered before it broke is given; the break shows again at the next call.
    """
    piece = bytearray()
    most = min(PIECE, left)
    while len(piece) < most:
        try:
            more = source.read(most - len(piece))
        except OSError:
            if piece:
                break
            raise
        if not more:
            break
        piece += more
    return bytes(piece)


def _settle(upload: Upload, log: PartLog, now: datetime) -> None:
    log.settle()
    there = Upload.objects.filter(pk=upload.pk).update(received=log.received, stored=log.stored, touched_at=now)
    if not there:
        raise NotFound("documents.upload", upload.sender_key)
    upload.received, upload.stored = log.received, log.stored


def close_upload(actor: Actor, key: UUID) -> Upload:
    """What has arrived is all there is: for a sender who could not say how long the file is. Invalid("file_empty")."""
    upload = upload_for(actor, key)
    if upload.received == 0:
        discard(upload)
        _check_size(0)
    Upload.objects.filter(pk=upload.pk).update(size=upload.received)
    upload.size = upload.received
    return upload


def cancel_upload(actor: Actor, key: UUID) -> None:
    """Give up an upload of one's own; nothing where there is none."""
    user = sender(actor)
    with transaction.atomic():
        upload = Upload.objects.filter(user_id=user, sender_key=key).first()
        if upload is None:
            return
        discard(upload)
        record(actor, "documents.cancel_upload", upload.ref)
