"""Reading the record of acts, and proving that it is whole."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from simpul.audit.chain import row_digest
from simpul.audit.models import Act, Batch, Erasure
from simpul.audit.rules import visible_to
from simpul.audit.verification import BreakKind, ChainReader, Head, SealedBatch, Verification
from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef

# The columns the chain covers, in the order of their digest.
CHAINED = (
    "id",
    "at",
    "actor_kind",
    "purpose",
    "user_id",
    "person_id",
    "act",
    "ref_kind",
    "ref_id",
    "details",
)
VERIFIED = "audit.verify"
_AT_A_TIME = 100  # batches; each has at most services.BATCH rows


def acts_for(
    actor: Actor,
    *,
    act: str = "",
    ref_id: UUID | None = None,
    person_id: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
) -> QuerySet[Act]:
    """The acts this actor may read, newest first, narrowed. `act` is a whole name or a context ending in ".".

    `until` is exclusive. Pages are cut with `before`, the id of the last row of the page before: never by counting.
    """
    rows = Act.objects.filter(visible_to(actor)).order_by("-id")
    narrowed: dict[str, Any] = {
        "act__startswith" if act.endswith(".") else "act": act or None,
        "ref_id": ref_id,
        "person_id": person_id,
        "at__gte": since,
        "at__lt": until,
        "id__lt": before,
    }
    return rows.filter(**{name: value for name, value in narrowed.items() if value is not None})


def verify(now: datetime, *, noted: Head | None = None, progress: Callable[[int], None] | None = None) -> Verification:
    """Compare every sealed row with its seal, and every batch with the one before it.

    `noted` is a head written down earlier: the chain must still hold it. Reads batch by batch, so memory does not grow
    with the record; what is sealed while it runs is left out. `progress` is given the rows compared so far.
    """
    result = Verification()
    result.head = head()
    last = result.head.number if result.head else 0
    top = _highest_named(last)
    reader = ChainReader(result)
    for batch, rows in _batches_with_rows(last):
        reader.read(batch, rows)
        if progress:
            progress(result.rows)
    reader.gap_before(top + 1)
    if noted and not Batch.objects.filter(number=noted.number, digest=noted.digest).exists():
        result.add(BreakKind.HEAD_MISSING, noted.number)
    result.unsealed, oldest = unsealed()
    result.unsealed_age = now - oldest if oldest else None
    return result


def unsealed() -> tuple[int, datetime | None]:
    """How many rows wait for the sealer, and since when. Cheap: few wait where it runs."""
    waiting = Act.objects.filter(batch=None)
    oldest = waiting.order_by("id").values_list("at", flat=True).first()
    return (waiting.count(), oldest) if oldest else (0, None)


def unjournaled() -> tuple[int, datetime | None]:
    """How many erasures wait to stand in the journal, and since when."""
    waiting = Erasure.objects.filter(journaled_at=None)
    oldest = waiting.order_by("id").values_list("at", flat=True).first()
    return (waiting.count(), oldest) if oldest else (0, None)


def last_act(name: str) -> datetime | None:
    """When this was last done."""
    return Act.objects.filter(act=name).order_by("-id").values_list("at", flat=True).first()


def was_done(act: str, ref: RecordRef) -> bool:
    """Whether this was done to the record before, by anybody."""
    return Act.objects.filter(act=act, ref_kind=ref.kind, ref_id=ref.uuid).exists()


def last_verified() -> datetime | None:
    """When somebody last ran the verification and found the record whole."""
    rows = Act.objects.filter(act=VERIFIED, details__breaks=0).order_by("-id")
    return rows.values_list("at", flat=True).first()


def head() -> Head | None:
    """The end of the chain as it is now; None before anything was sealed."""
    last = Batch.objects.order_by("-number").values_list("number", "digest").first()
    return Head(*last) if last else None


def _highest_named(last: int) -> int:
    """The highest batch a row says it is in, where its batch is gone; else `last`."""
    named = Act.objects.exclude(batch=None).aggregate(top=Max("batch_id"))["top"] or 0
    gone = named > last and not Batch.objects.filter(number=named).exists()
    return named if gone else last


def _batches_with_rows(last: int) -> Iterator[tuple[SealedBatch, list[tuple[int, bytes]]]]:
    reached = 0
    while reached < last:
        chunk = Batch.objects.filter(number__gt=reached, number__lte=last).order_by("number")[:_AT_A_TIME]
        batches = [SealedBatch(b.number, b.count, bytes(b.manifest), b.digest, b.sealed_at) for b in chunk]
        rows = _rows_between(reached, batches[-1].number)
        found = next(rows, None)
        for batch in batches:
            while found and found[0] < batch.number:
                found = next(rows, None)
            mine = found[1] if found and found[0] == batch.number else []
            yield batch, mine
        reached = batches[-1].number


def _rows_between(after: int, upto: int) -> Iterator[tuple[int, list[tuple[int, bytes]]]]:
    """(batch number, its rows as (id, digest)) for each batch some row names."""
    rows = Act.objects.filter(batch_id__gt=after, batch_id__lte=upto).order_by("batch_id", "id")
    values = rows.values_list("batch_id", *CHAINED).iterator(chunk_size=2_000)
    for number, group in groupby(values, key=lambda row: row[0]):
        yield number, [(row[1], row_digest(row[1:])) for row in group]
