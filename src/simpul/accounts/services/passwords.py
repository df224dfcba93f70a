"""Passwords: the check at the door, changing one, and the mailed link that sets a new one."""

from datetime import datetime, timedelta

from django.contrib.auth import hashers
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.accounts import rules, throttle
from simpul.accounts.models import PasswordReset, User
from simpul.accounts.queries import PHONE_SHARED_BY, candidates, open_reset_for
from simpul.accounts.services.sessions import end_sessions_of
from simpul.accounts.tokens import digest
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Anonymous, Member
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.kernel.ids import secret_token
from simpul.kernel.text import fold

RESET_VALID_FOR = timedelta(hours=1)


def check_password(identifier: str, password: str, *, now: datetime) -> User:
    """The active account that both fit. The try is counted against the identifier, whether it is anybody's or not.

    Invalid("refused") is the one answer to a wrong identifier, a wrong password, a closed account, and a password that
    fits both accounts of a shared phone number; exactly PHONE_SHARED_BY hashes are computed for each of them.
    Invalid("too_many_tries") while a wait runs.
    """
    subject = fold(identifier)
    tries = throttle.take_try(throttle.PASSWORD, subject, now)
    found = candidates(identifier)
    fitting = [user for user in found if hashers.check_password(password, user.password) and user.is_active]
    for _missing in range(PHONE_SHARED_BY - len(found)):
        hashers.make_password(password)
    if len(fitting) != 1:
        _count_refusal(found, tries)
        raise Invalid("refused", message=_("That does not fit together. Check what you typed and try again."))
    throttle.forgive(throttle.PASSWORD, subject)
    return fitting[0]


def change_password(actor: Actor, user: User, *, current: str, new: str, keep: str, now: datetime) -> None:
    """Another password, and every browser signed out but the one with the session key `keep`.

    Denied("account.change_password") for another's account; Invalid("current_wrong") on "current",
    Invalid("password_refused") on "new", Invalid("too_many_tries").
    """
    if not rules.is_self(actor, user.pk):
        raise Denied("account.change_password", user.ref)
    throttle.take_try(throttle.PASSWORD, str(user.pk), now)
    if not hashers.check_password(current, user.password):
        raise Invalid("current_wrong", "current", message=_("This is not your present password."))
    throttle.forgive(throttle.PASSWORD, str(user.pk))
    _check_new(user, new)
    with transaction.atomic():
        _put_password(user, new, keep=keep)
        audit.record(actor, "accounts.change_password", user.ref)


def open_password_reset(actor: Actor, user: User, *, now: datetime) -> str:
    """The token of a link that sets a new password, once, within RESET_VALID_FOR; earlier links die.

    For the platform, which mails it to the account's own address, and for whoever enrols others and hands over a
    first link: Denied("account.enrol"), and NotFound for an account that somebody already has a way into.
    """
    rules.require(actor, "account.enrol")
    if actor.user_id is not None and (user.has_usable_password() or user.devices.exists()):
        raise NotFound("accounts.user", user.pk)
    token = secret_token()
    with transaction.atomic():
        PasswordReset.objects.filter(user=user, used_at=None).update(used_at=now)
        reset = PasswordReset.objects.create(
            user=user, token_digest=digest("reset", token), opened_at=now, expires_at=now + RESET_VALID_FOR
        )
        audit.record(actor, "accounts.open_password_reset", reset.ref, details={"user": str(user.pk)})
    return token


def reset_password(token: str, *, new: str, now: datetime) -> User:
    """Set the password by a mailed link and sign out every browser. The second factor stays asked for.

    NotFound for a wrong, used or expired token; Invalid("password_refused") leaves it usable.
    """
    reset = open_reset_for(token, now=now)
    _check_new(reset.user, new)
    with transaction.atomic():
        if not PasswordReset.objects.filter(pk=reset.pk, used_at=None).update(used_at=now):
            raise NotFound("accounts.passwordreset")
        _put_password(reset.user, new)
        audit.record(Member(user_id=reset.user.pk, person_id=None), "accounts.reset_password", reset.ref)
    return reset.user


def _check_new(user: User, new: str) -> None:
    """What is asked of a password, and that it is not the one of the other account with this phone number."""
    rules.check_new_password(new, user)
    others = [u for u in candidates(user.phone.open() if user.phone else "") if u.pk != user.pk]
    if any(hashers.check_password(new, other.password) for other in others):
        raise Invalid("password_refused", "new", message=_("Choose another password: this one is too easy to guess."))


def _put_password(user: User, new: str, keep: str = "") -> None:
    user.password = hashers.make_password(new)
    User.objects.filter(pk=user.pk).update(password=user.password)
    end_sessions_of(user, keep=keep)


def _count_refusal(found: list[User], tries: int) -> None:
    """The audit shows how many tries there were, never what was typed."""
    if tries < throttle.PASSWORD.free:
        return
    ref = found[0].ref if len(found) == 1 else None
    with transaction.atomic():
        audit.record(Anonymous(), "accounts.refuse_password", ref, details={"tries": tries})
