"""The reference page: the document drawn for people, on the server, in their language; no script, no bundle."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.api.document import METHODS, SCHEME, Node, document
from simpul.api.problems import KINDS

TAGS: Final = {
    "search": _("Search"),
    "organisations": _("Organisations"),
    "networks": _("Networks and memberships"),
    "applications": _("Applications for membership"),
    "secretariat": _("Services of the secretariat"),
    "programmes": _("Programmes"),
    "events": _("Events"),
    "outcomes": _("After an event"),
    "learning": _("Learning together"),
    "responses": _("Responses to disasters"),
    "service points": _("Service points"),
    "documents": _("Files and documents"),
    "imports": _("Imports"),
    "areas": _("Areas"),
    "vocabularies": _("Code lists"),
    "figures": _("Figures"),
    "case counts": _("Counts of cases"),
    "notices": _("Notices"),
    "people": _("People"),
    "access": _("Tokens and roles"),
    "audit": _("Record of acts"),
    "threads": _("Chains of records"),
}
_DEEPEST: Final = 2


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter, or a field of a body or of an answer."""

    name: str
    type: str
    description: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scopes: list[str]
    public: bool
    parameters: list[Input]
    body: list[Input]
    example: str
    answer: list[Input]
    is_list: bool


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    drawn = document(get_language() or "id")
    groups: dict[str, list[Entry]] = {}
    for path, method, operation in _operations(drawn):
        groups.setdefault(operation["tags"][0], []).append(_entry(drawn, path, method, operation))
    context = {
        "about": drawn["info"]["description"],
        "version": drawn["info"]["version"],
        "groups": [(TAGS[tag], f"bagian-{place}", entries) for place, (tag, entries) in enumerate(groups.items(), 1)],
        "scopes": [(code, scope.label, scope.writes) for code, scope in TOKEN_SCOPES.items()],
        "problems": [(status, code, title, advice) for status, (code, title, advice) in KINDS.items()],
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
        "host": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "api/reference.html", context)


def _operations(drawn: Node) -> Iterator[tuple[str, str, Node]]:
    for path, methods in drawn["paths"].items():
        yield from ((path, method, methods[method]) for method in METHODS if method in methods)


def _entry(drawn: Node, path: str, method: str, operation: Node) -> Entry:
    asked, told = _body_of(operation.get("requestBody", {})), _answer_of(operation)
    is_list = told.get("type") == "array"
    sought = [option for option in operation["security"] if option]
    return Entry(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        scopes=list(sought[0][SCHEME]) if sought else [],
        public={} in operation["security"],
        parameters=[_parameter(drawn, p) for p in operation["parameters"]],
        body=_fields(drawn, asked),
        example=_example_text(drawn, asked),
        answer=_fields(drawn, told["items"] if is_list else told),
        is_list=is_list,
    )


def _body_of(holder: Node) -> Node:
    content: Node = holder.get("content", {}).get("application/json", {})
    schema: Node = content.get("schema", {})
    return schema


def _answer_of(operation: Node) -> Node:
    return next((_body_of(answer) for status, answer in operation["responses"].items() if status[0] == "2"), {})


def _parameter(drawn: Node, parameter: Node) -> Input:
    described = parameter.get("description", "")
    return Input(parameter["name"], _type(drawn, parameter["schema"]), described, parameter["required"])


def _fields(drawn: Node, schema: Node, prefix: str = "", depth: int = 0) -> list[Input]:
    """The fields of an object, those of objects within it with dots, so deep as people read."""
    whole = _resolved(drawn, schema)
    rows: list[Input] = []
    for name, inner in whole.get("properties", {}).items():
        needed = name in whole.get("required", [])
        rows.append(Input(prefix + name, _type(drawn, inner), _described(inner), needed))
        if depth < _DEEPEST:
            mark = f"{prefix}{name}[]." if inner.get("type") == "array" else f"{prefix}{name}."
            rows += _fields(drawn, _within(inner), mark, depth + 1)
    return rows


def _within(schema: Node) -> Node:
    """What a field holds: of a list its items, of what may be null the other."""
    if schema.get("type") == "array":
        items: Node = schema.get("items", {})
        return items
    return next((option for option in schema.get("anyOf", []) if option != {"type": "null"}), schema)


def _resolved(drawn: Node, schema: Node) -> Node:
    for holder in (schema, *schema.get("allOf", [])):
        if "$ref" in holder:
            found: Node = drawn["components"]["schemas"][holder["$ref"].rpartition("/")[2]]
            return found
    return schema


def _described(schema: Node) -> str:
    inner = _within(schema)
    return str(schema.get("description") or inner.get("description") or "")


def _type(drawn: Node, schema: Node) -> str:
    """In a word or two, as the document has it."""
    options = [_type(drawn, option) for option in schema.get("anyOf", [])]
    if options:
        return " | ".join(options)
    whole = _resolved(drawn, schema)
    if "enum" in whole:
        return " | ".join(str(value) for value in whole["enum"]) if len(whole["enum"]) <= 8 else "code"
    if whole.get("type") == "array":
        return f"{_type(drawn, whole.get('items', {}))}[]"
    return str(whole.get("format") or whole.get("type") or "any")


def _example_text(drawn: Node, schema: Node) -> str:
    return json.dumps(_example(drawn, schema), indent=2, ensure_ascii=False) if schema else ""


def _example(drawn: Node, schema: Node) -> Any:
    """A body somebody could send: what is needed, with an example of each."""
    whole = _resolved(drawn, schema)
    if "properties" in whole:
        needed = whole.get("required") or [name for name in whole["properties"] if name != "id"][:3]
        return {name: _example(drawn, whole["properties"][name]) for name in needed}
    for known in (schema, whole, _within(schema)):
        if known.get("examples"):
            return known["examples"][0]
    if "enum" in whole:
        return whole["enum"][0]
    return _SAMPLES.get(str(whole.get("format") or whole.get("type") or _within(schema).get("type")), "")


_SAMPLES: Final[Mapping[str, object]] = {
    "uuid": "0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d",
    "date": "2025-02-07",
    "integer": 3,
    "boolean": True,
    "array": [],
    "object": {},
}
