"""One's own e-mail address and phone number: changed only by who proves once more that the account is theirs."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import hashers
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.accounts import rules, throttle
from simpul.accounts.identifiers import normal_email, normal_phone
from simpul.accounts.models import Device, PasswordReset, User
from simpul.accounts.queries import identifiers_of
from simpul.accounts.services.devices import check_pin
from simpul.accounts.services.users import put_identifiers
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid


@dataclass(frozen=True, slots=True)
class Proof:
    """What was typed again: the account's password, or the PIN of the trusted device that asks, with its secret."""

    typed: str
    device: Device | None = None
    secret: str = ""


def change_own_identifiers(
    actor: Actor, user: User, *, email: str, phone: str, proof: Proof, now: datetime
) -> tuple[tuple[str, ...], str]:
    """What changed of "email" and "phone", and the address that was there before, to be told; empty removes.

    Links mailed for a new password die with a change. Denied("account.change_identifiers") for another's account;
    Invalid("current_wrong") on "current", Invalid("email" | "phone") for what is none, Invalid("unusable") without
    saying whether another account has it, Invalid("too_many_tries"): every try counts, so that nobody asks through
    this page who is here.
    """
    if not rules.is_self(actor, user.pk):
        raise Denied("account.change_identifiers", user.ref)
    throttle.take_try(throttle.IDENTIFIERS, str(user.pk), now)
    _check_proof(user, proof, now)
    before = identifiers_of(user)
    wanted = (normal_email(email) if email else None, normal_phone(phone) if phone else None)
    changed = tuple(n for n, old, new in zip(("email", "phone"), before, wanted, strict=True) if old != new)
    if not changed:
        return (), before[0] or ""
    try:
        with transaction.atomic():
            put_identifiers(user, email=email, phone=phone)
            PasswordReset.objects.filter(user=user, used_at=None).update(used_at=now)
            audit.record(actor, "accounts.change_own_identifiers", user.ref, details={"fields": list(changed)})
    except Conflict as taken:
        message = _("This can't be used to sign in here. Use another one, or leave it empty.")
        raise Invalid("unusable", "email" if taken.code == "email_taken" else "phone", message=message) from taken
    return changed, before[0] or ""


def _check_proof(user: User, proof: Proof, now: datetime) -> None:
    if proof.device is not None and proof.device.user_id == user.pk:
        try:
            check_pin(proof.device, proof.secret, pin=proof.typed, now=now)
        except Invalid as wrong:
            wrong.field = "current"
            raise
        return
    throttle.take_try(throttle.PASSWORD, str(user.pk), now)
    if not hashers.check_password(proof.typed, user.password):
        raise Invalid("current_wrong", "current", message=_("This is not your present password."))
    throttle.forgive(throttle.PASSWORD, str(user.pk))
