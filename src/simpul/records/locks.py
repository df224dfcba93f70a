"""Two people at once: the optimistic lock of a row, and one lock for a whole graph."""

import hashlib
import time
from collections.abc import Mapping
from typing import TypeVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Conflict

Row = TypeVar("Row", bound=models.Model)
TURN = 0.12  # seconds


def claim_version(row: Row, seen: int, changes: Mapping[str, object]) -> Row:
    """Write `changes` and raise `version` if it still is `seen`; the fresh row.

    Conflict("edited_meanwhile") with the values now stored of the fields that differ from `changes`, so that both
    versions can be shown. Nothing is written then.
    """
    model = type(row)
    updated = model._default_manager.filter(pk=row.pk, version=seen).update(**changes, version=seen + 1)
    fresh = model._default_manager.get(pk=row.pk)
    if not updated:
        theirs = {name: getattr(fresh, name) for name, mine in changes.items() if getattr(fresh, name) != mine}
        raise Conflict(
            "edited_meanwhile",
            message=_("Somebody changed this while you were writing. Both versions are below: choose what stays."),
            theirs=theirs,
        )
    return fresh


def let_others_write() -> None:
    """Between two transactions of a long piece of work: a gap in which others get their turn.

    SQLite's writers don't queue. Who waits looks again every tenth of a second, and never finds it free where one
    transaction follows on another; after 20 s they give up. Within somebody's transaction there is no gap to leave.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(TURN)


def lock_graph(name: str) -> None:
    """One writer at a time for the graph `name`, until the transaction ends. RuntimeError outside one.

    SQLite needs nothing: its write transactions are IMMEDIATE, so they already run one after another.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a graph is locked within a transaction")
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
