"""The actor behind a token, and an organisation's tokens."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from simpul.access import rules
from simpul.access.models import ServiceToken
from simpul.access.queries import resolve
from simpul.access.token_scopes import permissions_of
from simpul.accounts.models import ApiToken
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within


@dataclass(frozen=True, slots=True)
class Bearer:
    """`actor` is the token's person as they are now, within the token; `organisation_id` None: a personal token."""

    token: ApiToken
    actor: Member
    organisation_id: UUID | None


def bearer_of(token: ApiToken, *, now: datetime) -> Bearer:
    """Never more than the person could do at this moment, signed in as they were when they made the token. Two queries.

    A service token has the grants they hold at its organisation, and no others.
    """
    member = resolve(token.user_id, now=now, second_factor=token.second_factor).actor
    organisation_id = ServiceToken.objects.filter(token=token).values_list("organisation_id", flat=True).first()
    if organisation_id:
        member = replace(member, grants=tuple(g for g in member.grants if g.organisation_id == organisation_id))
    allowed = permissions_of(token.scopes, personal=organisation_id is None)
    return Bearer(token, member.narrowed(allowed, via=token.via), organisation_id)


def personal(tokens: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
    """Those of them that are no organisation's."""
    return tokens.exclude(pk__in=ServiceToken.objects.values("token"))


def service_tokens_for(actor: Actor, organisation: Organisation, *, now: datetime) -> QuerySet[ServiceToken]:
    """The organisation's tokens that work, with who answers for each, for who manages them; none for others."""
    rows = ServiceToken.objects.filter(within(actor.scope(rules.TOKENS), "organisation__"), organisation=organisation)
    rows = rows.filter(token__revoked_at=None, token__expires_at__gt=now)
    return rows.select_related("token__user__person", "organisation").order_by("-token__made_at", "-pk")


def service_token_for(actor: Actor, service_id: UUID) -> ServiceToken:
    """NotFound for one the actor doesn't manage, and for one that has ended."""
    rows = ServiceToken.objects.filter(within(actor.scope(rules.TOKENS), "organisation__"), pk=service_id)
    found = rows.filter(token__revoked_at=None).select_related("token__user__person", "organisation").first()
    if found is None:
        raise NotFound("access.servicetoken", service_id)
    return found
