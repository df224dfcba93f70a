"""What runs on PostgreSQL too, and what has no need to."""

import pytest

from tests.asking import asks_for_database
from tests.cast import Cast


def test_what_asks_for_nothing_runs_once(request: pytest.FixtureRequest) -> None:
    assert not asks_for_database(request.node)


@pytest.mark.django_db
def test_a_mark_asks(request: pytest.FixtureRequest) -> None:
    assert asks_for_database(request.node)


def test_who_plays_asks(request: pytest.FixtureRequest, cast: Cast) -> None:
    assert cast
    assert asks_for_database(request.node)


@pytest.mark.racing
def test_a_race_asks(request: pytest.FixtureRequest, raced: None) -> None:
    assert raced is None
    assert asks_for_database(request.node)
