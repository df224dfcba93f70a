"""From an upload that is whole to a file that is kept: recognised, made harmless, sealed under a key of its own."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast
from uuid import UUID

from simpul.documents import folder
from simpul.documents.kinds import Family, FileType
from simpul.documents.models import Upload, key_of, text_of
from simpul.documents.parts import PartReader
from simpul.documents.pictures import redraw
from simpul.documents.sealing import Part, Place, new_key, seal
from simpul.documents.sniffing import recognise
from simpul.documents.sounds import silence
from simpul.vault.blind import keyed_digests

_PURPOSE: Final = "documents.digest"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in its place. `digests` under every key of the ring, the current one first."""

    file_id: UUID
    key: bytes
    type: FileType
    size: int
    preview_size: int | None
    digests: tuple[str, ...]

    def columns(self) -> dict[str, Any]:
        """As `models.Version` keeps them."""
        return {
            "file_id": self.file_id,
            "key": text_of(self.key),
            "media": self.type.media,
            "size": self.size,
            "preview_size": self.preview_size,
            "digest": self.digests[0],
        }


@contextmanager
def kept(upload: Upload, owner: UUID) -> Iterator[Kept]:
    """The upload, checked and put in its place. Where the block fails the file is removed again.

    Invalid, in words for the sender, for what is not taken; Tampered; OSError where there is no room.
    """
    file_id = uuid.uuid4()
    try:
        with opened_upload(upload) as reader:
            file = cast("BinaryIO", reader)
            found = recognise(file, upload.size)
            digests = _digests(reader.pieces(), owner)
            made = _write(file_id, new_key(), found, reader, upload.size)
        yield Kept(file_id, made.key, found, made.size, made.preview_size, digests)
    except BaseException:
        folder.remove_file(file_id)
        raise


def opened_upload(upload: Upload) -> PartReader:
    """The plaintext of what has arrived."""
    log = folder.part_path(upload.pk).open("rb")
    assert upload.key is not None
    return PartReader(log, key_of(upload.key.open()), upload.pk, stored=upload.stored)


def _digests(pieces: Iterable[bytes], owner: UUID) -> tuple[str, ...]:
    """Of what was sent, before anything is taken out of it. Keyed and per owner: equal files of two owners differ."""
    running = hashlib.sha256()
    for piece in pieces:
        running.update(piece)
    return tuple(keyed_digests(_PURPOSE, f"{owner}:{running.hexdigest()}"))


@dataclass(frozen=True, slots=True)
class _Written:
    key: bytes
    size: int
    preview_size: int | None


def _write(file_id: UUID, key: bytes, found: FileType, reader: PartReader, size: int) -> _Written:
    if found.family is Family.SOUND:
        reader.seek(0)
        plain = silence(reader.readall() or b"", found)
        _put(file_id, key, Part.FILE, [plain])
        return _Written(key, len(plain), None)
    if found.family is not Family.PICTURE:
        _put(file_id, key, Part.FILE, reader.pieces())
        return _Written(key, size, None)
    drawn = redraw(cast("BinaryIO", reader), found)
    _put(file_id, key, Part.FILE, [drawn.data])
    _put(file_id, key, Part.PREVIEW, [drawn.preview])
    return _Written(key, len(drawn.data), len(drawn.preview))


def _put(file_id: UUID, key: bytes, part: Part, plain: Iterable[bytes]) -> None:
    folder.write_whole(folder.file_path(file_id, part), seal(key, Place(file_id, part), plain))
