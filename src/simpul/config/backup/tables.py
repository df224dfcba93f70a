"""The tables of a database as its applied migrations describe them: of this version or of an earlier one."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from simpul.config.backup.values import Kind, kind_of

# Made anew by every migration, or signed-in browsers: nobody comes back signed in where they had been signed out.
LEFT_OUT: Final = frozenset(
    {"auth_permission", "auth_group", "auth_group_permissions", "django_content_type", "django_session"}
)
# Rows of browsers that were signed in; without their sessions they would only mislead.
EMPTIED: Final = frozenset({"accounts_session"})


@dataclass(frozen=True)
class Table:
    """One table. Rows are read and written with `columns` in this order, ordered by `key`."""

    name: str
    key: str
    key_is_text: bool
    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    model: type[models.Model]

    @property
    def has_bytes(self) -> bool:
        return any(isinstance(field, models.BinaryField) for field in self.model._meta.concrete_fields)

    @property
    def conversions(self) -> list[tuple[int, Any]]:
        return [(place, kind.out) for place, kind in enumerate(self.kinds) if kind.out]

    def loading(self, vendor: str) -> list[tuple[int, Any]]:
        """(place, conversion) for what an engine takes otherwise than it is written."""
        found = ((place, getattr(kind, vendor)) for place, kind in enumerate(self.kinds))
        return [(place, convert) for place, convert in found if convert]


class Digest:
    """SHA-256 of a table's rows in the order of their keys, the same on every engine."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        head = json.dumps([table, list(columns)], separators=(",", ":"))
        self._hash = hashlib.sha256(f"simpul.table.1\n{head}\n".encode())
        self.rows = 0

    def add(self, lines: bytes, rows: int) -> None:
        """Whole lines, each ended by a newline."""
        self._hash.update(lines)
        self.rows += rows

    @property
    def text(self) -> str:
        return self._hash.hexdigest()


def applied(runner: MigrationExecutor) -> list[tuple[str, str]]:
    """The applied migrations this program knows, in order of name."""
    known = runner.loader.graph.nodes
    return sorted((app, name) for app, name in runner.loader.applied_migrations if (app, name) in known)


def tables_at(runner: MigrationExecutor, migrations: Sequence[tuple[str, str]]) -> list[Table]:
    """Every table of a database brought to exactly these migrations, in order of name."""
    state = runner.loader.project_state(list(migrations))
    found = {m._meta.db_table: m for m in state.apps.get_models(include_auto_created=True) if _is_kept(m)}
    return [_table(found[name]) for name in sorted(found)]


def _is_kept(model: type[models.Model]) -> bool:
    meta = model._meta
    return meta.managed and not meta.proxy and meta.db_table not in LEFT_OUT | EMPTIED


def _table(model: type[models.Model]) -> Table:
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.GeneratedField)]
    key = model._meta.pk
    target: models.Field[Any, Any] = key
    while target.remote_field is not None:
        target = target.target_field  # type: ignore[attr-defined]
    return Table(
        name=model._meta.db_table,
        key=str(key.column),
        key_is_text=target.get_internal_type() in {"CharField", "TextField", "SlugField"},
        columns=tuple(str(f.column) for f in fields),
        kinds=tuple(kind_of(f) for f in fields),
        model=model,
    )


def count(table: Table) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {quoted(table.name)}")  # noqa: S608 (a name of our own models)
        return int(cursor.fetchone()[0])


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
