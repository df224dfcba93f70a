"""The constraints and triggers that models and migrations promise, held against those the database has."""

from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from simpul.records.operations import AppendOnly, NoOverlap


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of promised constraints and triggers that the database lacks. A remade SQLite table loses its triggers."""
    missing = {*_promised_triggers(connection)} - _triggers_and_exclusions(connection)
    return sorted({*missing, *_missing_constraints(connection)})


def _missing_constraints(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model.__module__.startswith("simpul.") or not model._meta.constraints:
                continue
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            yield from (c.name for c in model._meta.constraints if c.name not in there)


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
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}
