"""What requests of the API pass through before anything of the pages sees them."""

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from simpul.api.problems import CONTENT_TYPE, problem

ROOT: Final = "/api/v1/"
EXPOSED: Final = "ETag, Link, Retry-After, Content-Language, Accept-Ranges, Content-Range"
_WANTED: Final = re.compile(r"\s*([a-zA-Z]{1,8})(?:-[a-zA-Z0-9-]{1,20})?\s*(?:;\s*q=([01](?:\.[0-9]{1,3})?))?\s*")


class ApiRequests:
    """Comes before the session: no cookie reaches the API, so none can act through somebody's browser.

    Whatever answers, a page of errors too, answers in the API's one shape and in the language asked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        language = asked_language(request.headers.get("Accept-Language", ""))
        request.COOKIES = {settings.LANGUAGE_COOKIE_NAME: language}
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        with translation.override(language):
            answer = _in_shape(self.get_response(request))
        _tell(request, answer)
        if is_head:
            answer = _head_of(answer)
        return answer


def asked_language(header: str) -> str:
    """Indonesian unless another of ours is wanted more."""
    wanted: dict[str, float] = {}
    for part in header.split(",")[:20]:
        found = _WANTED.fullmatch(part)
        if found and found[1].lower() in dict(settings.LANGUAGES):
            wanted.setdefault(found[1].lower(), float(found[2] or 1))
    best = max(wanted, key=lambda code: wanted[code], default="")
    return best if best and wanted[best] > 0 else settings.LANGUAGE_CODE


def _head_of(answer: HttpResponse) -> HttpResponse:
    """All but its body. A file that would be streamed is closed unread, when the request ends: closing ends it."""
    length = answer.headers.get("Content-Length") if answer.streaming else str(len(answer.content))
    head = HttpResponse(status=answer.status_code, headers=dict(answer.headers))
    head.headers["Content-Length"] = length or "0"
    head._resource_closers += answer._resource_closers  # type: ignore[attr-defined]
    return head


def _in_shape(answer: HttpResponse) -> HttpResponse:
    if answer.status_code < 400 or answer.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
        return answer
    shaped = problem(answer.status_code)
    for name in ("Allow", "Retry-After", "Content-Language"):
        if name in answer.headers:
            shaped.headers[name] = answer.headers[name]
    return shaped


def _tell(request: HttpRequest, answer: HttpResponse) -> None:
    """Caches and browsers. What came without a token is public, and any page of the web may read it."""
    with_token = "Authorization" in request.headers
    if with_token or request.method != "GET" or answer.status_code >= 400:
        answer.headers["Cache-Control"] = "private, no-store"
    else:
        # Asked again each time: what is hidden for its safety is gone at once.
        answer.headers["Cache-Control"] = "public, no-cache"
    if not with_token and request.method == "GET":
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = EXPOSED
    answer.headers["Vary"] = "Authorization, Accept-Language"  # and nothing of cookies: there are none
