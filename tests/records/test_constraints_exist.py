"""What migrations declare is in the database at their end: SQLite forgets a table's triggers when it is altered."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from simpul.records.operations import AppendOnly, NoOverlap

Declared = tuple[str, AppendOnly | NoOverlap]


def declared() -> Iterator[Declared]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, _name), migration in sorted(loader.disk_migrations.items()):
        for operation in migration.operations:
            if isinstance(operation, AppendOnly | NoOverlap):
                yield app, operation


ALL = list(declared())


def columns(model: type[models.Model]) -> list[str]:
    return [str(f.column) for f in model._meta.concrete_fields]


def in_sqlite(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [name])
        row = cursor.fetchone()
    return row[0] if row else ""


def in_postgresql(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s"
            " UNION SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
            [name, name],
        )
        row = cursor.fetchone()
    return row[0] if row else ""


def test_some_are_declared() -> None:
    assert {"audit", "organisations", "people", "access"} <= {app for app, _operation in ALL}
    # Once more for the same table is fine: after an alteration, which makes SQLite forget it.
    names = {(operation.name, app, operation.model) for app, operation in ALL}
    assert len({name for name, _app, _model in names}) == len(names)


@pytest.mark.django_db
@pytest.mark.parametrize(("app", "operation"), ALL, ids=lambda value: getattr(value, "name", value))
def test_the_database_guards_the_table_as_it_is_now(app: str, operation: AppendOnly | NoOverlap) -> None:
    unguarded = _unguarded_postgresql if connection.vendor == "postgresql" else _unguarded_sqlite
    assert unguarded(operation, apps.get_model(app, operation.model)) == []


def _unguarded_sqlite(operation: AppendOnly | NoOverlap, model: type[models.Model]) -> list[str]:
    """Triggers that are not what the operation would make now: a column added later shows as another text."""
    make = operation._sqlite if isinstance(operation, AppendOnly) else operation._triggers
    names = {re.findall(r'"(\w+)"', s)[0]: s for s in make(model._meta.db_table, columns(model))}
    return [name for name, statement in names.items() if _parts(in_sqlite(name)) != _parts(statement)]


def _parts(statement: str) -> list[str]:
    """The conditions of a trigger in any order: migrations add columns after others."""
    return sorted(re.split(r" OR | AND |, | BEGIN ", statement.replace("WHEN ", "WHEN OR ", 1)))


def _unguarded_postgresql(operation: AppendOnly | NoOverlap, model: type[models.Model]) -> list[str]:
    """Columns the guard does not name, and a guard against deletion that is missing or one too many."""
    if isinstance(operation, NoOverlap):
        definition = in_postgresql(operation.name)
        watched = {*operation.columns, "valid_from", "valid_until"}
    else:
        definition = in_postgresql(f"{operation.name}_update")
        watched = set(columns(model)) - set(operation.sealed)
        if bool(in_postgresql(f"{operation.name}_delete")) is operation.erasable:
            return [f"{operation.name}_delete"]
    return sorted(c for c in watched if not re.search(rf"\b{c}\b", definition))
