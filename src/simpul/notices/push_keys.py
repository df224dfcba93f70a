"""The key this deployment signs with when it wakes a browser: one, made at first need, kept encrypted."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.db import transaction

from simpul.audit import services as audit
from simpul.kernel.actor import System
from simpul.notices.channels.encrypting import CURVE, b64, point
from simpul.notices.models import PushKey
from simpul.records.locks import lock_graph


def push_key(*, now: datetime) -> ec.EllipticCurvePrivateKey:
    """The one key. Two who ask first at the same moment get the same."""
    row = PushKey.objects.first() or _made(now)
    key = load_pem_private_key(row.private.open().encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def public_push_key(*, now: datetime) -> str:
    """What a browser is asked to subscribe with."""
    return b64(point(push_key(now=now).public_key()))


def _made(now: datetime) -> PushKey:
    pem = ec.generate_private_key(CURVE).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with transaction.atomic():
        lock_graph("notices.push_key")
        if found := PushKey.objects.first():
            return found
        row = PushKey(private=pem.decode(), made_at=now)
        row.save(force_insert=True)
        audit.record(System("notices"), "notices.make_push_key", row.ref)
    return row
