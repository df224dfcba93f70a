"""The constraints and triggers that models and migrations promise, held against those the database has."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from simpul.records.operations import AppendOnly, NoOverlap

CONSTRAINT = re.compile(r'CONSTRAINT "([^"]+)"')  # as Django writes it into a table of SQLite


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of promised constraints and triggers that the database lacks. A remade SQLite table loses its triggers."""
    missing = {*_promised_triggers(connection)} - _triggers_and_exclusions(connection)
    return sorted({*missing, *_missing_constraints(connection)})


def _missing_constraints(connection: BaseDatabaseWrapper) -> Iterator[str]:
    there = _constraints_and_indexes(connection)
    for model in apps.get_models():
        if model.__module__.startswith("simpul."):
            yield from (c.name for c in model._meta.constraints if (model._meta.db_table, c.name) not in there)


def _constraints_and_indexes(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Tables with the names on them. Django's introspection takes seconds on SQLite: it parses every table's SQL."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid <> 0"
            " UNION SELECT indrelid::regclass::text, relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        )
        return {(table, name) for table, name in _rows(connection, query)}
    found = set()
    for table, kind, name, sql in _rows(connection, "SELECT tbl_name, type, name, sql FROM sqlite_master"):
        found |= {(table, made) for made in (CONSTRAINT.findall(sql) if kind == "table" else [name])}
    return found


def _rows(connection: BaseDatabaseWrapper, query: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _promised_triggers(connection: BaseDatabaseWrapper) -> Iterator[str]:
    for migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values():
        for operation in migration.operations:
            if isinstance(operation, AppendOnly):
                yield f"{operation.name}_update"
                if not operation.erasable:
                    yield f"{operation.name}_delete"
            elif isinstance(operation, NoOverlap):
                yield from _overlap_names(operation.name, connection.vendor)


def _overlap_names(name: str, vendor: str) -> tuple[str, ...]:
    return (name,) if vendor == "postgresql" else (f"{name}_insert", f"{name}_update")


def _triggers_and_exclusions(connection: BaseDatabaseWrapper) -> set[str]:
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger UNION SELECT conname FROM pg_constraint WHERE contype = 'x'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    return {row[0] for row in _rows(connection, query)}
