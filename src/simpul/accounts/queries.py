"""Reads of accounts, devices, sessions. Whether the reader may see that very person is asked in `access`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session as StoredSession
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from simpul.accounts import rules
from simpul.accounts.envelopes import Damaged, opened
from simpul.accounts.identifiers import normal_email, normal_phone
from simpul.accounts.models import (
    ApiToken,
    Device,
    DeviceKey,
    Enrolment,
    Passkey,
    PasswordReset,
    Recovery,
    Session,
    User,
)
from simpul.accounts.outboxes import key_of, words_of
from simpul.accounts.tokens import digest, session_digest
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid, NotFound
from simpul.kernel.ids import read_code
from simpul.vault.blind import blind_match

PHONE_SHARED_BY = 2  # a husband and a wife, a mother and a daughter; more is a switchboard, not a person's number


def candidates(identifier: str) -> list[User]:
    """The accounts an identifier may mean, at most PHONE_SHARED_BY. Empty for none and for what is no identifier."""
    try:
        if "@" in identifier:
            return list(User.objects.filter(blind_match(User, "email", normal_email(identifier)))[:1])
        found = list(User.objects.filter(handle=read_code(identifier))[:1])
        return found or list(with_phone(normal_phone(identifier))[:PHONE_SHARED_BY])
    except Invalid:
        return []


def identifiers_of(user: User) -> tuple[str | None, str | None]:
    """E-mail address and phone number, in normal form."""
    return (user.email.open() if user.email else None, user.phone.open() if user.phone else None)


def with_phone(phone: str) -> QuerySet[User]:
    """Accounts with this number, in normal form."""
    return User.objects.filter(blind_match(User, "phone", phone)).order_by("pk")


def mail_recipient(identifier: str) -> User | None:
    """The active account whose e-mail address this is."""
    found = candidates(identifier) if "@" in identifier else []
    return next((user for user in found if user.is_active), None)


def devices_for(actor: Actor, user: User) -> QuerySet[Device]:
    """Trusted devices, newest first, without those revoked. Denied("account.see_devices") for another's."""
    rules.require_self(actor, user, "account.see_devices")
    return Device.objects.filter(user=user, revoked_at=None).select_related("user").order_by("-trusted_at")


def sessions_for(actor: Actor, user: User, *, now: datetime) -> QuerySet[Session]:
    """Signed-in browsers, the one last seen first. Denied("account.see_devices") for another's."""
    rules.require_self(actor, user, "account.see_devices")
    alive = StoredSession.objects.filter(session_key=OuterRef("key_digest"), expire_date__gt=now)
    rows = Session.objects.filter(Exists(alive), user=user)
    return rows.select_related("device__user").order_by("-seen_at")


def api_tokens_for(actor: Actor, *, now: datetime) -> QuerySet[ApiToken]:
    """One's own tokens that work, the newest first."""
    rows = ApiToken.objects.filter(rules.own(actor), revoked_at=None, expires_at__gt=now)
    return rows.select_related("user").order_by("-made_at", "-pk")


def passkeys_for(actor: Actor) -> QuerySet[Passkey]:
    """One's own passkeys, the newest first."""
    return Passkey.objects.filter(rules.own(actor)).select_related("user").order_by("-added_at", "-pk")


def session_of_key(key: str) -> Session | None:
    """The row of the browser that is asking."""
    return Session.objects.filter(key_digest=session_digest(key)).first()


def trusted_devices(secrets: Iterable[str]) -> list[tuple[Device, str]]:
    """Devices, with their secrets, that the cookie of this browser stands for and that are still trusted."""
    by_digest = {digest("device", secret): secret for secret in secrets}
    rows = Device.objects.filter(secret_digest__in=by_digest, revoked_at=None, user__is_active=True)
    return [(row, by_digest[row.secret_digest]) for row in rows.select_related("user").order_by("trusted_at")]


def open_enrolment_for(token: str, *, now: datetime) -> Enrolment:
    """The enrolment a QR code stands for. NotFound alike for a wrong, a used and an expired one."""
    found = Enrolment.objects.filter(token_digest=digest("enrolment", token)).select_related("user").first()
    if found is None or not found.is_open(now) or not found.user.is_active:
        raise NotFound("accounts.enrolment")
    return found


def open_reset_for(token: str, *, now: datetime) -> PasswordReset:
    """The link in a reset mail. NotFound alike for a wrong, a used and an expired one."""
    found = PasswordReset.objects.filter(token_digest=digest("reset", token)).select_related("user").first()
    if found is None or not found.is_open(now) or not found.user.is_active:
        raise NotFound("accounts.passwordreset")
    return found


def open_recoveries(actor: Actor, users: Iterable[UUID], *, now: datetime) -> QuerySet[Recovery]:
    """Recoveries under way of these users, oldest first; the caller has asked whom the actor may recover."""
    if not (actor.may("account.recover") or actor.may("account.confirm_recovery")):
        return Recovery.objects.none()
    rows = Recovery.objects.filter(user_id__in=list(users), used_at=None, expires_at__gt=now)
    return rows.select_related("user").order_by("opened_at")


def has_second_factor(user: User) -> bool:
    """Whether a code from an app is asked of them after the password."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def user_of_handle(handle: str) -> User | None:
    return User.objects.filter(handle=handle).first()


def open_envelope(device: Device, envelope: str) -> str:
    """What this device sealed; the caller has its secret or its owner's session. NotFound once it is trusted no more,
    Invalid("damaged") for what was not sealed by it.
    """
    key = DeviceKey.objects.filter(device=device, device__revoked_at=None).first()
    if key is None:
        raise NotFound("accounts.device_key")
    try:
        return opened(key.private.open(), device.pk, envelope)
    except Damaged:
        raise Invalid("damaged", message=_("What this phone kept can't be read any more.")) from None


def outbox_key(device: Device, sign_in: UUID) -> bytes:
    """What this device writes without a signal, from that sign-in on, lies under it; the caller has its secret or its
    owner's session. NotFound once it is trusted no more.
    """
    return key_of(_private(device), device.pk, sign_in)


def outbox_words(device: Device, sign_in: UUID) -> str:
    """The words under which the phone keeps that key. For its owner's session alone. NotFound as `outbox_key`."""
    return words_of(_private(device), device.pk, sign_in)


def _private(device: Device) -> str:
    key = DeviceKey.objects.filter(device=device, device__revoked_at=None).first()
    if key is None:
        raise NotFound("accounts.device_key")
    return str(key.private.open())


def device_of(actor: Actor, device_id: UUID) -> Device:
    """One's own trusted device. NotFound for any other."""
    rows = Device.objects.filter(rules.own(actor), pk=device_id, revoked_at=None).select_related("user")
    if (found := rows.first()) is None:
        raise NotFound("accounts.device")
    return found


def is_trusted_no_more(device_id: UUID) -> bool:
    """Whether it was trusted once, and is not any longer."""
    return Device.objects.filter(pk=device_id, revoked_at__isnull=False).exists()
