"""What every operation passes: who calls, how often, with which parameters; and on the way back its ETag and links."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.operation import Operation

from simpul.api.callers import Call, identify, require_token
from simpul.api.conditions import tagged
from simpul.api.describing import ACCESS, BYTES_IN
from simpul.api.idempotency import HEADER, once
from simpul.api.problems import Refused, of_inputs, of_refusal

Run = Callable[..., HttpResponse]
READING: Final = "GET"
BYTES: Final = "application/octet-stream"


def gate(run: Run) -> Run:
    """Around `Operation.run`, which answers domain errors itself (api.entry)."""
    operation = cast("Operation", run.__self__)  # type: ignore[attr-defined]  # a bound method
    known = _parameters(operation)

    @wraps(run)
    def passed(request: HttpRequest, **path: Any) -> HttpResponse:
        call = cast("Call", request)
        try:
            identify(call)
            if found := [*_unreadable(call), *_unknown(call, known)]:
                return of_inputs(found)
            _require_scope(call, operation)
            if call.method == READING:
                return _told(call, run(call, **path))
            if (operation.openapi_extra or {})[BYTES_IN]:
                return _streamed(call, lambda: run(call, **path))
            return _written(call, lambda: run(call, **path), has_body=_has_body(operation))
        except Refused as refused:
            return of_refusal(refused)

    return passed


def _require_scope(call: Call, operation: Operation) -> None:
    """What is not for the public asks for a token, and for one that was given a scope of this operation.

    Rights are asked of the rules behind it: a scope lets them through and gives none.
    """
    access = (operation.openapi_extra or {})[ACCESS]
    if not access["needs_token"]:
        return
    held = require_token(call).token.scopes
    if access["scopes"] and not set(access["scopes"]) & set(held):
        raise Refused(403, "scope_needed", needs=access["scopes"][0])


def _written(call: Call, write: Callable[[], HttpResponse], *, has_body: bool) -> HttpResponse:
    try:
        sent = call.body
    except RequestDataTooBig as error:
        raise Refused(413) from error
    except UnreadablePostError as error:
        raise Refused(400) from error
    if (sent or has_body) and call.content_type != "application/json":
        raise Refused(415)
    if HEADER in call.headers:
        return once(call, lambda: _told(call, write()), now=timezone.now())
    return _told(call, write())


def _streamed(call: Call, write: Callable[[], HttpResponse]) -> HttpResponse:
    """A piece of a file: read by the operation as it comes, never whole. Its offset is its key: sent again, no harm."""
    if call.content_type != BYTES:
        raise Refused(415, "not_bytes", detail=_("Send a piece of a file as %(type)s.") % {"type": BYTES})
    try:
        return write()
    except UnreadablePostError as error:  # the sender is gone; what arrived is kept
        raise Refused(400) from error


def _told(call: Call, answer: HttpResponse) -> HttpResponse:
    if answer.streaming or answer.status_code >= 300 or not answer.content:
        return answer
    if call.method == READING or call.version is not None:
        answer = tagged(call, answer)
    if call.location:
        answer.headers["Location"] = call.location
    if call.next_link:
        answer.headers["Link"] = f'<{call.next_link}>; rel="next"'
    return answer


def _parameters(operation: Operation) -> frozenset[str]:
    """The names that an operation reads from the query."""
    found: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            found |= set(getattr(model, "__ninja_flatten_map__", model.model_fields))
    return frozenset(found)


def _has_body(operation: Operation) -> bool:
    return any(model.__ninja_param_source__ == "body" for model in operation.models)


def _unknown(call: Call, known: frozenset[str]) -> list[Mapping[str, Any]]:
    """A misspelt filter would otherwise answer with everything."""
    return [{"loc": ("query", name), "type": "extra_forbidden"} for name in call.GET if name not in known]


def _unreadable(call: Call) -> list[Mapping[str, Any]]:
    """Said twice, or with a NUL in it, which no database takes for text."""
    return [
        {"loc": ("query", name.replace("\x00", "")), "type": "unreadable"}
        for name, values in call.GET.lists()
        if len(values) > 1 or "\x00" in name + values[0]
    ]
