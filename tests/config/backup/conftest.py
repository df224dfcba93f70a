"""A deployment with records, and its backup: made once for all tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.backup.places import ENGINES, FILL, Place, backup_in, place


@pytest.fixture(scope="package", params=ENGINES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A deployment with two persons, their contacts, acts and a stored file."""
    with place(tmp_path_factory.mktemp("filled"), request.param) as made:
        made.shape()
        made.ran(FILL)
        yield made


@pytest.fixture(scope="package")
def taken(filled: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    folder = tmp_path_factory.mktemp("backups")
    filled.done("backup", str(folder))
    return backup_in(folder)


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a backup may go."""
    with place(tmp_path, request.param) as made:
        yield made
