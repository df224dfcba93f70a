"""Envelopes as a phone seals them: the other half of `accounts.envelopes`, in Python in place of a browser."""

import base64
import json
import os
from collections.abc import Iterable
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Fields = Iterable[tuple[str, str]]


def padded(text: str) -> bytes:
    raw = text.encode()
    whole = len(raw).to_bytes(4) + raw
    return whole + bytes(-len(whole) % 1024)


def sealed(public: str, device_id: UUID, text: str) -> str:
    curve = ec.SECP256R1()
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(curve, base64.urlsafe_b64decode(public + "=="))
    mine = ec.generate_private_key(curve)
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    label = f"simpul.envelope.1 {device_id}".encode()
    key = HKDF(SHA256(), 32, salt=point, info=label).derive(mine.exchange(ec.ECDH(), theirs))
    nonce = os.urandom(12)
    raw = bytes([1]) + point + nonce + AESGCM(key).encrypt(nonce, padded(text), label)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def kept(public: str, device_id: UUID, pin: str, fields: Fields) -> str:
    """A first screen as the page puts it away."""
    return sealed(public, device_id, json.dumps({"pin": pin, "fields": list(fields)}))
