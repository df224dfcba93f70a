"""Trusted devices and their PIN."""

from datetime import datetime

from django.contrib.auth import hashers
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.accounts import rules, throttle
from simpul.accounts.models import Device, User
from simpul.accounts.services.device_keys import forget_device_keys
from simpul.accounts.services.sessions import end_sessions_on
from simpul.accounts.tokens import digest, pin_material
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import secret_token
from simpul.kernel.text import squeeze


def trust_device(actor: Actor, user: User, *, pin: str, device_name: str, now: datetime) -> tuple[Device, str]:
    """Make the browser that asks a trusted device of the actor's own account; the device and its secret.

    Denied("account.trust_device") for another's account; Invalid("pin_shape" | "pin_weak").
    """
    if not rules.is_self(actor, user.pk):
        raise Denied("account.trust_device", user.ref)
    with transaction.atomic():
        device, secret = make_device(user, pin=pin, device_name=device_name, now=now)
        audit.record(actor, "accounts.trust_device", device.ref)
    return device, secret


def make_device(user: User, *, pin: str, device_name: str, now: datetime) -> tuple[Device, str]:
    """A trusted device and the secret to put into its cookie, in the caller's transaction.

    Invalid("pin_shape" | "pin_weak").
    """
    rules.check_new_pin(pin)
    secret = secret_token()
    device = Device(
        user=user,
        name=squeeze(device_name)[:40] or None,
        secret_digest=digest("device", secret),
        pin=hashers.make_password(pin_material(secret, pin)),
        trusted_at=now,
        seen_on=now.date(),
    )
    device.save(force_insert=True)
    return device, secret


def check_pin(device: Device, secret: str, *, pin: str, now: datetime) -> User:
    """The account, when the PIN fits. The try is counted against the account, over all its devices.

    Invalid("pin_wrong"), ("too_many_tries") and ("closed_for_good"); the last only a recovery ends.
    """
    tries = throttle.take_try(throttle.PIN, str(device.user_id), now)
    alive = Device.objects.filter(pk=device.pk, revoked_at=None, user__is_active=True).select_related("user").first()
    # The hash is computed in any case: a revoked device answers as late as a wrong PIN.
    fits = hashers.check_password(pin_material(secret, pin), device.pin)
    if alive is None or alive.secret_digest != digest("device", secret) or not fits:
        _count_refusal(device, tries)
        raise Invalid("pin_wrong", "pin", message=_pin_wrong(tries))
    throttle.forgive(throttle.PIN, str(device.user_id))
    Device.objects.filter(pk=device.pk).exclude(seen_on=now.date()).update(seen_on=now.date())
    return alive.user


def check_kept_pin(device: Device, secret: str, *, pin: str, now: datetime) -> User:
    """As `check_pin`, for a PIN that was typed without a signal and is sent by the phone itself, perhaps many times.

    It may be wrong once: while a wrong try stands it is not compared, so that nobody is locked out by their own phone.
    Invalid("pin_wrong") either way.
    """
    if throttle.has_wrong_tries(throttle.PIN, str(device.user_id)):
        raise Invalid("pin_wrong", "pin", message=_("Sign in with your PIN first."))
    return check_pin(device, secret, pin=pin, now=now)


def change_pin(actor: Actor, device: Device, secret: str, *, current: str, new: str, now: datetime) -> None:
    """Another PIN for this device of the actor's own. As `check_pin` for `current`, `trust_device` for `new`."""
    if not rules.is_self(actor, device.user_id):
        raise Denied("account.trust_device", device.ref)
    rules.check_new_pin(new)
    check_pin(device, secret, pin=current, now=now)
    with transaction.atomic():
        Device.objects.filter(pk=device.pk).update(pin=hashers.make_password(pin_material(secret, new)))
        audit.record(actor, "accounts.change_pin", device.ref)


def revoke_device(actor: Actor, device: Device, *, now: datetime) -> None:
    """Trust it no more and sign it out at once. One's own, or Denied("account.see_devices"). Twice is once."""
    rules.require_self(actor, device.user, "account.see_devices")
    with transaction.atomic():
        rows = Device.objects.filter(pk=device.pk, revoked_at=None)
        if rows.update(revoked_at=now, revoked_by=actor.user_id):
            end_sessions_on(device)
            forget_device_keys([device])
            audit.record(actor, "accounts.revoke_device", device.ref)


def _pin_wrong(tries: int) -> str:
    """How many tries are left before one has to wait; after that, how many in all."""
    left = throttle.PIN.free - tries
    if left > 0:
        text = ngettext(
            "This PIN does not fit. One more try, then you have to wait.",
            "This PIN does not fit. %(left)s more tries, then you have to wait.",
            left,
        )
        return text % {"left": left}
    assert throttle.PIN.limit
    left = throttle.PIN.limit - tries
    if left <= 0:
        return _("This PIN does not fit, and it was the last try. Ask your coordinator to let you in again.")
    text = ngettext(
        "This PIN does not fit. Wait a while: only one more try is left.",
        "This PIN does not fit. Wait a while: only %(left)s more tries are left.",
        left,
    )
    return text % {"left": left}


def _count_refusal(device: Device, tries: int) -> None:
    if tries < throttle.PIN.free:
        return
    with transaction.atomic():
        audit.record(Anonymous(), "accounts.refuse_pin", device.ref, details={"tries": tries})
