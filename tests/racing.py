"""Several threads against one real database, thrown away afterwards.

The suite's own database can't serve: SQLite's lives in memory, where two writers at once are refused instead of made to
wait, and the audit's rows can't be removed again. So a copy is made, in a file or beside it on the server.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections


@contextmanager
def copied_database(folder: Path) -> Iterator[None]:
    """Within it, this thread and every new one work on the copy; what they commit is gone afterwards."""
    original = connections["default"]
    settings = original.settings_dict
    name = settings["NAME"]
    copy = _copy_sqlite(folder) if original.vendor == "sqlite" else _copy_postgresql()
    del connections["default"]
    settings["NAME"] = copy
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = original
        if original.vendor == "postgresql":
            original.creation.destroy_test_db(suffix="raced", verbosity=0)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run all of them at the same moment, each in a thread; what they returned or raised, in their order."""
    results: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = acts[place]()
        except Exception as error:  # the caller looks at what became of each
            results[place] = error
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _copy_sqlite(folder: Path) -> str:
    path = folder / "raced.sqlite3"
    connections["default"].ensure_connection()
    with sqlite3.connect(path) as target:
        connections["default"].connection.backup(target)
    target.close()
    return str(path)


def _copy_postgresql() -> str:
    creation = connections["default"].creation
    creation.clone_test_db(suffix="raced", verbosity=0, autoclobber=True)
    return str(creation.get_test_db_clone_settings("raced")["NAME"])
