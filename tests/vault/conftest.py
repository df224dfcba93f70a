"""A ring of its own for every test, and two tables with encrypted columns that no real context owns."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from simpul.vault.ring import KeyRing
from simpul.vault.ringfile import create_ring
from tests.vault.safes import MODELS

NOW = datetime(2025, 2, 7, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def ring_path(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "key-ring.json"
    create_ring(path, KeyRing.make(NOW))
    settings.KEY_RING = ""
    settings.KEY_RING_FILE = path
    return path


@pytest.fixture(scope="session")
def safe_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        yield
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.delete_model(model)


@pytest.fixture
def safes(safe_tables: None, db: None) -> None:
    """The tables, empty, within the test's transaction."""


@pytest.fixture
def racing_safes(safe_tables: None, transactional_db: None) -> Iterator[None]:
    """The tables without a transaction around the test; emptied afterwards."""
    yield
    for model in MODELS:
        model._base_manager.all().delete()
