"""The key of an outbox: what a phone writes without a signal, and what it was given to read there, lies under it.

One key for one sign-in on one trusted device, derived from the private half of that device's key pair, so that nothing
more is stored here and both are gone as soon as the device is trusted no more. The phone holds the key in memory alone.
To find it again where there is no signal, it keeps the key wrapped under four words, which the server draws and the
page shows: 44 bits, and 600,000 rounds of PBKDF2 for each guess (docs/decisions). Never under the PIN: whoever took the
phone would try a million PINs on the wrapping, and have the sign-in too.

A box is 12 bytes of nonce and AES-256-GCM over four bytes of length, the text in UTF-8 and zeros up to the next 256
bytes, in URL-safe base64 without padding. Device, sign-in, purpose and id are bound in: a box answers for nothing but
what it was made for. `web/static/js/outbox.js` is the other half.
"""

import base64
import binascii
import hmac
import os
from enum import StrEnum
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from simpul.kernel.words import WORDS

VERSION: Final = 1
NUMBER_OF_WORDS: Final = 4
_NONCE, _LENGTH, _ROOM = 12, 4, 256


class Purpose(StrEnum):
    RECORD = "record"  # the phone to the server
    ANSWER = "answer"  # what the server says of a record
    LIST = "list"  # what the phone needs to know at a place without a signal


class Unreadable(ValueError):
    """It was not sealed under this key, or it was changed on its way."""


def key_of(private: str, device_id: UUID, sign_in: UUID) -> bytes:
    """32 bytes. `private` as `DeviceKey` holds it."""
    return hmac.digest(_raw(private), f"simpul.outbox.{VERSION} key {device_id} {sign_in}".encode(), "sha256")


def words_of(private: str, device_id: UUID, sign_in: UUID) -> str:
    """Four words with single spaces."""
    drawn = hmac.digest(_raw(private), f"simpul.outbox.{VERSION} words {device_id} {sign_in}".encode(), "sha256")
    number, words = int.from_bytes(drawn), []
    for _place in range(NUMBER_OF_WORDS):
        number, at = divmod(number, len(WORDS))
        words.append(WORDS[at])
    return " ".join(words)


def label(purpose: Purpose, device_id: UUID, sign_in: UUID, about: UUID) -> bytes:
    """What a box is bound to. `about` is the id of the record, or of what the list is of."""
    return f"simpul.outbox.{VERSION} {purpose} {device_id} {sign_in} {about}".encode()


def boxed(key: bytes, bound: bytes, text: str) -> str:
    raw = text.encode()
    whole = len(raw).to_bytes(_LENGTH) + raw
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(key).encrypt(nonce, whole + bytes(-len(whole) % _ROOM), bound)
    return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def unboxed(key: bytes, bound: bytes, box: str) -> str:
    """The text. Unreadable for anything else."""
    try:
        raw = base64.urlsafe_b64decode(box + "=" * (-len(box) % 4))
        plain = AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], bound)
        return plain[_LENGTH : _LENGTH + int.from_bytes(plain[:_LENGTH])].decode()
    except (binascii.Error, InvalidTag, ValueError) as wrong:
        raise Unreadable("not of this outbox") from wrong


def _raw(private: str) -> bytes:
    return base64.b64decode(private)
