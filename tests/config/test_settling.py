"""A full collection looks at what came since, not at all of Django."""

import gc
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished

from simpul.config.settling import WARM, settle_while_serving


class Knot:
    """Refers to itself, so that the collector alone can take it away."""

    gone = 0

    def __init__(self) -> None:
        self.own = self

    def __del__(self) -> None:
        Knot.gone += 1


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """Nobody else is told that a request has ended, and the collector is left as it was."""
    before, request_finished.receivers = request_finished.receivers, []
    yield
    gc.unfreeze()
    request_finished.receivers = before
    request_finished.sender_receivers_cache.clear()


def test_it_is_done_at_once_and_again_when_pages_were_asked_for() -> None:
    settle_while_serving()
    first = gc.get_freeze_count()
    assert first > 0
    kept = [[number] for number in range(10_000)]
    for _ in range(WARM[0] - 1):
        request_finished.send(sender=None)
    assert gc.get_freeze_count() <= first
    request_finished.send(sender=None)
    assert gc.get_freeze_count() > first + len(kept) // 2


def test_it_ends_by_itself() -> None:
    settle_while_serving()
    assert len(request_finished.receivers) == 1
    for _ in range(WARM[-1]):
        request_finished.send(sender=None)
    assert request_finished.receivers == []


def test_what_came_afterwards_is_collected() -> None:
    settle_while_serving()
    Knot.gone = 0
    Knot()
    gc.collect()
    assert Knot.gone == 1
