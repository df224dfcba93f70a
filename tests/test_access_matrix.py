"""Every URL against everybody of the cast. How to write rows: tests/matrix/__init__.py."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from simpul.access.services import create_personal_token
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.api.throttle import THROTTLE
from simpul.kernel.errors import Denied, NotFound
from tests.cast import Cast, Played, Stage
from tests.matrix import LOGIN, Answer, Row, Surface, collected, every_url, row

ROWS: list[Row] = collected("ROWS")
SURFACES: list[Surface] = collected("SURFACES")


class World:
    """The cast with a browser each, in one transaction that is undone at the end of the module."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.browsers = {played.key: played.client() for played in cast}
        self._cookies = {key: copy.deepcopy(browser.cookies) for key, browser in self.browsers.items()}
        self._secrets = {played.key: every_scope(played) for played in cast}

    def browser(self, key: str) -> Client:
        """As it was when the world began: what a page does to its cookies is forgotten."""
        browser = self.browsers[key]
        browser.cookies = copy.deepcopy(self._cookies[key])
        return browser

    def program(self, key: str, row: Row, path: str) -> Any:
        """The API's answer to a program with a token of theirs that has every scope."""
        secret, sent = self._secrets[key], row.data(self.cast)
        headers = {**row.headers, **({"Authorization": f"Bearer {secret}"} if secret else {})}
        if row.method == "get":
            return Client().get(path, sent, headers=headers)
        return Client().generic(row.method, path, json.dumps(dict(sent)), "application/json", headers=headers)


def every_scope(played: Played) -> str:
    if played.user is None:
        return ""
    now = datetime.now(UTC)
    made = create_personal_token(played.actor, played.user, name="tes", scopes=list(TOKEN_SCOPES), days=1, now=now)
    return made[1]


@pytest.fixture(scope="module")
def world(stage: Stage, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(stage.set_up())
        transaction.set_rollback(True)


def _answer(world: World, row: Row, key: str, path: str) -> Answer:
    with transaction.atomic():
        if row.name.startswith("api:"):
            response = world.program(key, row, path)
        else:
            response = getattr(world.browser(key), row.method)(path, row.data(world.cast), headers=row.headers)
        transaction.set_rollback(True)
    if response.status_code == 302 and response.headers["Location"].startswith(settings.LOGIN_URL):
        return LOGIN
    return int(response.status_code)


@pytest.mark.django_db  # undoes what the row made
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_the_answer_of_the_matrix(world: World, row: Row) -> None:
    THROTTLE.forget_all()
    path = f"/{row.name[1:]}" if row.name.startswith("^") else reverse(row.name, kwargs=dict(row.params(world.cast)))
    answers = {key: _answer(world, row, key, path) for key in row.answers}
    assert answers == dict(row.answers)


@pytest.mark.django_db
@pytest.mark.parametrize("surface", SURFACES, ids=str)
def test_everybody_gets_from_a_surface_what_the_matrix_says(world: World, surface: Surface) -> None:
    assert {played.key: _got(surface, played.actor, world.cast) for played in world.cast} == dict(surface.expected)


def _got(surface: Surface, actor: Any, cast: Cast) -> object:
    try:
        return surface.call(actor, cast)
    except Denied:
        return "denied"
    except NotFound:
        return "unseen"


def test_every_url_has_an_entry() -> None:
    assert set(every_url()) - {row.name for row in ROWS} == set(), "write its row in tests/matrix/<context>.py"


def test_every_entry_has_a_url() -> None:
    assert {row.name for row in ROWS} - set(every_url()) == set()


def test_rows_are_told_apart() -> None:
    names = [str(row) for row in ROWS]
    assert sorted(names) == sorted(set(names)), "two rows for one URL and method: say `because` what each is"


def test_a_row_knows_the_cast_by_name() -> None:
    with pytest.raises(ValueError):
        row("home", default=200, budy=403)
