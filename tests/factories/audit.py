"""Acts as services leave them, and tampering as only somebody with the database's own rights could do it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from simpul.audit.services import record
from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef


def acts(count: int) -> None:
    for n in range(count):
        record(System("test"), "demo.load_storyline", RecordRef("demo.row", uuid7()), details={"n": n})


@contextmanager
def triggers_off(table: str) -> Iterator[None]:
    """Within it, rows of `table` can be changed and deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Deferred checks must be done before a table is altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER ALL')
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def tamper(table: str, statement: str, *params: object) -> None:
    with triggers_off(table), connection.cursor() as cursor:
        cursor.execute(statement, params)
