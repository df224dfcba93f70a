"""A folder of its own for the files and the keys of every test."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": folder}},
    }
    settings.DATA = tmp_path
    settings.KEY_RING_FILE = tmp_path / "key-ring.json"
    return folder
