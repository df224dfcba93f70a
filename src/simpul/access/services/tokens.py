"""Keys for programs: a person's own, and an organisation's, for which one of its people answers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access import rules
from simpul.access.models import ServiceToken
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.accounts.models import ApiToken, User
from simpul.accounts.services.api_tokens import end_api_token, write_api_token
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import Denied, Invalid
from simpul.organisations.models import Organisation
from simpul.people.rules import require_at


def create_personal_token(
    actor: Actor,
    user: User,
    *,
    name: str,
    scopes: Sequence[str],
    days: int,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the form's own key
) -> tuple[ApiToken, str]:
    """A token with what its maker holds at the moment of each use, within `scopes`; and its secret, for once.

    Errors as `accounts.services.api_tokens.write_api_token`, and Invalid("unknown_scope" | "second_factor_needed").
    """
    _check(actor, scopes)
    with transaction.atomic():
        token, secret = write_api_token(actor, user, name=name, scopes=scopes, days=days, now=now, id=id)
        audit.record(actor, "access.create_personal_token", token.ref, details={"scopes": token.scopes, "days": days})
    return token, secret


def create_service_token(
    actor: Actor,
    user: User,
    organisation: Organisation,
    *,
    name: str,
    scopes: Sequence[str],
    days: int,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the form's own key
) -> tuple[ServiceToken, str]:
    """A token of the organisation. Its maker answers for it: it holds what they hold there, and ends with that.

    Denied("token.manage") where that does not reach the organisation, or the actor has no role at it; errors as
    `create_personal_token`.
    """
    require_at(actor, rules.TOKENS, organisation)
    if not isinstance(actor, Member) or not any(g.organisation_id == organisation.pk for g in actor.grants):
        raise Denied(rules.TOKENS, organisation.ref)
    _check(actor, scopes, personal=False)
    with transaction.atomic():
        token, secret = write_api_token(actor, user, name=name, scopes=scopes, days=days, now=now, id=id)
        service = ServiceToken.objects.create(token=token, organisation=organisation)
        details = {"scopes": token.scopes, "days": days, "organisation": str(organisation.pk)}
        audit.record(actor, "access.create_service_token", token.ref, details=details)
    return service, secret


def revoke_service_token(actor: Actor, service: ServiceToken, *, now: datetime) -> None:
    """It opens nothing from now on; by whoever manages the organisation's tokens. Twice is once."""
    require_at(actor, rules.TOKENS, service.organisation)
    with transaction.atomic():
        if end_api_token(actor, service.token, now=now):
            details = {"organisation": str(service.organisation_id)}
            audit.record(actor, "access.revoke_service_token", service.token.ref, details=details)


def _check(actor: Actor, scopes: Sequence[str], *, personal: bool = True) -> None:
    if any(code not in TOKEN_SCOPES or (TOKEN_SCOPES[code].personal and not personal) for code in scopes):
        raise Invalid("unknown_scope", "scopes", message=_("Choose from the list what the token may do."))
    writes = any(TOKEN_SCOPES[code].writes for code in scopes)
    if writes and not (isinstance(actor, Member) and actor.second_factor):
        message = _("For a token that changes records, first set up a code after your password and sign in with it.")
        raise Invalid("second_factor_needed", "scopes", message=message)
