"""The cookies of letters this device has opened: one a letter, read at `/surat/` alone."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from simpul.cases.referral_secrets import Bearer

PREFIX: Final = "surat-"
PATH: Final = "/surat/"
DAYS: Final = 180


def held(request: HttpRequest) -> dict[UUID, str]:
    """Link -> secret, of every letter opened here."""
    found: dict[UUID, str] = {}
    for name, secret in request.COOKIES.items():
        if name.startswith(PREFIX):
            try:
                found[UUID(name.removeprefix(PREFIX))] = secret
            except ValueError:
                continue
    return found


def bearer_of(request: HttpRequest, link_id: UUID) -> Bearer:
    """One without a secret opens nothing."""
    return Bearer(link_id, held(request).get(link_id, ""))


def keep(response: HttpResponse, bearer: Bearer) -> None:
    response.set_cookie(
        f"{PREFIX}{bearer.link_id}",
        bearer.secret,
        max_age=DAYS * 24 * 3600,
        path=PATH,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Lax",
    )
