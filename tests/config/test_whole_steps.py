"""Our way of migrating makes what Django's own does."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.config.command_line import environment
from tests.templates import sqlite_template

pytestmark = pytest.mark.process
DJANGO = [sys.executable, "-m", "django", "migrate", "--skip-checks", "--verbosity", "0"]
ROWS = {
    "tables, indexes and triggers": "SELECT type, name, parts_of(sql) FROM sqlite_master WHERE name NOT GLOB 'sqlite*'",
    "steps written down": "SELECT app, name FROM django_migrations",
    "kinds of records": "SELECT app_label, model FROM django_content_type",
    "numbers given by steps": (
        "SELECT name, seq FROM sqlite_sequence WHERE seq > 0 AND substr(name, 1, 4) NOT IN ('djan', 'auth')"
    ),
}


def found(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as reading:
        reading.create_function("parts_of", 1, parts_of)
        return {what: sorted(reading.execute(query), key=str) for what, query in ROWS.items()}


def parts_of(sql: str | None) -> str | None:
    """A table's columns and constraints sorted: where Django makes a table anew it moves what points to the table."""
    if not sql or not sql.startswith("CREATE TABLE"):
        return sql
    head, _, body = sql.partition("(")
    parts, depth = [""], 0
    for sign in body[: body.rindex(")")]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return head + ",".join(sorted(part.strip() for part in parts))


def test_the_database_is_the_one_that_django_makes(tmp_path: Path) -> None:
    own = environment(tmp_path, DJANGO_SETTINGS_MODULE="simpul.config.settings")
    subprocess.run(DJANGO, env=own, cwd=ROOT, check=True)
    theirs, ours = found(tmp_path / "simpul.sqlite3"), found(sqlite_template())
    assert len(ours["tables, indexes and triggers"]) > 200
    for what in ROWS:
        assert ours[what] == theirs[what]
