"""Who is asking: the actor of this moment, on every request."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from simpul.access import queries as access
from simpul.access.queries import Resolution
from simpul.accounts.models import User
from simpul.kernel.actor import Anonymous, Member
from simpul.notices.queries.inbox import unread_beside
from simpul.people.models import Person
from simpul.records.constants import constant
from simpul.web.http import SECOND_FACTOR, Request

SET_UP: Final = "accounts:second-factor"
# Where somebody whose every role waits may still go: their account, and the language they read it in.
_OPEN: Final = frozenset({"accounts", "language"})
NOBODY: Final = frozenset[str]()


class CurrentActor:
    """Sets `request.actor`, `.waiting_roles` and `.unread`: no query for the public, account and grants otherwise.

    Somebody all of whose roles wait for a second factor is led to set it up before any other page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Request, request)
        resolution = _resolve(request)
        asked.actor = resolution.actor if resolution else Anonymous()
        asked.waiting_roles = resolution.waiting if resolution else NOBODY
        asked.unread = resolution.beside.get("unread", 0) if resolution else 0
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseRedirect | None:
        asked = cast(Request, request)
        match = request.resolver_match
        if not asked.waiting_roles or (isinstance(asked.actor, Member) and asked.actor.grants):
            return None
        if match is None or match.app_name in _OPEN or match.url_name in _OPEN:
            return None
        return HttpResponseRedirect(reverse(SET_UP))


def _resolve(request: HttpRequest) -> Resolution | None:
    if not request.session.get("_auth_user_id"):
        return None
    user = request.user  # kept on the request: the page asks for it again
    if not isinstance(user, User):
        return None
    shown = bool(request.session.get(SECOND_FACTOR))
    return access.resolve(user.pk, now=timezone.now(), second_factor=shown, beside=_beside())


@constant(Person)
def _beside() -> dict[str, Any]:
    """The bell of every page, in the query of the grants."""
    return {"unread": unread_beside("user_id")}
