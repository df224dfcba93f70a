"""The frame of the whole suite: a data folder nobody keeps, static files without gathering them."""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from tests.asking import asks_for_database
from tests.templates import fill, postgresql_template

LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    folder = Path(tempfile.mkdtemp(prefix="simpul-data-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    settings.DATA = folder
    settings.KEY_RING_FILE = folder / "key-ring.json"
    settings.EMAIL_FILE_PATH = folder / "mail"
    settings.STATIC_ROOT = folder / "static"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = {
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": folder / "files"}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on-the-database", action="store_true", help="only tests that ask for the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the engine can't do. Not skipped: in CI a skipped test is a failure."""
    if config.getoption("--on-the-database"):
        alike = [item for item in items if not asks_for_database(item)]
        items[:] = [item for item in items if asks_for_database(item)]
        config.hook.pytest_deselected(items=alike)
    left_out = [item for item in items if item.get_closest_marker("two_writers")]
    if left_out and connections["default"].vendor == "sqlite":
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = [item.nodeid for item in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing of what is loaded here becomes garbage, and looking for some is two fifths of the time of loading."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the garbage collector need not look through it again and again.

    And it looks for what a test left after fifty thousand new objects, not after seven hundred: a page makes as many.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(f"left out: {name} needs two writers at once, which SQLite has not")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    *,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """The tests' database, always. pytest-django makes one only where some test of the run asks for `db` by name;
    tests that copy the database would then copy the one that somebody works with.
    """
    kept = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        if kept:
            made = setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=[])
        else:
            made = copied_from_template()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


def copied_from_template() -> list[tuple[BaseDatabaseWrapper, str, bool]]:
    """What Django's `setup_databases` does, with a copy of the template where it would migrate."""
    connection = connections["default"]
    name = str(connection.settings_dict["NAME"])
    test = connection.creation._get_test_db_name()
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = test
        connection.ensure_connection()
        fill(connection.connection)
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = postgresql_template(os.environ["SIMPUL_DATABASE_URL"])
        connection.creation._create_test_db(verbosity=0, autoclobber=True)
        connection.close()
        connection.settings_dict["NAME"] = test
    return [(connection, name, True)]
