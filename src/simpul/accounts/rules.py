"""Who may do what to an account. Which organisation somebody may act for is asked further up, in `access`."""

import re
from itertools import pairwise
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import User
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied, Invalid

_SIX = re.compile(r"[0-9]{6}")
_COMMON = frozenset({"112233", "123321", "123654", "147258", "159753", "654123", "696969", "520520", "170845"})


def is_self(actor: Actor, user_id: UUID) -> bool:
    """Acting for one's own account, as oneself: a token is not its owner. The platform itself acts for anybody."""
    return isinstance(actor, System) or (actor.user_id is not None and actor.user_id == user_id and not actor.via)


def require(actor: Actor, permission: str) -> None:
    if not actor.may(permission):
        raise Denied(permission)


def require_self(actor: Actor, user: User, otherwise: str) -> None:
    """The account's owner, or who holds the permission `otherwise`."""
    if not is_self(actor, user.pk) and not actor.may(otherwise):
        raise Denied(otherwise, user.ref)


def own(actor: Actor) -> Q:
    """Rows with a `user` that are the actor's own."""
    return Q(user_id=actor.user_id) if actor.user_id and not actor.via else Q(pk__in=())


def is_weak(pin: str) -> bool:
    """One digit, a run up or down, a pair or a triple repeated, or one of those everybody chooses."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return steps in ({0}, {1}, {9}) or pin in _COMMON or pin == pin[:2] * 3 or pin == pin[:3] * 2


def check_new_pin(pin: str) -> None:
    """Invalid("pin_shape") or Invalid("pin_weak") on the field "pin"."""
    if not _SIX.fullmatch(pin):
        raise Invalid("pin_shape", "pin", message=_("A PIN has six digits."))
    if is_weak(pin):
        message = _("This PIN is easy to guess. Choose six digits that are neither a run nor a repetition.")
        raise Invalid("pin_weak", "pin", message=message)


def check_new_password(password: str, user: User) -> None:
    """Invalid("password_refused") on the field "new" with what is asked of a password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("password_refused", "new", message=" ".join(error.messages)) from error
