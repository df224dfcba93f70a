"""A database of the configured engine for one run of a script, made for it and dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def database() -> Iterator[None]:
    """SQLite's file lies in the script's own SIMPUL_DATA."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        connection.settings_dict.setdefault("TEST", {})["NAME"] = str(Path(os.environ["SIMPUL_DATA"]) / "bench.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
