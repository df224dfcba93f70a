"""Letting somebody back in: a coordinator opens it, a supervisor confirms it, then a new phone is enrolled on the spot.

`account.recover` is the coordinator's permission, `account.confirm_recovery` the supervisor's. Whether they hold it for
the person's organisation is asked in `access`, which calls these.
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.accounts import rules, throttle
from simpul.accounts.models import Device, Enrolment, Passkey, PasswordReset, Recovery, SecondFactor, User
from simpul.accounts.services.device_keys import forget_device_keys
from simpul.accounts.services.enrolments import write_enrolment
from simpul.accounts.services.sessions import end_sessions_of
from simpul.accounts.services.users import put_identifiers
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import secret_token, uuid7

VALID_FOR = timedelta(days=3)
_OPEN = Q(used_at=None, lapsed_at=None)


def open_recovery(
    actor: Actor,
    user: User,
    *,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Recovery:
    """Ask for `user` to be let back in. One that is open already is returned as it is.

    Denied("account.recover"), also for one's own account.
    """
    opener = _another_person(actor, "account.recover", user)
    with transaction.atomic():
        Recovery.objects.filter(_OPEN, user=user, expires_at__lte=now).update(lapsed_at=now)
        known = Recovery.objects.filter(_OPEN, user=user).first()
        if known is not None:
            return known
        try:
            with transaction.atomic():
                recovery = Recovery.objects.create(
                    id=id or uuid7(), user=user, opened_by=opener, opened_at=now, expires_at=now + VALID_FOR
                )
        except IntegrityError:  # opened by somebody else a moment ago
            return Recovery.objects.get(_OPEN, user=user)
        audit.record(actor, "accounts.open_recovery", recovery.ref, details={"user": str(user.pk)})
    return recovery


def confirm_recovery(actor: Actor, recovery: Recovery, *, now: datetime) -> Recovery:
    """The second person's word. Confirming again changes nothing.

    Denied("account.confirm_recovery"), also for who opened it and for whom it is; Conflict("recovery_over").
    """
    confirmer = _another_person(actor, "account.confirm_recovery", recovery.user)
    if confirmer == recovery.opened_by:
        raise Denied("account.confirm_recovery", recovery.ref)
    with transaction.atomic():
        rows = Recovery.objects.filter(pk=recovery.pk, used_at=None, confirmed_by=None, expires_at__gt=now)
        if rows.update(confirmed_by=confirmer, confirmed_at=now):
            audit.record(actor, "accounts.confirm_recovery", recovery.ref)
        fresh = Recovery.objects.filter(pk=recovery.pk, expires_at__gt=now).select_related("user").first()
    if fresh is None or fresh.used_at is not None:
        raise Conflict("recovery_over", message=_("This recovery is over. Ask the coordinator to open a new one."))
    return fresh


def use_recovery(actor: Actor, recovery: Recovery, *, now: datetime) -> tuple[Enrolment, str]:
    """Revoke everything the account could be entered with, then open an enrolment; it and its token.

    By the person who opened it (Denied("account.recover") for others), once it is confirmed. Every device, session,
    password, second factor, e-mail address, phone number and open link of the account is gone before the new QR code is
    shown.
    Conflict("recovery_unconfirmed" | "recovery_over").
    """
    rules.require(actor, "account.recover")
    if actor.user_id is None or actor.user_id != recovery.opened_by:
        raise Denied("account.recover", recovery.ref)
    token = secret_token()
    with transaction.atomic():
        rows = Recovery.objects.filter(pk=recovery.pk, used_at=None, expires_at__gt=now)
        if not rows.exclude(confirmed_by=None).update(used_at=now):
            _refuse_use(recovery, now)
        user = User.objects.get(pk=recovery.user_id)
        _revoke_everything(actor, user, now)
        enrolment = write_enrolment(actor, user, token=token, now=now)
        details = {"user": str(user.pk), "enrolment": str(enrolment.pk)}
        audit.record(actor, "accounts.use_recovery", recovery.ref, details=details)
    throttle.forgive(throttle.PIN, str(recovery.user_id))
    throttle.forgive(throttle.CODE, str(recovery.user_id))
    return enrolment, token


def _another_person(actor: Actor, permission: str, user: User) -> UUID:
    rules.require(actor, permission)
    if actor.user_id is None or actor.user_id == user.pk:
        raise Denied(permission, user.ref)
    return actor.user_id


def _refuse_use(recovery: Recovery, now: datetime) -> None:
    if Recovery.objects.filter(pk=recovery.pk, used_at=None, expires_at__gt=now).exists():
        message = _("A supervisor has to confirm this first.")
        raise Conflict("recovery_unconfirmed", message=message)
    raise Conflict("recovery_over", message=_("This recovery is over. Ask the coordinator to open a new one."))


def _revoke_everything(actor: Actor, user: User, now: datetime) -> None:
    end_sessions_of(user)
    forget_device_keys(list(Device.objects.filter(user=user)))
    Device.objects.filter(user=user, revoked_at=None).update(revoked_at=now, revoked_by=actor.user_id)
    Enrolment.objects.filter(user=user, used_at=None).update(used_at=now)
    PasswordReset.objects.filter(user=user, used_at=None).update(used_at=now)
    Authenticator.objects.filter(user_id=user.pk).delete()
    SecondFactor.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(password=make_password(None))
    # Whoever had the phone may have entered an address of their own: a new password would be mailed there.
    user.refresh_from_db()
    put_identifiers(user, email="", phone="")
