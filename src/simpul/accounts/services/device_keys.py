"""The key pair of a trusted device: it seals where there is no signal, and only this server opens, after the PIN."""

from datetime import datetime

from django.db import transaction

from simpul.accounts import rules
from simpul.accounts.envelopes import new_private, public_of
from simpul.accounts.models import Device, DeviceKey
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied


def give_device_key(actor: Actor, device: Device, *, now: datetime) -> str:
    """The public half, made when it is first asked for. Denied("account.trust_device") for another's device, and for
    one that is trusted no more.
    """
    if not rules.is_self(actor, device.user_id) or device.revoked_at is not None:
        raise Denied("account.trust_device", device.ref)
    if found := DeviceKey.objects.filter(device=device).first():
        return _public(found)
    with transaction.atomic():
        private = {"private": new_private(), "made_at": now}
        key, is_new = DeviceKey.objects.get_or_create(device=device, defaults=private)
        if is_new:
            audit.record(actor, "accounts.give_device_key", device.ref)
    return _public(key)


def forget_device_keys(devices: list[Device]) -> None:
    """In the transaction that trusts them no more: what they sealed stays closed for good."""
    DeviceKey.objects.filter(device__in=devices).delete()


def _public(key: DeviceKey) -> str:
    return public_of(key.private.open())
