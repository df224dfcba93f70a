"""Rotating keys while people work.

The steps, each finished before the next begins, and each found again in the ring and the data after a crash:

1. A new key joins the ring: it seals what is written from now on, and fills the second column of every blind index.
2. Every value sealed with another key is opened and sealed anew, row by row, if it still is what was read.
3. The second column of every blind index is filled for the rows written before.
4. The new key becomes the key of the first column; rows move their second column into the first.
5. The second column is emptied.

Every process sees a new ring at its next use of it, since it looks at the file each time. One that was in the middle
of writing with the ring before leaves a row behind: so every step is repeated until it finds nothing to do. Old keys
stay in the ring and open what backups hold, until `forget_key`; a lookup tries every key of the ring, so a row left
behind is still found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import models, transaction
from django.db.models import F, Q

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.vault import cipher
from simpul.vault.blind import BlindIndexField
from simpul.vault.fields import SealedField, Token
from simpul.vault.notes import note_keys
from simpul.vault.queries import blind_indexes, not_under, sealed_fields
from simpul.vault.ring import Key
from simpul.vault.ringfile import current_ring, read_ring, replace_ring, ring_lock
from simpul.vault.rules import check_may_keep_keys

Progress = Callable[[str, int], None]  # (column, rows done in it so far)


@dataclass(frozen=True, slots=True)
class RotationReport:
    """`resumed`: it went on with a rotation somebody had begun. Rows are counted in this run only."""

    key_id: str
    resumed: bool
    resealed: int
    reindexed: int


@dataclass
class _Work:
    path: Path
    key_id: str
    registry: Apps
    progress: Progress | None
    batch: int

    def tell(self, column: str, rows: int) -> None:
        if self.progress:
            self.progress(column, rows)


def rotate_keys(
    actor: Actor, *, now: datetime, progress: Progress | None = None, batch: int = 500, registry: Apps = apps
) -> RotationReport:
    """Bring every encrypted value and blind index under a new key, or finish the rotation that was begun.

    Conflict("ring_busy") while another runs; VaultError where the ring comes from the environment; UnknownKey, Tampered
    for a value that does not open, named by its column: nothing is lost then, and the rotation can be taken up again.
    """
    check_may_keep_keys(actor)
    with ring_lock() as path:
        resumed = current_ring().rotating is not None
        key_id = _begin(actor, path, now)
        work = _Work(path, key_id, registry, progress, batch)
        resealed = _until_nothing_left(lambda: sum(_reseal(work, f) for f in sealed_fields(registry)))
        reindexed = _until_nothing_left(lambda: sum(_fill_next(work, i) for i in blind_indexes(registry)))
        _change(path, index=key_id)
        _until_nothing_left(lambda: sum(_move(work, i) for i in blind_indexes(registry)))
        _change(path, index_next=None)
        _until_nothing_left(lambda: sum(_empty_next(work, i) for i in blind_indexes(registry)))
        report = RotationReport(key_id, resumed, resealed, reindexed)
        _finish(actor, work, report)
    return report


def _begin(actor: Actor, path: Path, now: datetime) -> str:
    ring = read_ring(path)
    if ring.rotating:
        note_keys(ring, now=now)
        return ring.rotating
    key = Key.make(now)
    begun = replace(ring.with_key(key), current=key.id, index_next=key.id, rotating=key.id)
    with transaction.atomic():
        note_keys(begun, now=now)
        record(actor, "vault.begin_rotation", None, details={"key": key.id, "before": ring.current})
        # Last: were it undone, the database would know of a key no ring has, and refuse the ring it has.
        replace_ring(path, begun)
    return key.id


def _finish(actor: Actor, work: _Work, report: RotationReport) -> None:
    with transaction.atomic():
        details: dict[str, str | int] = {
            "key": report.key_id,
            "resealed": report.resealed,
            "reindexed": report.reindexed,
        }
        record(actor, "vault.rotate_keys", None, details=details)
        _change(work.path, rotating=None)


def _change(path: Path, **changes: str | None) -> None:
    replace_ring(path, replace(read_ring(path), **changes))  # type: ignore[arg-type]


def _until_nothing_left(step: Callable[[], int]) -> int:
    total = 0
    while done := step():
        total += done
    return total


def _reseal(work: _Work, field: SealedField[Any]) -> int:
    done = 0
    column = f"{field.model._meta.db_table}.{field.column}"
    for rows in _chunks(not_under(field, work.key_id).values_list("pk", field.name), work.batch):
        with transaction.atomic():
            done += sum(_reseal_one(field, pk, sealed.stored, work.key_id) for pk, sealed in rows)
        work.tell(column, done)
    return done


def _reseal_one(field: SealedField[Any], pk: object, text: str, key_id: str) -> int:
    ring, place = current_ring(), field.place_of(pk)
    fresh = cipher.seal(ring, place, cipher.unseal(ring, place, text), key_id)
    still = field.model._base_manager.filter(pk=pk, **{f"{field.name}__ciphertext": text})
    return still.update(**{field.name: Token(fresh)})


def _fill_next(work: _Work, index: BlindIndexField) -> int:
    done = 0
    rows = index.model._base_manager.filter(**{f"{index.name}__isnull": False}).order_by("pk")
    waiting = rows.filter(~_under(index.next_field, work.key_id), **{f"{index.source}__isnull": False})
    for chunk in _chunks(waiting.values_list("pk", index.source), work.batch):
        with transaction.atomic():
            done += sum(_fill_one(index, pk, sealed.stored, work.key_id) for pk, sealed in chunk)
        work.tell(f"{index.model._meta.db_table}.{index.column}", done)
    return done


def _fill_one(index: BlindIndexField, pk: object, text: str, key_id: str) -> int:
    source = index.model._meta.get_field(index.source)
    assert isinstance(source, SealedField)
    value = source.decode(cipher.unseal(current_ring(), source.place_of(pk), text))
    still = index.model._base_manager.filter(pk=pk, **{f"{index.source}__ciphertext": text})
    anew = index.value_under(key_id, value)
    # A normaliser that has since decided not to index this value: neither column keeps it.
    return still.update(**({index.next_field.name: anew} if anew else {index.name: None, index.next_field.name: None}))


def _move(work: _Work, index: BlindIndexField) -> int:
    behind = _under(index.next_field, work.key_id) & ~_under(index, work.key_id)
    return _in_slices(work, index, behind, {index.name: F(index.next_field.name)})


def _empty_next(work: _Work, index: BlindIndexField) -> int:
    moved = Q(**{f"{index.next_field.name}__isnull": False}) & _under(index, work.key_id)
    return _in_slices(work, index, moved, {index.next_field.name: None})


def _in_slices(work: _Work, index: BlindIndexField, which: Q, changes: dict[str, Any]) -> int:
    """One statement a slice, so that no lock is held for long."""
    rows = index.model._base_manager
    done = 0
    while True:
        keys = list(rows.filter(which).order_by("pk").values_list("pk", flat=True)[: work.batch])
        if not keys:
            return done
        done += rows.filter(which, pk__in=keys).update(**changes)


def _under(column: "models.Field[Any, Any]", key_id: str) -> Q:
    # A NULL column is under no key: said outright, so that NOT of it is true and not unknown.
    return Q(**{f"{column.name}__isnull": False, f"{column.name}__startswith": f"{key_id}."})


def _chunks(rows: "models.QuerySet[Any, Any]", size: int) -> Iterator[list[Any]]:
    """Rows in the order of their keys, `size` at a time: each row once, whatever is written meanwhile."""
    last = None
    while True:
        chunk = list((rows.filter(pk__gt=last) if last is not None else rows)[:size])
        if not chunk:
            return
        yield chunk
        last = chunk[-1][0]
