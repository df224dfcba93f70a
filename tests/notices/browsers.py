"""A browser's side of push: its keys, and reading what was encrypted for it (RFC 8291, RFC 8188)."""

import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from simpul.accounts.models import Device, Session, User
from simpul.accounts.services.devices import make_device
from simpul.notices.channels.encrypting import b64
from simpul.notices.models import PushSubscription
from tests.factories.notices import NOW


@dataclass
class Browser:
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": b64(self.public), "auth": b64(self.secret)}

    def read(self, sealed: bytes) -> bytes:
        """InvalidTag for what is meant for another."""
        salt, length = sealed[:16], sealed[20]
        sender, body = sealed[21 : 21 + length], sealed[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        material = HKDF(SHA256(), 32, self.secret, b"WebPush: info\0" + self.public + sender).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
        said, _, _padding = AESGCM(key).decrypt(nonce, body, None).rpartition(b"\2")
        return said


def device_of(user: User) -> Device:
    return make_device(user, pin="280974", device_name="", now=NOW)[0]


def session_of(user: User, *, device: Device | None = None, shared: bool = False) -> Session:
    return Session.objects.create(
        user=user,
        key_digest=b64(os.urandom(30)),
        device=device,
        method="pin" if device else "password",
        shared=shared,
        started_at=NOW,
        seen_at=NOW,
    )


def subscribed(
    user: User, endpoint: str, browser: Browser | None = None, device: Device | None = None
) -> PushSubscription:
    """A browser that may be woken, wherever its service is."""
    row = PushSubscription(
        user=user,
        device=device or device_of(user),
        endpoint=endpoint,
        keys=(browser or Browser()).keys,
        made_at=NOW,
    )
    row.save(force_insert=True)
    return row
