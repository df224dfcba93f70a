"""Envelopes: what a device seals for this server alone, and can't open again itself.

ECIES over P-256: a key pair for one message, ECDH with the device's key, HKDF-SHA-256, AES-256-GCM. The bytes are
1 (version), 65 (the message's public point), 12 (nonce), then the ciphertext with its tag; in URL-safe base64 without
padding. The device's id is bound in, so that one device's envelope opens under no other's key. Inside: four bytes of
length, the text in UTF-8, and zeros up to the next kilobyte, so that the length tells little.
`web/static/js/unsent.js` is the other half.
"""

import base64
import binascii
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION: Final = 1
_CURVE: Final = ec.SECP256R1()
_POINT, _NONCE, _LENGTH = 65, 12, 4


class Damaged(ValueError):
    """It was not sealed for this key, or it was changed on its way."""


def new_private() -> str:
    number = ec.generate_private_key(_CURVE).private_numbers().private_value
    return base64.b64encode(number.to_bytes(32)).decode()


def public_of(private: str) -> str:
    """The uncompressed point, as the browser imports it."""
    return _written(_key(private).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def opened(private: str, device_id: UUID, envelope: str) -> str:
    """The text. Damaged for anything else."""
    try:
        raw = base64.urlsafe_b64decode(envelope + "=" * (-len(envelope) % 4))
        version, point, nonce = raw[0], raw[1 : 1 + _POINT], raw[1 + _POINT : 1 + _POINT + _NONCE]
        if version != VERSION:
            raise Damaged("another version")
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        label = f"simpul.envelope.{VERSION} {device_id}".encode()
        shared = _key(private).exchange(ec.ECDH(), theirs)
        key = HKDF(SHA256(), 32, salt=point, info=label).derive(shared)
        plain = AESGCM(key).decrypt(nonce, raw[1 + _POINT + _NONCE :], label)
        return plain[_LENGTH : _LENGTH + int.from_bytes(plain[:_LENGTH])].decode()
    except (binascii.Error, IndexError, InvalidTag, ValueError) as wrong:
        raise Damaged("not an envelope for this device") from wrong


def _key(private: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(base64.b64decode(private)), _CURVE)


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
