"""Who calls: a token in the Authorization header, or the public. A session's cookie means nothing here."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from simpul.access.queries.tokens import Bearer, bearer_of
from simpul.accounts.services import use_api_token
from simpul.api.problems import Refused
from simpul.api.throttle import THROTTLE, client_key
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import NotFound


class Call(HttpRequest):
    """A request as endpoints see it."""

    actor: Actor
    bearer: Bearer | None
    version: int | None  # of the record that is answered, for its ETag
    location: str  # of the record that was made, "" for none
    next_link: str  # of the page that is answered, "" at the end


def identify(call: Call) -> None:
    """Set `actor` and `bearer`, and count the request. Refused(401) for a token that opens nothing, Refused(429)."""
    call.actor, call.bearer, call.version = Anonymous(), None, None
    call.location = call.next_link = ""
    header = call.headers.get("Authorization", "")
    if not header:
        _count(f"client {client_key(_address(call))}", settings.API_REQUESTS_PER_MINUTE["public"])
        return
    scheme, _, secret = header.partition(" ")
    try:
        token = use_api_token(secret.strip() if scheme.lower() == "bearer" else "", now=timezone.now())
    except NotFound as error:
        # Guessing tokens is counted like any other public request.
        _count(f"client {client_key(_address(call))}", settings.API_REQUESTS_PER_MINUTE["public"])
        raise Refused(401, "token_refused") from error
    _count(str(token.pk), settings.API_REQUESTS_PER_MINUTE["token"])
    call.bearer = bearer_of(token, now=timezone.now())
    call.actor = call.bearer.actor


def require_token(call: Call) -> Bearer:
    """Refused(401) for the public."""
    if call.bearer is None:
        raise Refused(401)
    return call.bearer


def _count(who: str, per_minute: int) -> None:
    if wait := THROTTLE.allow(who, per_minute=per_minute):
        raise Refused(429, headers={"Retry-After": str(wait)})


def _address(call: Call) -> str:
    """The client's address; behind the operator's proxy the last one that it added."""
    forwarded = call.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(call.META.get("REMOTE_ADDR", ""))
