"""Excel sheets for tests, and imports of them on their way."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from simpul.interop.models import ImportBatch
from simpul.interop.reading import read_book
from simpul.interop.services.checking import check_rows
from simpul.interop.services.staging import map_columns, receive_import
from simpul.interop.writing import Page, write_xlsx
from simpul.kernel.actor import Actor

NOW = datetime(2025, 2, 7, 2, 0, tzinfo=UTC)
Rows = Sequence[Sequence[Any]]


def sheet(*rows: Sequence[Any], title: str = "Data") -> bytes:
    """An XLSX: the first row are the names of its columns."""
    return write_xlsx([Page(title, [str(cell) for cell in rows[0]], rows[1:])])


def received(
    actor: Actor,
    *rows: Sequence[Any],
    recipe: str = "organisations",
    organisation_id: UUID | None = None,
    options: Mapping[str, Any] | None = None,
    now: datetime = NOW,
) -> ImportBatch:
    """A file that has been read: its columns are guessed and wait to be confirmed."""
    data = sheet(*rows)
    return receive_import(
        actor,
        recipe=recipe,
        organisation_id=organisation_id,
        file_name="anggota.xlsx",
        book=read_book(data),
        sha256=hashlib.sha256(repr(rows).encode()).hexdigest(),  # a workbook holds the second it was written in
        options=options,
        now=now,
    )


def checked(actor: Actor, *rows: Sequence[Any], now: datetime = NOW, **given: Any) -> ImportBatch:
    """A file whose columns were taken as guessed, and whose rows were looked at."""
    batch = received(actor, *rows, now=now, **given)
    map_columns(actor, batch, mapping=dict(batch.places), options={}, now=now)
    return check_rows(actor, batch, now=now)
