"""Marks that tie a test to the service it covers; tests/test_architecture.py lists every service without them."""

from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])


def denies(*services: Callable[..., object]) -> Callable[[Test], Test]:
    """This test shows that each of these services refuses an actor who may not."""
    return lambda test: test


def audits(*services: Callable[..., object]) -> Callable[[Test], Test]:
    """This test shows that each of these services leaves its audit row."""
    return lambda test: test
