"""A hash that costs nothing: what is compared is ours, how slowly is Django's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests.racing import copied_database


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def raced(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database that threads may write to at once, and that nothing of is left."""
    with django_db_blocker.unblock(), copied_database(tmp_path):
        yield
