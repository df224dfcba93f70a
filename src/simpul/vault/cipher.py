"""Sealing and opening: AES-256-GCM under a key of one column, bound to one row.

A sealed value is text: "v1.<key id>.<base64url of 12 bytes of nonce, then ciphertext and tag>". The associated data are
the version, the key id, the table, the column and the primary key, so the value opens nowhere else. The plaintext is
padded to whole blocks of 32 bytes, so its length tells little.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from simpul.vault.errors import Tampered
from simpul.vault.ring import KeyRing

_NONCE = 12
_BLOCK = 32
_CUT = "The sealed value is cut short or is none."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value belongs. `column` is "table.column", `row` the primary key as text."""

    column: str
    row: str

    def bound(self, key_id: str) -> bytes:
        return "\x00".join(("simpul.vault.1", key_id, self.column, self.row)).encode()

    @property
    def purpose(self) -> str:
        return f"field:{self.column}"


def seal(ring: KeyRing, place: Place, plaintext: bytes, key_id: str | None = None) -> str:
    """The sealed text, under the ring's current key unless another is named."""
    key_id = key_id or ring.current
    nonce = secrets.token_bytes(_NONCE)
    padded = plaintext + b"\x80" + b"\x00" * (-(len(plaintext) + 1) % _BLOCK)
    sealed = AESGCM(ring.derive(key_id, place.purpose)).encrypt(nonce, padded, place.bound(key_id))
    return f"{prefix(key_id)}{urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(ring: KeyRing, place: Place, text: str) -> bytes:
    """What was sealed. UnknownKey, Tampered."""
    key_id, body = _parts(text)
    key = ring.derive(key_id, place.purpose)
    try:
        padded = AESGCM(key).decrypt(body[:_NONCE], body[_NONCE:], place.bound(key_id))
    except InvalidTag:
        raise Tampered(
            f"A value of {place.column} does not open: it was changed, it was moved here from another row, or the ring "
            f"holds another key named {key_id}."
        ) from None
    return padded[: padded.rindex(b"\x80")]


def _parts(text: str) -> tuple[str, bytes]:
    version, _, rest = text.partition(".")
    key_id, _, encoded = rest.partition(".")
    if version != "v1":
        raise Tampered(_CUT)
    try:
        body = urlsafe_b64decode(encoded)
    except ValueError:
        raise Tampered(_CUT) from None
    if len(body) < _NONCE + 16 + _BLOCK:
        raise Tampered(_CUT)
    return key_id, body


def prefix(key_id: str) -> str:
    """How every value sealed with that key begins."""
    return f"v1.{key_id}."


def mac(ring: KeyRing, purpose: str, value: str, key_id: str) -> str:
    """A blind index: "<key id>.<HMAC-SHA256 of the value, base64url>", equal for equal values of one purpose."""
    digest = hmac.digest(ring.derive(key_id, f"index:{purpose}"), value.encode(), "sha256")
    return f"{key_id}.{urlsafe_b64encode(digest).decode().rstrip('=')}"
