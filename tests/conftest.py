"""What tests of any context may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.racing import copied_database


@pytest.fixture
def raced(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database that threads may write to at once, and that nothing of is left."""
    with django_db_blocker.unblock(), copied_database(tmp_path):
        yield
