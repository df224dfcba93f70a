"""The demo, killed while it is loaded and loaded again, is the same to the last key as one nobody disturbed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.config.command_line import PATIENCE, environment
from tests.templates import migrated

DEMO = {"SIMPUL_DEMO": "1"}
LOAD = [sys.executable, "-m", "simpul", "demo", "load"]
# Made by each installation for itself: the release of the territory, the task that loads the rest.
ITS_OWN = {"territory_territoryrelease", "django_tasks_database_dbtaskresult"}


def ask(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "simpul.sqlite3", timeout=20)) as database:
        return database.execute(query).fetchall()


def steps(data: Path) -> int:
    """Steps done so far; 0 as long as there is no table for them."""
    try:
        return int(str(ask(data, "SELECT count(*) FROM demo_demostep")[0][0]))
    except sqlite3.OperationalError:
        return 0


def keys(data: Path) -> dict[str, list[object]]:
    """Of every table of the demo whose rows carry a UUID, all keys."""
    tables = [str(name) for (name,) in ask(data, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in sorted(set(tables) - ITS_OWN):
        kinds = {name: kind for _n, name, kind, *_rest in ask(data, f'PRAGMA table_info("{table}")')}
        if kinds.get("id") == "char(32)":
            found[table] = [key for (key,) in ask(data, f'SELECT id FROM "{table}" ORDER BY id')]
    return found


def load(data: Path) -> None:
    subprocess.run(LOAD, env=environment(data, **DEMO), cwd=ROOT, capture_output=True, check=True, timeout=PATIENCE)


def kill_between(data: Path, first: int) -> int:
    """Start loading, kill it once `first` steps are done; how many there are then."""
    with subprocess.Popen(
        LOAD, env=environment(data, **DEMO), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        until = time.monotonic() + PATIENCE
        while process.poll() is None and steps(data) < first and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "it was killed in the middle"
    return steps(data)


@pytest.mark.racing
def test_a_demo_killed_twice_while_loading_goes_on_to_the_same_keys(tmp_path: Path) -> None:
    quiet, killed = (migrated(tmp_path / name, areas=True) for name in ("quiet", "killed"))
    load(quiet)
    total = steps(quiet)
    done = 0
    for share in (0.2, 0.6):
        before, done = done, kill_between(killed, round(total * share))
        assert before < done < total
    load(killed)
    assert steps(killed) == total
    expected = keys(quiet)
    assert {"organisations_organisation", "organisations_membership", "people_person", "access_grant"} <= set(expected)
    assert keys(killed) == expected
    assert ask(killed, "PRAGMA integrity_check") == [("ok",)]
    assert ask(killed, "PRAGMA foreign_key_check") == []
