"""One shape for everything that goes wrong (RFC 9457), and the one place where domain errors become it.

A problem never quotes what was sent, nor names a record that the reader may not see.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound, SimpulError
from simpul.kernel.time import PartialDate

CONTENT_TYPE: Final = "application/problem+json"
EDITED: Final = "edited_meanwhile"

# status -> code, title, and what to do next where nothing closer is known
KINDS: Final = {
    400: ("unreadable", gettext_lazy("The request can't be read"), gettext_lazy("Send well-formed JSON in UTF-8.")),
    401: (
        "token_needed",
        gettext_lazy("A valid token is needed"),
        gettext_lazy("Send your token in the header Authorization: Bearer. It may have run out or been ended."),
    ),
    403: (
        "denied",
        gettext_lazy("This token may not do that"),
        gettext_lazy("The token lacks the scope, or the person behind it lacks the right."),
    ),
    404: (
        "not_found",
        gettext_lazy("Not found"),
        gettext_lazy("There is nothing at this address that you may see."),
    ),
    405: (
        "method_not_allowed",
        gettext_lazy("This address does not know that method"),
        gettext_lazy("Use one of the methods in the header Allow."),
    ),
    409: ("conflict", gettext_lazy("The record has moved on"), gettext_lazy("Read it again, then decide.")),
    412: (
        "edited_meanwhile",
        gettext_lazy("Somebody changed this before you"),
        gettext_lazy("Both versions are in this answer. Read the record again and send your change with its new ETag."),
    ),
    413: ("too_large", gettext_lazy("The request is too large"), gettext_lazy("Send less at a time.")),
    415: (
        "not_json",
        gettext_lazy("Only JSON is read here"),
        gettext_lazy("Send the header Content-Type: application/json."),
    ),
    416: (
        "no_such_part",
        gettext_lazy("The file has no such part"),
        gettext_lazy("Content-Range says how long it is. Ask for a part of it, or for all of it."),
    ),
    422: (
        "invalid",
        gettext_lazy("What was sent can't be accepted"),
        gettext_lazy("See which field, then send it again."),
    ),
    428: (
        "etag_needed",
        gettext_lazy("Say which version you are changing"),
        gettext_lazy("Read the record first and send its ETag in the header If-Match."),
    ),
    429: ("too_many_requests", gettext_lazy("Too many requests"), gettext_lazy("Wait as long as Retry-After says.")),
    500: (
        "broken",
        gettext_lazy("Something broke on our side"),
        gettext_lazy("Try again in a moment. If it stays, tell the operator when it happened."),
    ),
    507: ("full", gettext_lazy("There is no room to save"), gettext_lazy("Nothing was saved. Tell the operator.")),
}
STATUS: Final[dict[type[SimpulError], int]] = {Denied: 403, NotFound: 404, Invalid: 422, Conflict: 409}


class FieldProblem(Shape):
    """One input that has to be mended."""

    field: str = Field(description=prose("The input, with dots for what is inside another."), examples=["name"])
    code: str = Field(description=prose("A word for programs, the same in every language."), examples=["missing"])
    detail: str = Field(description=prose("What to do about it, in the language asked for."))


class Problem(Shape):
    """RFC 9457, with our `code`."""

    type: str = Field("about:blank", examples=["about:blank"])
    title: str = Field(description=prose("What went wrong, in the language asked for."))
    status: int = Field(examples=[422])
    detail: str = Field(description=prose("What to do next."))
    code: str = Field(description=prose("A word for programs, the same in every language."), examples=["name_needed"])
    field: str | None = Field(None, description=prose("The input to mend, where it is one."), examples=["name"])
    needs: str | None = Field(
        None, description=prose("The permission or the scope that is missing."), examples=["organisation.edit"]
    )
    errors: list[FieldProblem] | None = Field(None, description=prose("Every input to mend, where there are several."))
    theirs: dict[str, Any] | None = Field(None, description=prose("What the record says now of what you sent."))
    yours: dict[str, Any] | None = Field(None, description=prose("What you sent of these fields."))


class Refused(Exception):
    """A request that ends here with this status and these headers."""

    def __init__(
        self, status: int, code: str = "", *, detail: object = "", headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(status, code)
        self.status, self.code, self.detail, self.headers, self.more = status, code, detail, headers or {}, more


class _Encoder(DjangoJSONEncoder):
    """What `theirs` may hold, as the API writes it elsewhere."""

    def default(self, o: Any) -> Any:
        if isinstance(o, PartialDate):
            return str(o)
        if isinstance(o, Mapping):
            return dict(o)
        return o.pk if isinstance(o, Model) else super().default(o)


def problem(status: int, code: str = "", *, detail: object = "", **more: Any) -> HttpResponse:
    """The answer in the active language; `more` are members of `Problem`, those that are None left out."""
    usual, title, advice = KINDS.get(status, KINDS[500] if status >= 500 else KINDS[400])
    body = {
        "type": "about:blank", "title": str(title), "status": status, "detail": str(detail or advice),
        "code": code or usual, **{name: value for name, value in more.items() if value is not None},
    }  # fmt: skip
    return HttpResponse(json.dumps(body, cls=_Encoder), status=status, content_type=CONTENT_TYPE)


def of_refusal(refused: Refused) -> HttpResponse:
    answer = problem(refused.status, refused.code, detail=refused.detail, **refused.more)
    for name, value in refused.headers.items():
        answer.headers[name] = value
    return _with_challenge(answer)


def of_error(error: SimpulError, *, is_anonymous: bool, sent: Mapping[str, Any], conditional: bool) -> HttpResponse:
    """A domain error. `sent` is the request's body, `conditional` whether it named the version it changes."""
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    if isinstance(error, Denied):
        return _with_challenge(problem(401)) if is_anonymous else problem(403, needs=error.permission)
    if isinstance(error, Invalid):
        return problem(status, error.code, detail=error.message, field=error.field)
    if isinstance(error, Conflict):
        if error.code == EDITED and conditional:
            yours = {name: sent[name] for name in error.theirs if name in sent}
            return problem(412, EDITED, theirs=error.theirs, yours=yours)
        return problem(status, error.code, detail=error.message, theirs=error.theirs or None)
    return problem(status)


def of_inputs(errors: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """What the schemas found, as pydantic tells it."""
    found = [_field_problem(error) for error in errors]
    first = found[0]["field"] if found else None
    return problem(422, "invalid_input", field=first, errors=found)


def _field_problem(error: Mapping[str, Any]) -> dict[str, str]:
    source, *path = [str(part) for part in error["loc"]]
    inside = path[1:] if source == "body" and len(path) > 1 else path
    code = {"missing": "missing", "extra_forbidden": "unknown"}.get(str(error["type"]), "not_as_described")
    return {"field": ".".join(inside) or source, "code": code, "detail": _advice(code)}


def _advice(code: str) -> str:
    if code == "missing":
        return _("This is needed.")
    return _("The API does not know this.") if code == "unknown" else _("Send it as the reference describes it.")


def _with_challenge(answer: HttpResponse) -> HttpResponse:
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Simpul"'
    return answer
