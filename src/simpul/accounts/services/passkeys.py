"""Passkeys: adding one, signing in with it, naming and removing it."""

from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.accounts import passkeys, rules
from simpul.accounts.models import Passkey, User
from simpul.accounts.passkeys import Site, State
from simpul.accounts.queries import has_second_factor
from simpul.accounts.services.second_factors import check_code
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.text import squeeze

MOST: Final = 10  # for one account
_LONGEST: Final = 60


def add_passkey(
    actor: Actor, user: User, *, site: Site, state: State, answer: str, name: str, code: str, now: datetime
) -> Passkey:
    """Let the account be entered with the key in the browser's answer. `code` is one of the app's, or a recovery code.

    Denied("account.second_factor") for another's account; Conflict("no_second_factor") before the code after the
    password is set up: it is what lets them in where the passkey is not; Conflict("too_many_passkeys");
    Invalid("name" | "code_wrong" | "too_many_tries" | "passkey_refused").
    """
    _require_own(actor, user)
    _check_may_add(user)
    label = _name(name)
    try:
        made = passkeys.made(site, state, answer)
    except Exception as error:  # the library raises of many kinds for what a browser may send
        raise _refused() from error
    check_code(user, code, now=now)
    try:
        with transaction.atomic():
            found = Passkey.objects.create(
                user=user, name=label, credential=made.credential, credential_digest=made.digest, signs=made.signs,
                added_at=now,
            )  # fmt: skip
            audit.record(actor, "accounts.add_passkey", found.ref)
    except IntegrityError:
        raise _refused() from None
    return found


def check_passkey(site: Site, *, state: State, answer: str, now: datetime) -> User:
    """The active account whose passkey signed what this browser was asked.

    Invalid("passkey_refused") is the one answer to an unknown key, a wrong signature, a closed account, another site,
    and a count of signatures that goes backward, which only a copy of the key does.
    """
    try:
        found = Passkey.objects.select_related("user").get(credential_digest=passkeys.digest_in(answer))
        signs = passkeys.signs_used(site, state, answer, bytes(found.credential))
    except Exception as error:  # as above; and nobody is told which of it was
        raise _refused() from error
    with transaction.atomic():
        row = Passkey.objects.select_for_update().filter(pk=found.pk, user__is_active=True).first()
        if row is None:
            raise _refused()
        copied = bool(row.signs or signs) and signs <= row.signs
        if not copied:
            Passkey.objects.filter(pk=row.pk).update(signs=signs, used_on=now.date())
    if copied:
        with transaction.atomic():
            audit.record(Anonymous(), "accounts.refuse_passkey", found.ref)
        raise _refused()
    return found.user


def rename_passkey(actor: Actor, passkey: Passkey, *, name: str) -> Passkey:
    """Call it something else. Denied("account.second_factor") for another's; Invalid("name")."""
    _require_own(actor, passkey.user)
    passkey.name = _name(name)
    with transaction.atomic():
        passkey.save(update_fields=["name"])
        audit.record(actor, "accounts.rename_passkey", passkey.ref)
    return passkey


def remove_passkey(actor: Actor, passkey: Passkey) -> None:
    """It opens nothing any more. Denied("account.second_factor") for another's. Again: nothing."""
    _require_own(actor, passkey.user)
    ref = passkey.ref
    with transaction.atomic():
        gone: tuple[int, Any] = Passkey.objects.filter(pk=passkey.pk).delete()
        if gone[0]:
            audit.note_erasures(ref)
            audit.record(actor, "accounts.remove_passkey", ref)


def _require_own(actor: Actor, user: User) -> None:
    if not rules.is_self(actor, user.pk):
        raise Denied("account.second_factor", user.ref)


def _check_may_add(user: User) -> None:
    if not has_second_factor(user):
        message = _("Set up the code after the password first: it lets you in where your passkey is not at hand.")
        raise Conflict("no_second_factor", message=message)
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise Conflict("too_many_passkeys", message=_("You have ten passkeys. Remove one that you no longer use."))


def _name(name: str) -> str:
    label = squeeze(name)
    if not label or len(label) > _LONGEST:
        message = _("Give it a name of at most 60 letters, by which you will know it again.")
        raise Invalid("name", "name", message=message)
    return label


def _refused() -> Invalid:
    message = _("That passkey was not accepted. Try again, or sign in with your password.")
    return Invalid("passkey_refused", message=message)
