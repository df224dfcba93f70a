"""Migration operations for constraints that both engines must keep: periods that never overlap, rows never changed.

SQLite keeps them with triggers, PostgreSQL with an exclusion constraint and a trigger. A violation arrives as
`IntegrityError` on either, with the constraint's name in its text; `violated(error, name)` tells.
"""

import re
from collections.abc import Sequence

from django.db import IntegrityError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


def violated(error: IntegrityError, name: str) -> bool:
    """Whether this error comes from the constraint of that name."""
    return name in str(error)


class _Engines(Operation):
    """Runs one list of statements on PostgreSQL and another on SQLite."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        return None

    def table(self, app_label: str, state: ProjectState, model: str) -> str:
        return str(state.apps.get_model(app_label, model)._meta.db_table)

    def _run(self, editor: BaseDatabaseSchemaEditor, postgresql: Sequence[str], sqlite: Sequence[str]) -> None:
        for statement in postgresql if editor.connection.vendor == "postgresql" else sqlite:
            # Names come from migrations, never from people; `%` must not be read as a placeholder.
            editor.execute(statement, params=None)


class Statements(_Engines):
    """Statements that each engine needs in its own words, with those that undo them."""

    def __init__(
        self,
        what: str,
        *,
        postgresql: Sequence[str],
        sqlite: Sequence[str],
        back_postgresql: Sequence[str],
        back_sqlite: Sequence[str],
    ) -> None:
        self.what, self.postgresql, self.sqlite = what, tuple(postgresql), tuple(sqlite)
        self.back_postgresql, self.back_sqlite = tuple(back_postgresql), tuple(back_sqlite)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._run(schema_editor, self.postgresql, self.sqlite)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._run(schema_editor, self.back_postgresql, self.back_sqlite)

    def describe(self) -> str:
        return self.what


class NoOverlap(_Engines):
    """No two rows with equal `columns` whose periods [valid_from, valid_until) share a day.

    Only rows for which `where` (SQL over plain column names, "" for all) holds are compared.
    """

    def __init__(self, model: str, name: str, columns: Sequence[str], where: str = "") -> None:
        self.model, self.name, self.columns, self.where = model, name, tuple(columns), where

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        table = str(model._meta.db_table)
        columns = [str(f.column) for f in model._meta.concrete_fields]
        self._run(schema_editor, self._exclusion(table), self._triggers(table, columns))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = self.table(app_label, to_state, self.model)
        drop = [f'ALTER TABLE "{table}" DROP CONSTRAINT "{self.name}"']
        self._run(schema_editor, drop, [f'DROP TRIGGER "{self.name}_{when}"' for when in ("insert", "update")])

    def _exclusion(self, table: str) -> list[str]:
        equal = ", ".join(f'"{c}" WITH =' for c in self.columns)
        where = f" WHERE ({self.where})" if self.where else ""
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{self.name}" EXCLUDE USING gist '
            f"({equal}, daterange(valid_from, valid_until) WITH &&){where}",
        ]

    def _triggers(self, table: str, columns: Sequence[str]) -> list[str]:
        equal = " AND ".join(f'o."{c}" = NEW."{c}"' for c in self.columns)
        # Within the EXISTS a plain column name is one of `o`; for the new row the names are made from NEW.
        new = ", ".join(f'NEW."{c}" AS "{c}"' for c in columns if re.search(rf"\b{c}\b", self.where))
        mine = f"EXISTS (SELECT 1 FROM (SELECT {new}) WHERE {self.where})" if self.where else "1"
        theirs = f"({self.where})" if self.where else "1"
        body = (
            f'WHEN {mine} AND EXISTS (SELECT 1 FROM "{table}" o WHERE {equal} AND o.id <> NEW.id AND {theirs} '
            "AND coalesce(o.valid_from, '0000') < coalesce(NEW.valid_until, '9999') "
            "AND coalesce(NEW.valid_from, '0000') < coalesce(o.valid_until, '9999')) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        )
        return [
            f'CREATE TRIGGER "{self.name}_{when.lower()}" BEFORE {when} ON "{table}" {body}'
            for when in ("INSERT", "UPDATE")
        ]

    def describe(self) -> str:
        return f"{self.name}: periods of {self.model} never overlap for the same {', '.join(self.columns)}"


class AppendOnly(_Engines):
    """Rows never change, but for `may_set` columns going from NULL to a value; no deletion unless `erasable`.

    `sealed` columns may change: a rotation of keys encrypts the same value anew. All are names of columns, not fields.
    """

    def __init__(
        self,
        model: str,
        name: str,
        may_set: Sequence[str] = (),
        *,
        erasable: bool = False,
        sealed: Sequence[str] = (),
    ) -> None:
        self.model, self.name, self.may_set, self.erasable = model, name, tuple(may_set), erasable
        self.sealed = tuple(sealed)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        columns = [str(f.column) for f in model._meta.concrete_fields]
        table = str(model._meta.db_table)
        # A guard of the same name that an earlier migration made, of the table as it was then, gives way.
        events = [f'"{self.name}_{event}"' for event in ("update", "delete")]
        before = [f'DROP TRIGGER IF EXISTS {event} ON "{table}"' for event in events]
        self._run(
            schema_editor,
            [*before, f'DROP FUNCTION IF EXISTS "{self.name}"()', *self._postgresql(table, columns)],
            [*(f"DROP TRIGGER IF EXISTS {event}" for event in events), *self._sqlite(table, columns)],
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = self.table(app_label, to_state, self.model)
        events = ["update"] if self.erasable else ["update", "delete"]
        on = [f'DROP TRIGGER "{self.name}_{event}" ON "{table}"' for event in events]
        self._run(
            schema_editor,
            [*on, f'DROP FUNCTION "{self.name}"()'],
            [f'DROP TRIGGER "{self.name}_{event}"' for event in events],
        )

    def _changed(self, columns: Sequence[str], differs: str) -> str:
        fixed = [f'OLD."{c}" {differs} NEW."{c}"' for c in columns if c not in (*self.may_set, *self.sealed)]
        once = [f'(OLD."{c}" IS NOT NULL AND OLD."{c}" {differs} NEW."{c}")' for c in self.may_set]
        return " OR ".join([*fixed, *once])

    def _sqlite(self, table: str, columns: Sequence[str]) -> list[str]:
        update = (
            f'CREATE TRIGGER "{self.name}_update" BEFORE UPDATE ON "{table}" WHEN {self._changed(columns, "IS NOT")} '
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        )
        delete = (
            f'CREATE TRIGGER "{self.name}_delete" BEFORE DELETE ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        )
        return [update] if self.erasable else [update, delete]

    def _postgresql(self, table: str, columns: Sequence[str]) -> list[str]:
        function = (
            f'CREATE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        call = f'FOR EACH ROW {{when}} EXECUTE FUNCTION "{self.name}"()'
        changed = f"WHEN ({self._changed(columns, 'IS DISTINCT FROM')})"
        update = f'CREATE TRIGGER "{self.name}_update" BEFORE UPDATE ON "{table}" ' + call.format(when=changed)
        delete = f'CREATE TRIGGER "{self.name}_delete" BEFORE DELETE ON "{table}" ' + call.format(when="")
        return [function, update] if self.erasable else [function, update, delete]

    def describe(self) -> str:
        return f"{self.name}: rows of {self.model} are appended, never changed"
