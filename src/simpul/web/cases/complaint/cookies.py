"""What the form keeps in a browser: one random key, for as long as the browser is open; and a count of wrong tries.

Neither says anything. Both are HttpOnly, go to their own pages alone, and are never kept beyond the session.
"""

from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

DRAFT: Final = "isian"
TRIES: Final = "coba"
_PATHS: Final = {DRAFT: "/adu/", TRIES: "/resi/"}
_MOST: Final = 99


def key_in(request: HttpRequest) -> str:
    return str(request.COOKIES.get(DRAFT, ""))[:100]


def keep_key(response: HttpResponse, key: str) -> None:
    _keep(response, DRAFT, key)


def forget_key(response: HttpResponse) -> None:
    response.delete_cookie(DRAFT, path=_PATHS[DRAFT], samesite="Strict")


def wrong_tries(request: HttpRequest) -> int:
    """How many receipts were wrong in this browser lately. What was tampered with counts as many."""
    said: Any = request.COOKIES.get(TRIES)
    if said is None:
        return 0
    try:
        return int(Signer(salt=TRIES).unsign(said))
    except (BadSignature, ValueError):
        return _MOST


def keep_tries(response: HttpResponse, count: int) -> None:
    _keep(response, TRIES, Signer(salt=TRIES).sign(str(min(count, _MOST))))


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, path=_PATHS[name], httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
