"""The API object: how operations are named, described, read and answered when they fail."""

import json
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.router import Router

from simpul.api.callers import Call
from simpul.api.gate import gate
from simpul.api.problems import Refused, of_error, of_inputs, of_refusal, problem
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import SimpulError

VERSION: Final = "1.0.0"


class StrictJson(Parser):
    """Refuses what a database would refuse later: NUL in a text, half of a surrogate pair, and what is no number."""

    def parse_body(self, request: HttpRequest) -> Any:
        read = json.loads(request.body, parse_constant=_refuse)
        text = json.dumps(read, ensure_ascii=False)
        text.encode()
        if "\\u0000" in text:
            raise ValueError("NUL")
        return read


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class Api(NinjaAPI):
    """An operation's id, and the name of its address, is the name of its function: both are promises."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return str(operation.view_func.__name__)

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:
        return str(operation.view_func.__name__)


api = Api(
    title="Simpul",
    version=VERSION,
    urls_namespace="api",
    openapi_url=None,  # api.document writes it, in the reader's language
    docs_url=None,
    parser=StrictJson(),
)
api.add_decorator(gate, mode="view")


def _domain(request: HttpRequest, error: SimpulError | type[SimpulError]) -> HttpResponse:
    assert isinstance(error, SimpulError)
    call = request
    assert hasattr(call, "actor")
    return of_error(
        error,
        is_anonymous=isinstance(call.actor, Anonymous),
        sent=_sent(request),
        conditional="If-Match" in request.headers,
    )


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What came, for showing it beside what is stored."""
    try:
        read = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _inputs(_: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    return of_inputs(error.errors)


def _http(_: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)
    return problem(413 if isinstance(error.__cause__, RequestDataTooBig) else error.status_code)


def _missing(_: HttpRequest, __: Http404 | type[Http404]) -> HttpResponse:
    return problem(404)


def _refused(_: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    assert isinstance(error, Refused)
    return of_refusal(error)


api.add_exception_handler(SimpulError, _domain)
api.add_exception_handler(ValidationError, _inputs)
api.add_exception_handler(HttpError, _http)
api.add_exception_handler(Http404, _missing)
api.add_exception_handler(Refused, _refused)

__all__ = ["Call", "api"]
