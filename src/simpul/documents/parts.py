"""What of an upload has arrived: a sealed log that grows piece by piece and is cut back to what is known to be whole.

    record: length of the plaintext (4 bytes), nonce (12, random), AES-256-GCM of at most 64 KiB, tag (16)

A piece that arrives is sealed before it touches the disk, whatever its length; the associated data are the upload's id
and the place of its first byte, so records can't be swapped. How many bytes of the log hold is the row's word: what a
killed process left after them is cut off by the next.
"""

import fcntl
import os
import secrets
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from simpul.documents.reading import PIECE, PlainReader
from simpul.kernel.errors import Conflict
from simpul.vault.errors import Tampered

_LENGTH, _NONCE, _TAG = 4, 12, 16
_CHANGED: Final = "What arrived of a file was changed on disk."


def _bound(upload_id: UUID, at: int) -> bytes:
    return b"simpul.documents.part.1" + upload_id.bytes + at.to_bytes(8)


@contextmanager
def part_lock(path: Path) -> Iterator[BinaryIO]:
    """The log, for one writer at a time. Conflict("upload_busy") at once where another has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = _("This file is being sent from another window. Wait until that ends.")
            raise Conflict("upload_busy", message=message) from None
        yield file


class PartLog:
    """Appends pieces. `received` counts plaintext, `stored` the bytes of the log that are whole."""

    def __init__(self, file: BinaryIO, key: bytes, upload_id: UUID, *, received: int, stored: int) -> None:
        self._file, self._cipher, self._id = file, AESGCM(key), upload_id
        self.received, self.stored = received, stored
        if file.seek(0, os.SEEK_END) < stored:
            raise Tampered("What arrived of a file is shorter on disk than it was: it was cut off.")
        file.truncate(stored)
        file.seek(stored)

    def append(self, piece: bytes) -> None:
        """At most 64 KiB. OSError where there is no room; the log is then as it was before."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, piece, _bound(self._id, self.received))
        record = memoryview(len(piece).to_bytes(_LENGTH) + nonce + sealed)
        try:
            written = 0
            while written < len(record):  # a nearly full disk takes a part of it before it refuses
                written += self._file.write(record[written:])
        except OSError:
            self._file.truncate(self.stored)
            self._file.seek(self.stored)
            raise
        self.received += len(piece)
        self.stored += len(record)

    def settle(self) -> None:
        """What was appended survives a loss of power."""
        os.fsync(self._file.fileno())


class PartReader(PlainReader):
    """The plaintext of the first `stored` bytes of a log. Tampered, as `SealedReader`."""

    def __init__(self, log: BinaryIO, key: bytes, upload_id: UUID, *, stored: int) -> None:
        self._cipher, self._id, self._held = AESGCM(key), upload_id, (-1, b"")
        self._starts, self._places, size = _index(log, stored)
        super().__init__(log, size)

    def _from(self, at: int) -> memoryview:
        number = bisect_right(self._starts, at) - 1
        return memoryview(self._record(number))[at - self._starts[number] :]

    def _record(self, number: int) -> bytes:
        if self._held[0] != number:
            self._sealed.seek(self._places[number])
            length = int.from_bytes(self._sealed.read(_LENGTH))
            nonce, sealed = self._sealed.read(_NONCE), self._sealed.read(length + _TAG)
            try:
                plain = self._cipher.decrypt(nonce, sealed, _bound(self._id, self._starts[number]))
            except InvalidTag:
                raise Tampered(_CHANGED) from None
            self._held = (number, plain)
        return self._held[1]


def _index(log: BinaryIO, stored: int) -> tuple[list[int], list[int], int]:
    """Where each record begins: in the plaintext, in the log; and how long the plaintext is."""
    starts, places, at, place = [], [], 0, 0
    while place < stored:
        log.seek(place)
        length = int.from_bytes(log.read(_LENGTH))
        if not 0 < length <= PIECE:
            log.close()
            raise Tampered(_CHANGED)
        starts.append(at)
        places.append(place)
        at, place = at + length, place + _LENGTH + _NONCE + length + _TAG
    return starts, places, at
