"""A passkey in software: makes key pairs and signs as a phone does, and as a thief's would."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Phone:
    """One key. `origin` is the site its browser is on; `verifies`: whether it asks for the finger."""

    origin: str = "https://simpul.example.org"
    verifies: bool = True
    counts: bool = True
    signs: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def makes(self, options: str) -> str:
        """What the browser sends for a new key."""
        asked = json.loads(options)["publicKey"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + public
        data = self._data(asked["rp"]["id"], ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer("webauthn.create", asked, attestationObject=attestation)

    def signs_in(self, options: str) -> str:
        """What the browser sends for a signature."""
        asked = json.loads(options)["publicKey"]
        self.signs += self.counts
        data = self._data(asked["rpId"], 0)
        client = self._client("webauthn.get", asked)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer("webauthn.get", asked, authenticatorData=data, signature=signature)

    def _data(self, host: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.signs.to_bytes(4)

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _answer(self, kind: str, asked: dict[str, Any], **parts: bytes) -> str:
        response = {"clientDataJSON": text(self._client(kind, asked)), **{n: text(p) for n, p in parts.items()}}
        return json.dumps({"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response})
