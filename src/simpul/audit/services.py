"""Recording acts: the one write every other write ends with. Sealing them into the chain."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from simpul.audit.chain import GENESIS, Manifest, batch_digest, row_digest
from simpul.audit.journal import Erased, append, journal_path
from simpul.audit.models import Act, ActorKind, Batch, Erasure
from simpul.audit.queries import CHAINED
from simpul.audit.rules import Detail, check_act, check_purpose, safe_details
from simpul.kernel.actor import Actor, Anonymous, System
from simpul.kernel.refs import RecordRef
from simpul.records.batches import insert_all
from simpul.records.locks import lock_graph

BATCH = 5_000


def record(actor: Actor, act: str, ref: RecordRef | None, *, details: Mapping[str, Detail] | None = None) -> None:
    """Record that `actor` did `act` ("organisations.rename_organisation") to `ref`, within the caller's transaction.

    `details` holds ids, codes and names of changed fields: never personal data, never what was typed. UnsafeDetail
    where it could hold some, which undoes the write itself: a service that leaks does not work at all. The instant is
    the database's. `purpose` says what the platform did it for, or by which token a person did.
    """
    _act(actor, act, ref, details or {}).save(force_insert=True)


def record_each(actor: Actor, act: str, told: Iterable[tuple[RecordRef, Mapping[str, Detail]]]) -> None:
    """As `record`, of the same act done to many: a row for each, with its own details, in one statement."""
    insert_all([_act(actor, act, ref, details) for ref, details in told])


def _act(actor: Actor, act: str, ref: RecordRef | None, details: Mapping[str, Detail]) -> Act:
    return Act(
        actor_kind=_kind(actor),
        purpose=check_purpose(actor.purpose) if isinstance(actor, System) else actor.via and check_purpose(actor.via),
        user_id=actor.user_id,
        person_id=actor.person_id,
        act=check_act(act),
        ref_kind=ref.kind if ref else "",
        ref_id=ref.uuid if ref else None,
        details=safe_details(details),
    )


def _kind(actor: Actor) -> ActorKind:
    if isinstance(actor, System):
        return ActorKind.SYSTEM
    return ActorKind.ANONYMOUS if isinstance(actor, Anonymous) else ActorKind.MEMBER


def seal_pending(now: datetime, *, most: int = BATCH) -> int:
    """Seal every committed row that is in no batch yet, `most` to a batch and a transaction; how many rows.

    Safe beside writers and beside another sealer; what commits while it runs is left to the next call at the latest.
    """
    total = 0
    while Act.objects.filter(batch=None).exists():
        sealed = _seal_one(now, most)
        total += sealed
        if sealed < most:
            break
    return total


@transaction.atomic
def _seal_one(now: datetime, most: int) -> int:
    # Rows are claimed first and read back afterwards. Ids say nothing about commit order: on PostgreSQL row 7 may
    # become visible after row 8 was sealed, so "everything after the last sealed id" would lose it. A row without a
    # batch is waiting, whatever its id; and what is hashed is what was claimed, whatever committed in between.
    lock_graph("audit.chain")
    last = Batch.objects.order_by("-number").values("number", "digest").first()
    number = last["number"] + 1 if last else 1
    waiting = Act.objects.filter(batch=None).order_by("id").values("id")[:most]
    if not Act.objects.filter(id__in=waiting).update(batch_id=number):
        return 0
    manifest = Manifest()
    for row in Act.objects.filter(batch_id=number).order_by("id").values_list(*CHAINED).iterator():
        manifest.add(row[0], row_digest(row))
    # The foreign key is checked at commit, so the batch may follow its rows.
    Batch.objects.create(
        number=number,
        count=len(manifest),
        manifest=bytes(manifest),
        digest=batch_digest(last["digest"] if last else GENESIS, number, now, bytes(manifest)),
        sealed_at=now,
    )
    return len(manifest)


def note_erasures(*refs: RecordRef) -> None:
    """Note, within the caller's transaction, that these records are erased by it.

    Once it is committed they go into the journal outside the database, from which a restore erases them again.
    """
    Erasure.objects.bulk_create(Erasure(ref_kind=ref.kind, ref_id=ref.uuid) for ref in refs)
    transaction.on_commit(write_journal, robust=True)


def write_journal() -> int:
    """Write what the journal lacks; how many lines. OSError where it can't be written: the next call tries again.

    First the file, then the mark: killed in between, a line stands twice, and erasing twice is erasing once.
    """
    waiting = list(Erasure.objects.filter(journaled_at=None).order_by("id")[:BATCH])
    if waiting:
        append(journal_path(), [Erased(row.at, RecordRef(row.ref_kind, row.ref_id)) for row in waiting])
        Erasure.objects.filter(pk__in=[row.pk for row in waiting]).update(journaled_at=Now())
    return len(waiting)
