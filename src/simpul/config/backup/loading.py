"""Putting a backup's rows into an empty database, in one transaction: all of them or none."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from simpul.config.backup.archive import Head, Manifest
from simpul.config.backup.reading import Steps, read_backup
from simpul.config.backup.snapshot import lines, one_moment
from simpul.config.backup.tables import Digest, Table, count, quoted, tables_at
from simpul.config.cli.console import NEWER_DATABASE, Progress, stop
from simpul.config.whole_steps import WholeSteps

_INSERTED = 2_000  # rows a statement is prepared for, on SQLite


def shape(head: Head) -> list[Table]:
    """Bring an empty database to exactly the migrations of the backup; its tables. Stop for a newer backup."""
    runner = WholeSteps(connection)
    unknown = [f"{app}.{name}" for app, name in head.migrations if (app, name) not in runner.loader.graph.nodes]
    if unknown:
        stop(
            f"This backup was made by a newer version of Simpul.\n  unknown here: {', '.join(unknown[:3])}",
            "Update the program (git pull), then restore it again.",
            code=NEWER_DATABASE,
        )
    _migrate_to(runner, head.migrations)
    tables = tables_at(MigrationExecutor(connection), head.migrations)
    here = {table.name: list(table.columns) for table in tables}
    if here != {name: columns for name, (columns, _) in head.tables.items()}:
        stop("The tables of this backup are not those of its migrations. Nothing of it is trusted.")
    return tables


def _migrate_to(runner: MigrationExecutor, migrations: Sequence[tuple[str, str]]) -> None:
    leaves = {app: (app, name) for app, name in migrations}  # in order of name: the last of an app stays
    wanted = [key for key in leaves.values() if key not in runner.loader.applied_migrations]
    if wanted:
        runner.migrate(wanted)


def filled(tables: Sequence[Table]) -> list[str]:
    """Tables that hold rows."""
    return [table.name for table in tables if count(table)]


def load(path: Path, passphrase: str | None, tables: Sequence[Table], show: Progress, steps: Steps) -> None:
    """Write every row. `steps` does the files beside."""
    loader = _Loader({table.name: table for table in tables})
    with transaction.atomic():
        read_backup(path, passphrase, show, Steps(rows=loader.rows, file=steps.file))
        _set_sequences(tables)


class _Loader:
    def __init__(self, tables: dict[str, Table]) -> None:
        self.tables = tables
        self.convert = {name: table.loading(connection.vendor) for name, table in tables.items()}

    def rows(self, name: str, text: bytes) -> None:
        rows = [self._row(line, self.convert[name]) for line in text.splitlines()]
        put = _copy if connection.vendor == "postgresql" else _insert
        put(self.tables[name], rows)

    @staticmethod
    def _row(line: bytes, convert: Sequence[tuple[int, Any]]) -> list[Any]:
        values: list[Any] = json.loads(line)
        for place, into in convert:
            if values[place] is not None:
                values[place] = into(values[place])
        return values


def _insert(table: Table, rows: Sequence[list[Any]]) -> None:
    columns = ", ".join(quoted(name) for name in table.columns)
    marks = ", ".join(["%s"] * len(table.columns))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _INSERTED):
            cursor.executemany(
                f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})",  # noqa: S608 (our own names)
                rows[start : start + _INSERTED],
            )


def _copy(table: Table, rows: Sequence[list[Any]]) -> None:
    columns = ", ".join(quoted(name) for name in table.columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _set_sequences(tables: Sequence[Table]) -> None:
    """The next number a table gives is above those it holds."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)


def manifest_of(tables: Sequence[Table], show: Progress) -> Manifest:
    """The digests of what the database holds now."""
    found, done = Manifest(), 0
    with one_moment():
        total = sum(count(table) for table in tables)
        for table in tables:
            digest = Digest(table.name, table.columns)
            for chunk, rows in lines(table):
                digest.add(chunk, rows)
                done += rows
                show(done, total)
            found.tables[table.name] = (digest.rows, digest.text)
    return found
