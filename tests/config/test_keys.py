"""`simpul keys` and `simpul audit` from the terminal: the ring of a production, its export, its return."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.command_line import simpul
from tests.templates import migrated

pytestmark = pytest.mark.process
PRODUCTION = {
    "SIMPUL_ENVIRONMENT": "production",
    "SIMPUL_HOSTS": "simpul.example.org",
    "SIMPUL_SECRET_KEY": secrets.token_urlsafe(64),
}


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("lima kata yang tidak berkaitan\n")
    return file


def test_a_production_gets_its_keys_before_anything_else(tmp_path: Path, passphrase: Path) -> None:
    data, away = tmp_path / "data", tmp_path / "export.json"
    refused = simpul(data, "worker", "--once", settings=PRODUCTION)
    assert refused.returncode == 3
    assert "vault.E001: There is no key ring." in refused.stderr

    made = simpul(data, "keys", "new", settings=PRODUCTION)
    assert made.stdout.startswith("Made the key ring with key ")
    assert (data / "key-ring.json").stat().st_mode & 0o077 == 0
    assert "Never exported" in simpul(data, "keys", "status", settings=PRODUCTION).stdout

    command = ["keys", "export", str(away), "--passphrase-file", str(passphrase)]
    assert simpul(data, *command, settings=PRODUCTION).returncode == 0
    again = simpul(data, *command, settings=PRODUCTION)
    assert (again.returncode, again.stderr) == (1, "simpul: There is a file of that name already: choose another.\n")

    (data / "key-ring.json").unlink()
    assert simpul(data, "worker", "--once", settings=PRODUCTION).returncode == 3
    command[1] = "import"
    assert simpul(data, *command, settings=PRODUCTION).stdout.startswith("Put back 1 keys.")
    assert simpul(data, "worker", "--once", settings=PRODUCTION).returncode == 0


def test_a_ring_of_another_database_keeps_it_from_starting(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert simpul(migrated(tmp_path / name), "keys", "new", settings=PRODUCTION).returncode == 0
    (tmp_path / "one" / "key-ring.json").replace(tmp_path / "two" / "key-ring.json")
    done = simpul(tmp_path / "two", "worker", "--once", settings=PRODUCTION)
    assert done.returncode == 1
    assert "The key ring lacks key" in done.stderr


def test_what_is_missing_of_a_command_is_said(tmp_path: Path) -> None:
    assert simpul(tmp_path, "keys", "export").returncode == 2
    unmade = simpul(tmp_path, "keys", "status")
    assert (unmade.returncode, unmade.stderr.splitlines()[0]) == (1, "simpul: The database is not set up yet.")


def test_the_audit_is_proven_whole_or_its_break_is_named(tmp_path: Path) -> None:
    migrated(tmp_path)
    simpul(tmp_path, "keys", "new", settings=PRODUCTION)
    simpul(tmp_path, "worker", "--once", settings=PRODUCTION)
    whole = simpul(tmp_path, "audit", "verify", settings=PRODUCTION)
    assert whole.returncode == 0
    head = whole.stdout.strip().rpartition(" ")[2]
    assert simpul(tmp_path, "audit", "verify", "--head", head, settings=PRODUCTION).returncode == 0
    assert simpul(tmp_path, "audit", "verify", "--head", f"1:{'0' * 64}", settings=PRODUCTION).returncode == 1

    with closing(sqlite3.connect(tmp_path / "simpul.sqlite3")) as database, database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute("UPDATE audit_act SET act = 'vault.forget_key'")
    broken = simpul(tmp_path, "audit", "verify", settings=PRODUCTION)
    assert broken.returncode == 1
    assert "was changed after it was sealed" in broken.stdout
    assert "FAIL  constraints" in simpul(tmp_path, "check", settings=PRODUCTION).stdout
