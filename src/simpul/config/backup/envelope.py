"""A backup sealed with a passphrase: a stream of blocks, none of which can be changed, moved, added or left out.

A line of JSON says how the key is made of the passphrase. Then block after block: four bytes of length, and a megabyte
under AES-GCM whose nonce counts the blocks and marks the last.
"""

import json
import secrets
import struct
from base64 import b64decode, b64encode
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from simpul.config.cli.console import stop

MARK: Final = b"simpul backup, sealed with a passphrase\n"
SHORTEST: Final = 12  # characters of a passphrase
_BLOCK: Final = 1 << 20
_COST: Final = {"n": 2**16, "r": 8, "p": 1}  # 64 MB and a fraction of a second for each guess
_HARDEST: Final = {"n": 2**20, "r": 8, "p": 4}  # what opening will take on, whatever the file asks for
_DAMAGED: Final = "This backup was changed, is cut off, or the passphrase is not its own."


class SealedWriter:
    """Takes bytes, writes them sealed to `file`. `finish` ends it; without that nothing opens it."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        if len(passphrase) < SHORTEST:
            stop("Choose a passphrase of at least 12 characters: five or six unrelated words are easy to keep.")
        salt, self._prefix = secrets.token_bytes(16), secrets.token_bytes(7)
        head = {**_COST, "salt": b64encode(salt).decode(), "prefix": b64encode(self._prefix).decode()}
        self._file, self._held, self._number = file, bytearray(), 0
        self._cipher = AESGCM(_key(passphrase, salt, _COST))
        self._file.write(MARK + json.dumps(head).encode("ascii") + b"\n")

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) > _BLOCK:  # more than one block: this one is not the last
            self._seal(bytes(self._held[:_BLOCK]), last=False)
            del self._held[:_BLOCK]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, block: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), block, None)
        self._file.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1


class SealedReader:
    """Gives back what a `SealedWriter` took. Stop for a wrong passphrase, a changed file, one that is cut off."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file, self._held, self._number, self._ended = file, bytearray(), 0, False
        try:
            head = json.loads(file.readline(4096))
            cost = {name: min(int(head[name]), most) for name, most in _HARDEST.items()}
            self._prefix = b64decode(head["prefix"], validate=True)
            self._cipher = AESGCM(_key(passphrase, b64decode(head["salt"], validate=True), cost))
        except (ValueError, KeyError, TypeError):
            stop(_DAMAGED)

    def read(self, size: int) -> bytes:
        while len(self._held) < size and not self._ended:
            self._open()
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def _open(self) -> None:
        length = self._file.read(4)
        wanted = struct.unpack(">I", length)[0] if len(length) == 4 else 0
        sealed = self._file.read(wanted) if 16 <= wanted <= _BLOCK + 16 else b""
        if not wanted or len(sealed) != wanted:
            stop(_DAMAGED)
        for last in (False, True):
            try:
                self._held += self._cipher.decrypt(_nonce(self._prefix, self._number, last=last), sealed, None)
            except InvalidTag:
                continue
            self._number, self._ended = self._number + 1, last
            return
        stop(_DAMAGED)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">I", number) + bytes([last])


def _key(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())
