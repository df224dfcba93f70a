"""Programs of the cast: clients that carry a token of theirs, with every scope unless told otherwise."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from simpul.access.services import create_personal_token
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.api.throttle import THROTTLE
from tests.cast import Played

EVERY = tuple(TOKEN_SCOPES)


@dataclass
class Program:
    """A client with a token; `get` and the others give the answer, `json` and `problem` also check its kind."""

    secret: str = ""
    client: Client = field(default_factory=Client)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            sent["Authorization"] = f"Bearer {self.secret}"
        if method == "get":
            return self.client.get(path, body or {}, headers=sent)
        return self.client.generic(
            method, path, "" if body is None else json.dumps(body), "application/json", headers=sent
        )

    def get(self, path: str, query: dict[str, object] | None = None, **headers: str) -> Any:
        return self.send("get", path, query, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self.send("post", path, body, **headers)

    def patch(self, path: str, body: object, **headers: str) -> Any:
        return self.send("patch", path, body, **headers)

    def put(self, path: str, body: object, **headers: str) -> Any:
        return self.send("put", path, body, **headers)


def problem(answer: Any, status: int, code: str = "") -> dict[str, Any]:
    """The body of a refusal that has the one shape."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    body: dict[str, Any] = json.loads(answer.content)
    assert (answer.status_code, body["status"], body["type"]) == (status, status, "about:blank"), body
    assert body["title"]
    assert body["detail"]
    if code:
        assert body["code"] == code
    return body


def secret_of(played: Played, scopes: Sequence[str] = EVERY) -> str:
    assert played.user
    now = datetime.now(UTC)
    return create_personal_token(played.actor, played.user, name="tes", scopes=scopes, days=1, now=now)[1]


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    THROTTLE.forget_all()
    yield
    THROTTLE.forget_all()


@pytest.fixture
def program() -> Callable[..., Program]:
    """`program()` for the public, `program(cast.budi)` for somebody, `program(cast.budi, [])` without scopes."""
    return lambda played=None, scopes=EVERY: Program(secret_of(played, scopes) if played else "")
