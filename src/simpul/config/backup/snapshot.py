"""Reading every row as of one moment while others write, with memory that does not grow with the rows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction

from simpul.config.backup.tables import Table, quoted

_FETCHED: Final = 2_000  # rows at a time,
_FETCHED_LARGE: Final = 20  # and of a table with bytes in it: pictures, manifests of the audit
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@contextmanager
def one_moment() -> Iterator[None]:
    """Within it every read sees the database as it was at its beginning. Nobody waits for it, and it writes nothing."""
    if connection.in_atomic_block:  # the caller holds a snapshot already
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # `atomic` would take the one writer's place (IMMEDIATE); a deferred transaction that has read keeps its view.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                cursor.execute("SELECT count(*) FROM sqlite_master")
                yield
            finally:
                cursor.execute("ROLLBACK")


def lines(table: Table) -> Iterator[tuple[bytes, int]]:
    """(lines, rows): the table's rows as JSON arrays, a line each, some thousand at a time, in the order of the key."""
    convert, some = table.conversions, _FETCHED_LARGE if table.has_bytes else _FETCHED
    with _cursor() as cursor:
        cursor.execute(_select(table))
        while rows := cursor.fetchmany(some):
            yield b"".join([_line(row, convert) for row in rows]), len(rows)


def _cursor() -> Any:
    # PostgreSQL sends everything at once without a cursor of its own; SQLite never does.
    return connection.chunked_cursor() if connection.vendor == "postgresql" else connection.cursor()


def _select(table: Table) -> str:
    columns = ", ".join(quoted(name) for name in table.columns)
    # SQLite compares text by its bytes; a server would by the words of its language.
    order = ' COLLATE "C"' if table.key_is_text and connection.vendor == "postgresql" else ""
    return f"SELECT {columns} FROM {quoted(table.name)} ORDER BY {quoted(table.key)}{order}"  # noqa: S608 (our own names)


def _line(row: Any, convert: list[tuple[int, Any]]) -> bytes:
    values = list(row)
    for place, out in convert:
        if values[place] is not None:
            values[place] = out(values[place])
    return f"{_dumps(values)}\n".encode()
