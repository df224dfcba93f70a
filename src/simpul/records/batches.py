"""Many rows of one model at once: one statement, prepared once and run for each.

`bulk_create` and `bulk_update` compile their expressions for every value of every row, which is most of what an import
of thousands of rows takes. Here values pass through their fields as they do in `save()`, and nothing else does: no
signals, no keys read back, no conflicts ignored.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, connections, models
from django.db.models import signals

Row = TypeVar("Row", bound=models.Model)


def insert_all(rows: Sequence[Row]) -> None:
    """Insert new rows of one model. Keys and defaults that the database gives are left to it, and not read back."""
    if not rows:
        return
    model = type(rows[0])
    fields = _inserted(model)
    _run(_insert(model), [_values(fields, row, add=True) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update_all(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Write these fields of each row as the row has them now. ValueError where a model guards what `save()` writes."""
    if not rows:
        return
    model = type(rows[0])
    if signals.pre_save.has_listeners(model):
        raise ValueError(f"{model.__name__} is saved row by row: something looks at each before")
    fields = _named(model, (*names, "pk"))
    _run(_update(model, tuple(names)), [_values(fields, row, add=False) for row in rows])


def _run(statement: str, values: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _values(fields: Sequence[Any], row: models.Model, *, add: bool) -> list[Any]:
    engine = connections[connection.alias]  # the proxy asks which thread it is in for every value
    return [field.get_db_prep_save(field.pre_save(row, add), engine) for field in fields]


@lru_cache
def _inserted(model: type[models.Model]) -> tuple[Any, ...]:
    """All columns but a key that counts upward and what the database fills in by itself."""
    fields: Sequence[Any] = model._meta.concrete_fields
    return tuple(f for f in fields if not isinstance(f, models.AutoField) and f.db_default is models.NOT_PROVIDED)


def _named(model: type[models.Model], names: Sequence[str]) -> tuple[Any, ...]:
    """The columns of that name; "pk" is the key, whatever it is called."""
    known: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
    return tuple(model._meta.pk if name == "pk" else known[name] for name in names)


@lru_cache
def _insert(model: type[models.Model]) -> str:
    columns = [_quoted(field.column) for field in _inserted(model)]
    marks = ", ".join(["%s"] * len(columns))
    # Names are the models' own.
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608


@lru_cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> str:
    *columns, key = (f"{_quoted(field.column)} = %s" for field in _named(model, (*names, "pk")))
    return f"UPDATE {_quoted(model._meta.db_table)} SET {', '.join(columns)} WHERE {key}"  # noqa: S608 - as above


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
