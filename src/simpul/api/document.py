"""The OpenAPI 3.1 document: what ninja knows of the operations, completed with what the gate does to all of them."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.translation import get_language

from simpul.api.conditions import tagged
from simpul.api.describing import ACCESS, BYTES_IN, BYTES_OUT, VERSIONED
from simpul.api.middleware import ROOT
from simpul.api.problems import CONTENT_TYPE, KINDS, Problem
from simpul.api.prose import in_language, prose
from simpul.api.v1 import api
from simpul.documents.kinds import TYPES

Node = dict[str, Any]
METHODS: Final = ("get", "post", "put", "patch", "delete")
WRITING: Final = frozenset(METHODS) - {"get"}
SCHEME: Final = "token"
ABOUT: Final = prose(
    "Read the public directory, networks and figures without a token; read more and change records with one. A token "
    "acts for the person who made it, with what they may do at that moment, within its scopes. Cookies mean nothing "
    "here. Errors have one shape (RFC 9457), in the language of Accept-Language: id or en."
)
_HEADERS: Final[Node] = {
    "ETag": {"description": prose("Names what is answered."), "schema": {"type": "string"}},
    "Link": {"description": prose("The next page, as rel=next."), "schema": {"type": "string"}},
    "Location": {"description": prose("The address of what was made."), "schema": {"type": "string"}},
    "Accept-Ranges": {"description": prose("That parts of it may be asked for: bytes."), "schema": {"type": "string"}},
    "Content-Range": {"description": prose("Which part of how much it is."), "schema": {"type": "string"}},
    "Retry-After": {"description": prose("Seconds to wait."), "schema": {"type": "integer"}},
}
_IF_MATCH: Final[Node] = {
    "in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"},
    "description": prose("The ETag of the version you have read."), "example": '"v3-0a1b2c3d4e5f60718293"',
}  # fmt: skip
_IDEMPOTENCY: Final[Node] = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    "description": prose("A key of your own: sent again within 24 hours, the write is not done twice."),
    "example": "6f1c0a52-0d3a-4c6e-9a35-2f0b8f1f6f11",
}  # fmt: skip
_RANGES: Final[list[Node]] = [
    {
        "in": "header", "name": "Range", "required": False,
        "schema": {"type": "string", "pattern": "^bytes=([0-9]{1,12}-[0-9]{0,12}|-[0-9]{1,12})$"},
        "description": prose("One part of the file: from where it broke off."), "example": "bytes=65536-",
    },
    {
        "in": "header", "name": "If-Range", "required": False, "schema": {"type": "string"},
        "description": prose("The ETag of what you have: of another version all is sent."),
        "example": '"0198c1a27c3e7b5a9d2f5e6f7a8b9c0d"',
    },
]  # fmt: skip


@lru_cache(maxsize=4)
def document(language: str) -> Node:
    """In one language. Treat it as read-only: it is drawn once."""
    drawn: Node = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT), cls=DjangoJSONEncoder))
    with translation.override(language):
        for method, operation in _operations(drawn):
            _complete(method, operation)
    schemas = drawn["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["Problem"].pop("$defs", {}))
    for schema in schemas.values():
        schema.pop("description", None)  # of the class: for who reads the code
    drawn["info"] |= {"description": ABOUT, "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}}
    drawn["components"]["securitySchemes"] = {
        SCHEME: {"type": "http", "scheme": "bearer", "description": prose("A personal token, or an organisation's.")}
    }
    drawn["servers"] = [{"url": "/"}]
    with translation.override(language):
        translated = in_language(drawn)
    assert isinstance(translated, dict)
    return translated


def openapi(request: HttpRequest) -> HttpResponse:
    """The document as JSON, in the language asked for."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    text = json.dumps(document(get_language() or "id"), ensure_ascii=False)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    request.version = None  # type: ignore[attr-defined]  # as of a Call
    return tagged(request, answer)  # type: ignore[arg-type]


def _operations(drawn: Node) -> Iterator[tuple[str, Node]]:
    for path in drawn["paths"].values():
        yield from ((method, path[method]) for method in METHODS if method in path)


def _complete(method: str, operation: Node) -> None:
    access, versioned = operation.pop(ACCESS), operation.pop(VERSIONED)
    bytes_in, bytes_out = _bytes(operation)
    operation["description"] = operation["description"].strip()
    for parameter in operation["parameters"]:
        parameter["schema"] = _without_null(parameter["schema"])
        parameter["schema"].pop("description", None)
    if method in WRITING and not bytes_in:
        operation["parameters"].append(_IDEMPOTENCY)
    if versioned:
        operation["parameters"].append(_IF_MATCH)
    operation["security"] = [{SCHEME: access["scopes"]}, *([] if access["needs_token"] else [{}])]
    for answer in operation["responses"].values():
        answer["headers"] = _of_answer(method, versioned=versioned)
    for status in _statuses(method, access, versioned=versioned):
        operation["responses"][str(status)] = _problem(status)
    if bytes_out:
        _complete_ranges(operation)
    if method == "get":
        operation["responses"]["304"] = {"description": prose("You have it already, by If-None-Match.")}


def _bytes(operation: Node) -> tuple[bool, bool]:
    """What of it is no JSON: whether the body is, and whether the answer is."""
    raw = {"type": "string", "format": "binary"}
    bytes_in, bytes_out = operation.pop(BYTES_IN), operation.pop(BYTES_OUT)
    if bytes_in:
        operation["requestBody"] = {"required": True, "content": {"application/octet-stream": {"schema": raw}}}
    if bytes_out:
        operation["responses"]["200"]["content"] = {media: {"schema": raw} for media in TYPES}
    return bool(bytes_in), bool(bytes_out)


def _complete_ranges(operation: Node) -> None:
    """A file goes out whole, or from where it broke off."""
    operation["parameters"] += _RANGES
    answers = operation["responses"]
    answers["200"]["headers"] = {**answers["200"]["headers"], "Accept-Ranges": _HEADERS["Accept-Ranges"]}
    part = {"Content-Range": _HEADERS["Content-Range"]}
    whole = answers["200"]
    answers["206"] = {
        "description": prose("The part of it that was asked for."), "content": whole["content"],
        "headers": {**whole["headers"], **part},
    }  # fmt: skip
    answers["416"] = {**_problem(416), "headers": part}


def _of_answer(method: str, *, versioned: bool) -> Node:
    names = ["ETag", "Link"] if method == "get" else ["Location", *(["ETag"] if versioned else [])]
    return {name: _HEADERS[name] for name in names}


def _statuses(method: str, access: Node, *, versioned: bool) -> list[int]:
    found = [401, 404, 422, 429]
    if access["needs_token"] or access["scopes"]:
        found.append(403)
    if method in WRITING:
        found += [400, 409, 413, 415]
    return sorted({*found, *([412, 428] if versioned else [])})


def _problem(status: int) -> Node:
    answer: Node = {
        "description": str(KINDS[status][1]),
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 429:
        answer["headers"] = {"Retry-After": _HEADERS["Retry-After"]}
    return answer


def _without_null(schema: Node) -> Node:
    """A parameter is sent or not; it is never null."""
    options = [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
    merged = {**schema, **options[0]} if len(options) == 1 else {**schema}
    if len(options) == 1:
        merged.pop("anyOf")
    merged.pop("title", None)
    return merged
