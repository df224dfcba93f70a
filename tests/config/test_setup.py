"""A data folder is made, brought forward, and survives whatever interrupts that."""

import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.config.command_line import PATIENCE, environment, killed, simpul, start
from tests.templates import migrated

pytestmark = pytest.mark.process
AREAS = 91_599


def ask(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "simpul.sqlite3")) as database, database:
        return database.execute(query).fetchall()


def areas(data: Path) -> int:
    return int(str(ask(data, "SELECT count(*) FROM territory_area WHERE NOT invented")[0][0]))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that is set up."""
    data = migrated(tmp_path_factory.mktemp("ready"), areas=True)
    done = simpul(data, "setup")
    assert done.stdout.endswith("Simpul is set up.\n"), done.stderr
    return data


def test_setup_loads_every_area_and_repeats_without_effect(ready: Path) -> None:
    assert areas(ready) == AREAS
    again = simpul(ready, "setup")
    assert (again.returncode, again.stdout, again.stderr) == (0, "Simpul is set up.\n", "")


def test_the_data_folder_is_its_owner_s_alone(tmp_path: Path) -> None:
    assert simpul(tmp_path / "new", "migrate").returncode == 0
    made = [tmp_path / "new", *(tmp_path / "new").iterdir()]
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(ready: Path) -> None:
    ask(ready, "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', '2030-01-01')")
    before = ask(ready, "SELECT count(*), max(id) FROM django_migrations")
    try:
        for command in (["setup"], ["migrate"], ["worker", "--once"]):
            done = simpul(ready, *command)
            assert done.returncode == 4
            assert "made by a newer version of Simpul. Nothing was touched." in done.stderr
            assert "cases.9999_later" in done.stderr
        checked = simpul(ready, "check")
        assert checked.returncode == 1
        assert "FAIL  migrations" in checked.stdout
        assert ask(ready, "SELECT count(*), max(id) FROM django_migrations") == before
    finally:
        ask(ready, "DELETE FROM django_migrations WHERE app = 'cases' AND name = '9999_later'")


def test_a_database_of_an_older_version_is_brought_forward_and_its_copy_removed(tmp_path: Path) -> None:
    older = [sys.executable, "-m", "django", "migrate", "contenttypes", "--skip-checks", "--verbosity", "0"]
    settings = environment(tmp_path, DJANGO_SETTINGS_MODULE="simpul.config.settings")
    subprocess.run(older, env=settings, cwd=ROOT, check=True)
    assert simpul(tmp_path, "worker", "--once").returncode == 1
    checked = simpul(tmp_path, "check")
    assert "not applied yet" in checked.stdout
    done = simpul(tmp_path, "migrate")
    assert done.returncode == 0
    assert "from an older version; bringing it forward" in done.stdout
    assert not list(tmp_path.glob("*.before-update"))
    assert simpul(tmp_path, "migrate").stdout == "The database is at this version already.\n"


@pytest.mark.parametrize("megabytes", [1, 6])
def test_a_full_disk_is_said_in_words_and_loses_nothing(tmp_path: Path, megabytes: int) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes * 1_000_000, megabytes * 1_000_000))

    done = simpul(tmp_path, "setup", before=no_room)
    assert done.returncode == 5
    assert "The disk is full, or failing. Nothing is lost" in done.stderr
    assert "Traceback" not in done.stderr
    assert simpul(tmp_path, "setup").returncode == 0
    assert areas(tmp_path) == AREAS


STEP = 'INSERT INTO "django_migrations"'


def test_a_setup_killed_at_any_point_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Again and again, each time later: a step is done and written down, or not there."""
    for before, nth in (
        (STEP, 2),  # one that ends with indexes, which Django by itself writes down afterwards
        ('CREATE INDEX "', 20),
        ("COMMIT", 60),
    ):
        killed(tmp_path, "setup", before=before, nth=nth)
        assert ask(tmp_path, "PRAGMA integrity_check") == [("ok",)]
    done = simpul(tmp_path, "setup")
    assert done.returncode == 0, done.stderr
    assert areas(tmp_path) == AREAS
    assert ask(tmp_path, "PRAGMA foreign_key_check") == []
    assert [path.name for path in tmp_path.glob("*.before-update")] == []


@pytest.mark.racing
def test_two_setups_at_once_wait_for_one_another(tmp_path: Path) -> None:
    both = [start(tmp_path, "setup") for _ in range(2)]
    said = [process.communicate(timeout=PATIENCE)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert areas(tmp_path) == AREAS
    assert ask(tmp_path, "SELECT count(*) FROM audit_act WHERE act = 'territory.load_territory'") == [(1,)]


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_where_the_data_folder_should_be_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    done = simpul(tmp_path / place, "setup")
    assert done.returncode == 3
    assert done.stderr.startswith("simpul: SIMPUL_DATA is a folder, and ")


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "simpul.sqlite3").write_text("this is no database, it is a letter\n" * 500)
    done = simpul(tmp_path, "setup")
    assert done.returncode == 5
    assert "The database file is damaged." in done.stderr
