"""How a column's values are written in a backup: alike, whichever engine they come from or go to."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import models

Convert = Callable[[Any], Any]


class UnknownColumn(Exception):
    """A column of a kind no backup knows: a backup that left it out would be none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`out` makes JSON of what a cursor gives; `sqlite` and `postgresql` make of that what the engine takes.

    None where nothing has to be done. NULL is never converted.
    """

    out: Convert | None = None
    sqlite: Convert | None = None
    postgresql: Convert | None = None


def _uuid(value: UUID | str) -> str:
    return str(value if isinstance(value, UUID) else UUID(value))


def _instant(value: datetime) -> str:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def _instant_for_sqlite(text: str) -> str:
    # As Django writes it, so that instants keep comparing as text: no zone, no fraction where there is none.
    return text.replace("T", " ").removesuffix("+00:00").removesuffix(".000000")


def _day(value: date) -> str:
    return value.isoformat()


def _clock(value: time | str) -> str:
    return (time.fromisoformat(value) if isinstance(value, str) else value).isoformat()


def _json(value: Any) -> str:
    # The column's text, so that JSON's null and SQL's NULL stay two things; keys in order, since PostgreSQL keeps none.
    return json.dumps(json.loads(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _json_for_sqlite(text: str) -> str:
    return json.dumps(json.loads(text))


def _bytes(value: Any) -> str:
    return b64encode(bytes(value)).decode("ascii")


def _decimal(places: int) -> Convert:
    unit = Decimal(1).scaleb(-places)
    return lambda value: str(Decimal(str(value)).quantize(unit))


_PLAIN: Final = Kind()
_KINDS: Final[dict[str, Kind]] = {
    "UUIDField": Kind(_uuid, lambda text: text.replace("-", "")),
    "DateTimeField": Kind(_instant, _instant_for_sqlite),
    "DateField": Kind(_day),
    "TimeField": Kind(_clock),
    "JSONField": Kind(_json, _json_for_sqlite),
    "BinaryField": Kind(_bytes, b64decode, b64decode),
    "BooleanField": Kind(bool),
    "FloatField": Kind(float),
    **dict.fromkeys(
        (
            "AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField",
            "PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField",
            "CharField", "TextField", "SlugField", "FileField", "GenericIPAddressField",
        ),
        _PLAIN,
    ),
}  # fmt: skip


def kind_of(field: "models.Field[Any, Any]") -> Kind:
    """How this field's column is written; a foreign key as what it points to. UnknownColumn."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]
    name = field.get_internal_type()
    if isinstance(field, models.DecimalField):
        return Kind(_decimal(field.decimal_places or 0))
    if name not in _KINDS:
        raise UnknownColumn(f"{field.model._meta.db_table}.{field.column} is a {name}, which backups don't know")
    return _KINDS[name]
