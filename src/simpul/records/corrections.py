"""Appending a correction: the row as we knew it is superseded, the row as we know it now follows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Conflict

Row = TypeVar("Row", bound=models.Model)

_OF_THE_ROW = frozenset({"id", "recorded_at", "superseded_at", "corrects"})


def append_correction(row: Row, changes: Mapping[str, Any], *, now: datetime) -> tuple[Row, bool]:
    """The row that follows `row` with `changes`, and whether it is new: the same correction again changes nothing.

    `row` is a `Known` model with `corrects`, a one-to-one key to itself. Conflict("corrected_meanwhile") where somebody
    corrected it otherwise first; IntegrityError where the new row breaks a constraint, and then nothing is written.
    """
    rows = type(row)._default_manager
    with transaction.atomic():
        if not rows.filter(pk=row.pk, superseded_at=None).update(superseded_at=now):
            return _the_same(rows.filter(corrects=row.pk).first(), changes), False
        kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in _OF_THE_ROW}
        return rows.create(**{**kept, **changes}, corrects=row, recorded_at=now), True


def _the_same(follows: Row | None, changes: Mapping[str, Any]) -> Row:
    if follows is not None and all(getattr(follows, name) == value for name, value in changes.items()):
        return follows
    message = _("Somebody changed this before you. Open it again to see what it says now.")
    raise Conflict("corrected_meanwhile", message=message)
