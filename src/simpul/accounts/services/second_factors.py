"""Codes from an app (TOTP, RFC 6238) and recovery codes, kept in allauth's `Authenticator`."""

import base64
import secrets
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from simpul.accounts import rules, throttle
from simpul.accounts.models import Passkey, SecondFactor, User
from simpul.accounts.queries import has_second_factor
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid

STEP = 30  # seconds a code lasts; one step before and one after are accepted, for clocks that are off


def begin_totp(actor: Actor, user: User) -> str:
    """The secret (base32) to show as QR until it is confirmed; the same one until then.

    Denied("account.second_factor") for another's account; Conflict("second_factor_set") where one is confirmed.
    """
    _require_own(actor, user)
    if has_second_factor(user):
        message = _("The second step is set up already. Remove it first to set up another phone.")
        raise Conflict("second_factor_set", message=message)
    with transaction.atomic():
        row, _created = SecondFactor.objects.select_for_update().get_or_create(user=user)
        if row.pending_secret:
            return row.pending_secret.open()
        secret = base64.b32encode(secrets.token_bytes(20)).decode()
        row.pending_secret = secret
        row.save(update_fields=["pending_secret"])
        audit.record(actor, "accounts.begin_totp", user.ref)
    return secret


def confirm_totp(actor: Actor, user: User, *, code: str, now: datetime) -> list[str]:
    """Ask for codes from now on. The recovery codes to write down: they are shown this once.

    Denied("account.second_factor"); Conflict("second_factor_set");
    Invalid("code_wrong" | "too_many_tries").
    """
    secret = begin_totp(actor, user)
    throttle.take_try(throttle.CODE, str(user.pk), now)
    with transaction.atomic():
        if not _spend_step(user, secret, code, now):
            raise _code_wrong()
        data = {"secret": get_adapter().encrypt(secret)}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
        row = SecondFactor.objects.get(user=user)
        row.pending_secret = None
        row.save(update_fields=["pending_secret"])
        codes = _fresh_recovery_codes(user)
        audit.record(actor, "accounts.confirm_totp", user.ref)
    throttle.forgive(throttle.CODE, str(user.pk))
    return codes


def check_code(user: User, code: str, *, now: datetime) -> None:
    """Accept a code of the app, or a recovery code, once each. Counted against the account.

    Invalid("code_wrong") on "code", Invalid("too_many_tries").
    """
    tries = throttle.take_try(throttle.CODE, str(user.pk), now)
    if not (_is_app_code(user, code, now) or _is_recovery_code(user, code)):
        if tries >= throttle.CODE.free:
            with transaction.atomic():
                audit.record(Anonymous(), "accounts.refuse_code", user.ref, details={"tries": tries})
        raise _code_wrong()
    throttle.forgive(throttle.CODE, str(user.pk))


def remove_totp(actor: Actor, user: User, *, code: str, now: datetime) -> None:
    """Ask for no codes any more; recovery codes and passkeys go too, for what they replace is gone.

    As `check_code`; Denied("account.second_factor").
    """
    _require_own(actor, user)
    check_code(user, code, now=now)
    with transaction.atomic():
        Authenticator.objects.filter(
            user_id=user.pk, type__in=(Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
        ).delete()
        Passkey.objects.filter(user=user).delete()
        audit.record(actor, "accounts.remove_totp", user.ref)


def renew_recovery_codes(actor: Actor, user: User, *, code: str, now: datetime) -> list[str]:
    """Ten new recovery codes; the old ones are void. As `check_code`; Denied("account.second_factor")."""
    _require_own(actor, user)
    check_code(user, code, now=now)
    with transaction.atomic():
        codes = _fresh_recovery_codes(user)
        audit.record(actor, "accounts.renew_recovery_codes", user.ref)
    return codes


def _require_own(actor: Actor, user: User) -> None:
    if not rules.is_self(actor, user.pk):
        raise Denied("account.second_factor", user.ref)


def _code_wrong() -> Invalid:
    message = _("This code does not fit. Wait for the next one in your app, then type it.")
    return Invalid("code_wrong", "code", message=message)


def _fresh_recovery_codes(user: User) -> list[str]:
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).generate_codes())


def _is_app_code(user: User, code: str, now: datetime) -> bool:
    row = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first()
    return row is not None and _spend_step(user, get_adapter().decrypt(row.data["secret"]), code, now)


def _is_recovery_code(user: User, code: str) -> bool:
    row = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return row is not None and bool(row.wrap().validate_code(_digits(code)))


def _spend_step(user: User, secret: str, code: str, now: datetime) -> bool:
    """Whether `code` fits now. Its time step is spent with it: neither it nor an earlier one fits again."""
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), STEP)  # noqa: S303 - what every authenticator app computes
    present = int(now.timestamp()) // STEP
    SecondFactor.objects.get_or_create(user=user)
    for step in (present - 1, present, present + 1):
        if constant_time_compare(totp.generate(step * STEP).decode(), _digits(code)):
            return bool(SecondFactor.objects.filter(user=user, last_step__lt=step).update(last_step=step))
    return False


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isdigit())
