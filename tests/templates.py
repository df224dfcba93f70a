"""A migrated database, made once and copied wherever one is needed.

Migrating takes longer than almost any test. What it makes depends on the sources and on the versions of the libraries,
so it is kept under a digest of these, and whoever changes one of them makes it anew. Tests that are about migrating do
it themselves.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.architecture.source import ROOT, SRC

# Packages that no table comes from.
NO_TABLES = {"web", "api"}
OUTDATED = 24 * 3600  # seconds after which a template that nobody has used is removed
MIGRATE = "import django; django.setup(); from simpul.config.whole_steps import apply_all; apply_all()"
LOAD_AREAS = "; from simpul.config.cli.setup import load_areas; load_areas()"


@cache
def digest() -> str:
    """Of everything that a migrated database depends on."""
    seen = hashlib.sha256()
    for name, version in sorted({(found.metadata["Name"], found.version) for found in distributions()}):
        seen.update(f"{name} {version}\n".encode())
    seen.update(f"{sys.version} {sqlite3.sqlite_version}\n".encode())
    for path in sorted(SRC.rglob("*.py")):
        if path.relative_to(SRC).parts[0] not in NO_TABLES:
            seen.update(path.relative_to(SRC).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:24]


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"simpul-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} is somebody else's")
    return folder


@contextmanager
def _alone(made: Path) -> Iterator[None]:
    """One process makes the template, the others wait for it."""
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(script: str, data: Path, url: str = "") -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    clean |= {"SIMPUL_DATA": str(data), "PYTHONPATH": str(SRC.parent)}
    clean |= {"DJANGO_SETTINGS_MODULE": "simpul.config.settings", **({"SIMPUL_DATABASE_URL": url} if url else {})}
    done = subprocess.run(
        [sys.executable, "-c", script], env=clean, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def sqlite_template(*, areas: bool = False) -> Path:
    """The file of a migrated SQLite database, with every area of Indonesia where wanted. Not to be written to."""
    folder = _folder()
    made = folder / f"{digest()}{_areas() if areas else ''}.sqlite3"
    with _alone(made):
        if not made.exists():
            _remove_outdated(folder)
            with tempfile.TemporaryDirectory(dir=folder) as data:
                if areas:
                    migrated(Path(data))
                _run(MIGRATE + (LOAD_AREAS if areas else ""), Path(data))
                with closing(sqlite3.connect(Path(data) / "simpul.sqlite3")) as database:
                    database.execute("PRAGMA journal_mode=DELETE")  # one file, that can be read without writing
                (Path(data) / "simpul.sqlite3").replace(made)
        os.utime(made)
    return made


def _areas() -> str:
    """A mark of the listing that is loaded."""
    data = sorted(path for path in (SRC / "territory").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return "-" + hashlib.sha256("".join(f"{p.name} {p.stat().st_size}" for p in data).encode()).hexdigest()[:8]


def _remove_outdated(folder: Path) -> None:
    for old in folder.glob("*.sqlite3"):
        if old.stat().st_mtime < time.time() - OUTDATED:
            old.unlink(missing_ok=True)
            old.with_suffix(".lock").unlink(missing_ok=True)


def migrated(data: Path, *, areas: bool = False) -> Path:
    """This data folder with a migrated database in it, as `simpul migrate` would leave it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = data / "simpul.sqlite3"
    file.touch(mode=0o600)
    file.write_bytes(sqlite_template(areas=areas).read_bytes())
    return data


def fill(target: sqlite3.Connection) -> None:
    """Make this empty SQLite database a copy of the template."""
    with closing(sqlite3.connect(f"file:{sqlite_template()}?mode=ro", uri=True)) as source:
        source.backup(target)


def postgresql_template(url: str) -> str:
    """The name of a migrated database on this server, which nobody is connected to."""
    name = f"simpul_template_{digest()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(hashtext('simpul templates'))")
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        )
        row = found.fetchone()
        if row is None or row[0] is None:
            _drop_outdated(server, name)
            server.execute(f'CREATE DATABASE "{name}"')
            with tempfile.TemporaryDirectory() as data:
                _run(MIGRATE, Path(data), urlunsplit(urlsplit(url)._replace(path=f"/{name}")))
        server.execute(f"COMMENT ON DATABASE \"{name}\" IS '{int(time.time())}'")
    return name


def _drop_outdated(server: "psycopg.Connection[tuple[object, ...]]", unfinished: str) -> None:
    query = (
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE 'simpul_template_%'"
    )
    for name, used in server.execute(query).fetchall():
        if name == unfinished or (used and int(str(used)) < time.time() - OUTDATED):
            server.execute(f'DROP DATABASE IF EXISTS "{name}"')
