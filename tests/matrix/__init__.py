"""The access matrix: who gets what answer at every URL. `tests/test_access_matrix.py` runs it.

A context's rows are data in `tests/matrix/<context>.py`, found by themselves, in a list called ROWS:

    from tests.cast import Cast
    from tests.matrix import DENIED, LOGIN, OK, UNSEEN, Row, row

    def lentera(cast: Cast) -> dict[str, object]:  # the path's parameters, from the cast's world
        return {"pk": cast.lentera.pk}  # may also make what the page is about: it is undone after the row

    ROWS: list[Row] = [
        row("organisations:directory", default=OK),
        row("organisations:edit", lentera, default=DENIED, publik=LOGIN, budi=OK, dewi=OK),
        row("organisations:edit", lentera, method="post", data={"name": ""}, default=DENIED, budi=INVALID),
        row("organisations:profile", hidden, default=UNSEEN, budi=OK, because="in safety mode"),
    ]

The first argument is the name `reverse()` takes; a URL without a name is named by its route ("^raw/route"). `default`
is the answer to everybody of the cast (tests/cast.py) who is not named, `publik` included. Answers are status codes, or
LOGIN: led to sign in. `data` is what is sent: a dictionary, or a function of the cast. Several rows for one URL, with
other methods or parameters, are told apart by `because`. A URL without any row fails, and so does a row without URL.

An operation of the API ("api:list_people") is asked by a program with a token of each that has every scope; `data` is
sent as JSON, `headers` as they are.

What is no page (an export, a file, a feed, what a task hands out) goes into SURFACES:

    SURFACES = [surface("people", lambda actor, cast: names(actor, cast.now), default=[], budi=["Ani", "Budi"])]

where the function gives what that actor gets, compared for equality; `Denied` and `NotFound` count as "denied" and
"unseen".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

from simpul.kernel.actor import Actor
from tests.cast import NAMES, Cast

OK: Final = 200
CREATED: Final = 201
MOVED: Final = 302  # somewhere else than to sign in
LOGIN: Final = "login"
TOKEN_NEEDED: Final = 401
DENIED: Final = 403
UNSEEN: Final = 404
WRONG_METHOD: Final = 405
CONFLICT: Final = 409
INVALID: Final = 422

Answer = int | str
Make = Callable[[Cast], Mapping[str, object]]


def _nothing(cast: Cast) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True)
class Row:
    """What everybody gets at one URL by one method. `answers` holds every name of the cast."""

    name: str
    answers: Mapping[str, Answer]
    params: Make = _nothing
    method: str = "get"
    data: Make = _nothing
    because: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.because}".strip()


@dataclass(frozen=True)
class Surface:
    """What everybody gets from something that is no page."""

    name: str
    call: Callable[[Actor, Cast], object]
    expected: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def row(
    name: str,
    params: Make = _nothing,
    *,
    default: Answer,
    method: str = "get",
    data: Mapping[str, object] | Make = _nothing,
    because: str = "",
    headers: Mapping[str, str] | None = None,
    **answers: Answer,
) -> Row:
    """One row; ValueError for a name that is not of the cast."""
    sent = data if callable(data) else lambda cast: data
    return Row(name, _everybody(default, answers), params, method, sent, because, headers or {})


def surface(name: str, call: Callable[[Actor, Cast], object], *, default: object, **expected: object) -> Surface:
    """One surface; ValueError for a name that is not of the cast."""
    return Surface(name, call, _everybody(default, expected))


def _everybody(default: Any, named: Mapping[str, Any]) -> dict[str, Any]:
    if strangers := set(named) - set(NAMES):
        raise ValueError(f"not of the cast: {sorted(strangers)}")
    return {key: named.get(key, default) for key in NAMES}


def collected(what: str) -> list[Any]:
    """All ROWS or SURFACES of the modules here."""
    found = [import_module(f"tests.matrix.{m.name}") for m in iter_modules(__path__)]
    return [entry for module in found for entry in getattr(module, what, [])]


def every_url() -> dict[str, URLPattern]:
    """Each URL of the resolver, at any depth: by its name for `reverse()`, by "^" and its route where it has none."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, namespace: str, route: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, here)
        else:
            yield (f"{namespace}{pattern.name}" if pattern.name else f"^{here}"), pattern
