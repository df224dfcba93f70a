"""Accounts themselves: making one, its e-mail address and phone number, closing and opening it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.accounts import rules
from simpul.accounts.identifiers import normal_email, normal_phone
from simpul.accounts.models import User
from simpul.accounts.queries import PHONE_SHARED_BY, identifiers_of, with_phone
from simpul.accounts.services.sessions import end_sessions_of
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Conflict, NotFound
from simpul.kernel.ids import uuid7
from simpul.records.locks import lock_graph


def create_user(
    actor: Actor,
    *,
    now: datetime,
    email: str = "",
    phone: str = "",
    password: str = "",
    is_demo: bool = False,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> User:
    """An account, with what is given. The same `id` twice is the same account, unchanged.

    Denied("account.enrol"); Invalid("email" | "phone" | "password_refused"); Conflict("email_taken" | "phone_full").
    """
    rules.require(actor, "account.enrol")
    user = User(id=id or uuid7(), created_at=now, is_demo=is_demo)
    if password:
        rules.check_new_password(password, user)
    user.password = make_password(password or None)
    with transaction.atomic():
        known = User.objects.filter(pk=user.pk).first()
        if known:
            return known
        put_identifiers(user, email=email, phone=phone)
        audit.record(actor, "accounts.create_user", user.ref, details={"demo": is_demo})
    return user


def change_identifiers(actor: Actor, user: User, *, email: str, phone: str) -> User:
    """Replace the e-mail address and the phone number; empty removes. One's own account, or Denied("account.enrol").

    Invalid("email" | "phone"); Conflict("email_taken" | "phone_full").
    """
    rules.require_self(actor, user, "account.enrol")
    before = identifiers_of(user)
    with transaction.atomic():
        put_identifiers(user, email=email, phone=phone)
        after = identifiers_of(user)
        changed = [name for name, old, new in zip(("email", "phone"), before, after, strict=True) if old != new]
        audit.record(actor, "accounts.change_identifiers", user.ref, details={"fields": changed})
    return user


def deactivate_user(actor: Actor, user: User) -> None:
    """Close the account: nobody signs in with it, every browser is signed out. Denied("account.recover")."""
    rules.require(actor, "account.recover")
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            end_sessions_of(user)
            audit.record(actor, "accounts.deactivate_user", user.ref)
    user.is_active = False


def reactivate_user(actor: Actor, user: User) -> None:
    """Open the account again. Its devices stay trusted. Denied("account.recover")."""
    rules.require(actor, "account.recover")
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            audit.record(actor, "accounts.reactivate_user", user.ref)
    user.is_active = True


def sign_in_as_demo(handle: str) -> User:
    """One of the demo's cast. NotFound unless this is the demo, is not in production, and the account is one of it."""
    if not settings.DEMO or settings.PRODUCTION:
        raise NotFound("accounts.user")
    user = User.objects.filter(handle=handle, is_demo=True, is_active=True).first()
    if user is None:
        raise NotFound("accounts.user")
    with transaction.atomic():
        audit.record(Anonymous(), "accounts.sign_in_as_demo", user.ref)
    return user


def put_identifiers(user: User, *, email: str, phone: str) -> None:
    """Within the caller's transaction. Invalid("email" | "phone"); Conflict("email_taken" | "phone_full")."""
    user.email = normal_email(email) if email else None
    number = normal_phone(phone) if phone else None
    user.phone = number
    if number:
        lock_graph("accounts.phone")
        if with_phone(number).exclude(pk=user.pk).count() >= PHONE_SHARED_BY:
            message = _("Two accounts already use this phone number. Leave it empty, or use another number.")
            raise Conflict("phone_full", message=message)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        message = _("Another account already uses this e-mail address. Use another one, or leave it empty.")
        raise Conflict("email_taken", message=message) from error
