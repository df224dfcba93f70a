"""Tokens as their pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from simpul.access.models import ServiceToken
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.accounts.models import ApiToken
from simpul.web.components import Text


@dataclass(frozen=True, slots=True)
class TokenRow:
    """`person`: who answers for it, "" on one's own page. `ending`: its last characters."""

    key: UUID
    name: str
    ending: str
    scopes: list[Text]
    expires_at: datetime
    used_on: date | None
    end: str
    person: str = ""


def own_row(token: ApiToken) -> TokenRow:
    return _row(token, reverse("tokens:end", args=[token.pk]))


def service_row(service: ServiceToken) -> TokenRow:
    person = getattr(service.token.user, "person", None)
    end = reverse("tokens:end-of-organisation", args=[service.pk])
    return _row(service.token, end, person.name if person else service.token.user.handle)


def _row(token: ApiToken, end: str, person: str = "") -> TokenRow:
    labels: list[Text] = [TOKEN_SCOPES[code].label for code in token.scopes if code in TOKEN_SCOPES]
    return TokenRow(token.pk, token.name, token.ending, labels, token.expires_at, token.used_on, end, person)
