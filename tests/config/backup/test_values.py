"""Every kind of column is written alike from both engines and comes back as it was."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from simpul.config.backup.values import UnknownColumn, kind_of

ID = UUID("01939c5a-0000-7000-8000-00000000abcd")
INSTANT = datetime(2026, 11, 22, 2, 0, 0, 120_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "sqlite", "postgresql", "written"),
    [
        (models.UUIDField(), ID.hex, ID, str(ID)),
        (models.DateTimeField(), INSTANT.replace(tzinfo=None), INSTANT.astimezone(timezone(timedelta(hours=8))),
         "2026-11-22T02:00:00.120000+00:00"),
        (models.TimeField(), "20:00:00", time(20), "20:00:00"),
        (models.DateField(), date(2026, 11, 22), date(2026, 11, 22), "2026-11-22"),
        (models.JSONField(), '{"b": 1, "a": "\\u00e9"}', '{"a": "é", "b": 1}', '{"a":"é","b":1}'),
        (models.JSONField(), "null", "null", "null"),
        (models.BinaryField(), b"\x00\xff", b"\x00\xff", "AP8="),
        (models.BooleanField(), 1, True, True),
        (models.FloatField(), 3.0, 3.0, 3.0),
        (models.DecimalField(max_digits=9, decimal_places=6), 8.5, Decimal("8.500000"), "8.500000"),
    ],
)  # fmt: skip
def test_both_engines_write_alike(field: "models.Field[Any, Any]", sqlite: Any, postgresql: Any, written: Any) -> None:
    kind = kind_of(field)
    assert kind.out is not None
    assert [kind.out(sqlite), kind.out(postgresql)] == [written, written]


def test_instants_go_to_sqlite_as_django_writes_them() -> None:
    into = kind_of(models.DateTimeField()).sqlite
    assert into is not None
    assert into("2026-11-22T02:00:00.120000+00:00") == "2026-11-22 02:00:00.120000"
    assert into("2026-11-22T02:00:00.000000+00:00") == "2026-11-22 02:00:00"


def test_every_column_there_is_can_be_written() -> None:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            assert kind_of(field)


def test_a_column_of_an_unknown_kind_is_refused() -> None:
    field = models.DurationField()
    field.model = apps.get_model("people.person")
    field.column = "at"
    with pytest.raises(UnknownColumn, match=r"people_person\.at is a DurationField"):
        kind_of(field)
