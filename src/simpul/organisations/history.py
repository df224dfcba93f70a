"""Facts that are corrected by appending: the old row is superseded, the new one added, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Conflict, SimpulError
from simpul.kernel.ids import uuid7
from simpul.records.models import Known
from simpul.records.operations import violated

Fact = TypeVar("Fact", bound=Known)


def supersede(row: Known, now: datetime) -> None:
    """Close what was known. Conflict("corrected_meanwhile") where somebody else has done so."""
    if not type(row)._default_manager.filter(pk=row.pk, superseded_at=None).update(superseded_at=now):
        raise Conflict(
            "corrected_meanwhile",
            message=_("Somebody corrected this while you were writing. Look at it again before you change it."),
        )


def replace(row: Fact, now: datetime, **changes: object) -> Fact:
    """Supersede `row` and append it again with `changes`; the new row."""
    supersede(row, now)
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return type(row)._default_manager.create(
        **{**fields, "id": uuid7(), "recorded_at": now, "superseded_at": None, **changes}
    )


@contextmanager
def keeping(constraint: str, error: SimpulError) -> Iterator[None]:
    """What is done within violates the named constraint: raise `error` instead."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as violation:
        if violated(violation, constraint):
            raise error from violation
        raise
