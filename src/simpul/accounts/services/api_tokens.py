"""Keys for programs. Which scopes there are, and whose organisation one serves, is decided in `access`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.accounts import rules
from simpul.accounts.api_secrets import is_whole, new_secret, secret_digests
from simpul.accounts.models import ApiToken, User
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze

LONGEST: Final = timedelta(days=365)
MOST: Final = 20  # that work at one time, of one account


def write_api_token(
    actor: Actor,
    user: User,
    *,
    name: str,
    scopes: Sequence[str],
    days: int,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the form's own key, so that sending it again makes nothing twice
) -> tuple[ApiToken, str]:
    """The row and its secret, in the caller's transaction, which records the act.

    Denied("account.api_token") for another's account, and through a token: none makes others. Invalid("name_needed" |
    "too_long" | "days" | "too_many"); Conflict("shown_once") for an `id` that is there: nobody sees a secret twice.
    """
    if not isinstance(actor, Member) or not rules.is_self(actor, user.pk):
        raise Denied("account.api_token", user.ref)
    name = _clean(name, days)
    # One at a time for an account, so that two forms sent at once can't both be the twentieth.
    User.objects.select_for_update().get(pk=user.pk)
    if id and ApiToken.objects.filter(pk=id).exists():
        message = _("This token was shown once already. Lost it? End it and make another.")
        raise Conflict("shown_once", message=message)
    if ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=now).count() >= MOST:
        message = _("You have %(most)s tokens that work. End one you no longer use, then make another.")
        raise Invalid("too_many", message=message % {"most": MOST})
    secret = new_secret()
    token = ApiToken.objects.create(
        id=id or uuid7(), user=user, name=name, secret_digest=secret_digests(secret)[0], ending=secret[-4:],
        scopes=sorted(set(scopes)), second_factor=actor.second_factor, made_at=now,
        expires_at=now + timedelta(days=days),
    )  # fmt: skip
    return token, secret


def use_api_token(secret: str, *, now: datetime) -> ApiToken:
    """The token a request came with; NotFound alike for one mistyped, unknown, ended, run out, or of a closed account.

    Its first use on a day (UTC) is noted and recorded; further ones of that day leave no trace.
    """
    rows = ApiToken.objects.filter(revoked_at=None, expires_at__gt=now, user__is_active=True).select_related("user")
    token = rows.filter(secret_digest__in=secret_digests(secret)).first() if is_whole(secret) else None
    if token is None:
        raise NotFound("accounts.apitoken")
    if token.used_on != now.date():
        with transaction.atomic():
            if ApiToken.objects.filter(pk=token.pk).exclude(used_on=now.date()).update(used_on=now.date()):
                owner = Member(user_id=token.user_id, person_id=None, via=token.via)
                audit.record(owner, "accounts.use_api_token", token.ref)
    return token


def revoke_api_token(actor: Actor, token: ApiToken, *, now: datetime) -> None:
    """It opens nothing from now on. One's own, or Denied("account.api_token"). Twice is once."""
    if not rules.is_self(actor, token.user_id):
        raise Denied("account.api_token", token.ref)
    with transaction.atomic():
        if end_api_token(actor, token, now=now):
            audit.record(actor, "accounts.revoke_api_token", token.ref)


def end_api_token(actor: Actor, token: ApiToken, *, now: datetime) -> bool:
    """Whether this call ended it, in the caller's transaction."""
    rows = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    return bool(rows.update(revoked_at=now, revoked_by=actor.user_id))


def _clean(name: str, days: int) -> str:
    name = squeeze(name)
    if not name:
        raise Invalid("name_needed", "name", message=_("Write what the token is for, so that you know it later."))
    if len(name) > 60:
        raise Invalid("too_long", "name", message=_("Use at most %(longest)s characters.") % {"longest": 60})
    if not 1 <= days <= LONGEST.days:
        raise Invalid("days", "days", message=_("A token works for at most a year."))
    return name
