"""How a file lies on disk: sealed chunk by chunk, so that it is read and written without ever being whole in clear.

    header (16 bytes): "SMPD", version, part, log2 of the chunk, 2 zero bytes, 7 bytes of nonce prefix
    chunks: AES-256-GCM of 64 KiB of plaintext each (the last one shorter), 16 bytes of tag after each

The nonce is the prefix, the number of the chunk (4 bytes) and 1 for the last chunk, else 0, as in STREAM (Hoang,
Reyhanitabar, Rogaway, Vizar 2015): a chunk that is moved, repeated, left out or cut off does not open. The associated
data are the header and the file's id, so a file put in another's place does not open either. Each file has a data key
of its own, made when it is written; the first byte of the prefix is the part, so the parts of one file share no nonce.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from simpul.documents.reading import PlainReader
from simpul.vault.errors import Tampered

CHUNK: Final = 1 << 16  # bytes of plaintext
TAG: Final = 16
KEY: Final = 32
HEADER: Final = 16
_MAGIC: Final = b"SMPD\x01"
_PREFIX: Final = 7


class Part(IntEnum):
    """What of a version a file holds."""

    FILE = 1
    PREVIEW = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Which file this is: `file_id` is its name on disk."""

    file_id: UUID
    part: Part


def new_key() -> bytes:
    return secrets.token_bytes(KEY)


def sealed_length(size: int) -> int:
    """Bytes on disk for `size` bytes of plaintext."""
    return HEADER + size + TAG * _chunks(size)


def _chunks(size: int) -> int:
    return max(1, -(-size // CHUNK))


def seal(key: bytes, place: Place, plain: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed file, piece by piece; `plain` may come in pieces of any length."""
    header = _MAGIC + bytes((place.part, 16, 0, 0)) + bytes((place.part,)) + secrets.token_bytes(_PREFIX - 1)
    cipher, bound = AESGCM(key), header + place.file_id.bytes
    yield header
    waiting, number = bytearray(), 0
    for piece in plain:
        waiting += piece
        # One byte more than a chunk has to be there: only then is it known not to be the last.
        while len(waiting) > CHUNK:
            yield cipher.encrypt(_nonce(header, number, last=False), bytes(waiting[:CHUNK]), bound)
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(header, number, last=True), bytes(waiting), bound)


def _nonce(header: bytes, number: int, *, last: bool) -> bytes:
    return header[-_PREFIX:] + number.to_bytes(4) + bytes((last,))


class SealedReader(PlainReader):
    """The plaintext of a sealed file of `size` bytes. Tampered for one that was changed; it is closed then."""

    def __init__(self, sealed: BinaryIO, key: bytes, place: Place, size: int) -> None:
        super().__init__(sealed, size)
        self._cipher, self._held = AESGCM(key), (-1, b"")
        header = sealed.read(HEADER)
        if sealed.seek(0, os.SEEK_END) != sealed_length(size) or header[:6] != _MAGIC + bytes((place.part,)):
            self.close()
            raise Tampered("A stored file is not as long as it was written, or is another one.")
        self._header, self._bound = header, header + place.file_id.bytes

    def _from(self, at: int) -> memoryview:
        number, within = divmod(at, CHUNK)
        return memoryview(self._chunk(number))[within:]

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            self._sealed.seek(HEADER + number * (CHUNK + TAG))
            nonce = _nonce(self._header, number, last=number == _chunks(self._size) - 1)
            try:
                plain = self._cipher.decrypt(nonce, self._sealed.read(CHUNK + TAG), self._bound)
            except InvalidTag:
                raise Tampered("A stored file does not open: it was changed, or moved here from another.") from None
            self._held = (number, plain)
        return self._held[1]
