"""Putting public text into the index. Derived rows, so no act is recorded: the service that changed the record did.

Call within the transaction of that service: what is hidden for somebody's safety is out of the index with the commit
that hides it, not a moment later.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold, fold_words, squeeze
from simpul.records.batches import insert_all
from simpul.search.models import KEY_LENGTH, Entry

TITLE_LENGTH: Final = 200
BODY_LENGTH: Final = 20_000
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Publication:
    """What anybody may read of a record: plain text, in any of our languages, `body` in the order it is shown."""

    ref: RecordRef
    section: str
    title: str
    body: str = ""


Published = Callable[[], Iterable[Publication]]
_sources: dict[str, Published] = {}


def declare(kind: str, published: Published) -> None:
    """In `AppConfig.ready`: `published` yields every record of that kind that is public now. ValueError if taken."""
    if _sources.get(kind, published) is not published:
        raise ValueError(f"two contexts publish {kind}")
    _sources[kind] = published


def publish(publication: Publication) -> None:
    """Find this record under these words from now on. Writes nothing where nothing changed."""
    row = _row(publication)
    ref = publication.ref
    found = Entry.objects.filter(kind=ref.kind, uuid=ref.uuid)
    if found.filter(**row).exists():
        return
    Entry.objects.update_or_create(kind=ref.kind, uuid=ref.uuid, defaults=row)


def publish_new(publications: Iterable[Publication]) -> None:
    """As `publish`, of records made in this transaction: one statement for all."""
    insert_all([Entry(kind=p.ref.kind, uuid=p.ref.uuid, **_row(p)) for p in publications])


def publish_changed(publications: list[Publication]) -> None:
    """As `publish` of many: one question for all, and a statement for each that the index shows otherwise."""
    for publication in _differing(publications):
        publish(publication)


def withdraw(*refs: RecordRef) -> None:
    """They are found no longer."""
    of_kind: dict[str, list[UUID]] = {}
    for ref in refs:
        of_kind.setdefault(ref.kind, []).append(ref.uuid)
    for kind, uuids in of_kind.items():
        Entry.objects.filter(kind=kind, uuid__in=uuids).delete()


@dataclass(frozen=True, slots=True)
class Drift:
    """Records that the index shows otherwise than they are: `missing` or changed, and `stale`, no longer public."""

    missing: tuple[RecordRef, ...]
    stale: tuple[RecordRef, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale)


def drift() -> Drift:
    """Compare the whole index with what the contexts publish."""
    missing: list[RecordRef] = []
    seen: set[tuple[str, Any]] = set()
    for batch in _batches():
        missing += [p.ref for p in _differing(batch)]
        seen.update((p.ref.kind, p.ref.uuid) for p in batch)
    return Drift(tuple(missing), tuple(RecordRef(*row) for row in _not_in(seen)))


def rebuild() -> int:
    """Bring the index in step with the records, a batch a transaction; how many entries were wrong. Resumable."""
    mended = 0
    seen: set[tuple[str, Any]] = set()
    for batch in _batches():
        with transaction.atomic():
            for publication in _differing(batch):
                publish(publication)
                mended += 1
        seen.update((p.ref.kind, p.ref.uuid) for p in batch)
    for kind, uuid in list(_not_in(seen)):
        withdraw(RecordRef(kind, uuid))
        mended += 1
    return mended


def _row(publication: Publication) -> dict[str, str]:
    title = squeeze(publication.title)[:TITLE_LENGTH]
    body = publication.body.strip()[:BODY_LENGTH]
    return {
        "section": publication.section,
        "title": title,
        "body": body,
        "title_key": fold(title)[:KEY_LENGTH],
        "title_words": fold_words(title),
        "body_words": fold_words(body),
    }


def _batches() -> Iterator[list[Publication]]:
    for source in _sources.values():
        publications = iter(source())
        while batch := list(islice(publications, _BATCH)):
            yield batch


def _differing(batch: list[Publication]) -> list[Publication]:
    """Those that the index lacks, or shows otherwise. One query."""
    there = _there(batch)
    return [p for p in batch if there.get((p.ref.kind, p.ref.uuid)) != _row(p)]


def _there(batch: list[Publication]) -> dict[tuple[str, Any], dict[str, str]]:
    names = ("section", "title", "body", "title_key", "title_words", "body_words")
    rows = Entry.objects.filter(uuid__in=[p.ref.uuid for p in batch]).values("kind", "uuid", *names)
    return {(row["kind"], row["uuid"]): {name: row[name] for name in names} for row in rows}


def _not_in(seen: set[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    rows = Entry.objects.values_list("kind", "uuid").iterator(chunk_size=_BATCH)
    return (row for row in rows if row not in seen)
