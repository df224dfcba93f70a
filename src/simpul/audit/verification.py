"""What verifying the chain finds, and how it is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from simpul.audit.chain import GENESIS, Manifest, batch_digest

_KEPT = 1_000  # breaks named one by one; more are only counted


class BreakKind(StrEnum):
    BATCHES_MISSING = "batches_missing"
    BATCH_CHANGED = "batch_changed"
    ROW_MISSING = "row_missing"
    ROW_CHANGED = "row_changed"
    ROW_ADDED = "row_added"
    HEAD_MISSING = "head_missing"


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the record is not what was sealed. `batch` to `last` is a range where batches are missing."""

    kind: BreakKind
    batch: int
    row: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        if self.kind is BreakKind.BATCHES_MISSING:
            many = self.last is not None and self.last > self.batch
            return f"batches {self.batch} to {self.last} are missing" if many else f"batch {self.batch} is missing"
        return {
            BreakKind.BATCH_CHANGED: f"batch {self.batch} was changed after it was sealed, or the one before it",
            BreakKind.ROW_MISSING: f"row {self.row} of batch {self.batch} is missing",
            BreakKind.ROW_CHANGED: f"row {self.row} of batch {self.batch} was changed after it was sealed",
            BreakKind.ROW_ADDED: f"row {self.row} was added to batch {self.batch} after it was sealed",
            BreakKind.HEAD_MISSING: f"the chain does not hold the head that was noted at batch {self.batch}",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain. Noted outside the database, it proves later that nothing before it was cut off or redone.

    As text "<number>:<digest>"; ValueError for anything else.
    """

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        number, _, digest = text.strip().partition(":")
        if not number.isdecimal() or len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise ValueError("a head is written <number>:<64 hexadecimal digits>")
        return cls(int(number), digest)


@dataclass(frozen=True, slots=True)
class SealedBatch:
    number: int
    count: int
    manifest: bytes
    digest: str
    sealed_at: datetime


@dataclass
class Verification:
    """The result. `ok` says nothing of `unsealed` rows: they are not in the chain yet."""

    batches: int = 0
    rows: int = 0
    breaks: list[Break] = field(default_factory=list)
    found: int = 0
    unsealed: int = 0
    unsealed_age: timedelta | None = None
    head: Head | None = None

    @property
    def ok(self) -> bool:
        return self.found == 0

    def add(self, kind: BreakKind, batch: int, row: int | None = None, last: int | None = None) -> None:
        self.found += 1
        if len(self.breaks) < _KEPT:
            self.breaks.append(Break(kind, batch, row, last))

    def lines(self) -> Iterator[str]:
        """What was found, a sentence a line."""
        yield f"{self.rows} sealed rows in {self.batches} batches were compared with their seals."
        yield from (f"BREAK: {found}." for found in self.breaks)
        if self.found > len(self.breaks):
            yield f"BREAK: and {self.found - len(self.breaks)} more."
        if self.ok:
            yield "Every row is as it was sealed, and no batch is missing."
        if self.unsealed:
            yield f"{self.unsealed} rows wait to be sealed, the oldest for {_words(self.unsealed_age)}."
        if self.head:
            yield f"Head of the chain, to be noted elsewhere: {self.head}"


def _words(age: timedelta | None) -> str:
    seconds = int(age.total_seconds()) if age else 0
    if seconds < 120:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 7_200 else f"{seconds // 3_600} hours"


class ChainReader:
    """Walks the batches in order, comparing each with its rows and with the batch before it."""

    def __init__(self, result: Verification) -> None:
        self.result = result
        self._next = 1
        self._previous: str | None = GENESIS

    def read(self, batch: SealedBatch, rows: Sequence[tuple[int, bytes]]) -> None:
        """`rows` are (id, digest as computed now), in the order of their ids."""
        self.gap_before(batch.number)
        manifest = Manifest(batch.manifest)
        if not self._holds(batch, manifest):
            self.result.add(BreakKind.BATCH_CHANGED, batch.number)
        self._compare(batch.number, dict(manifest), dict(rows))
        self.result.batches += 1
        self.result.rows += len(rows)
        self._next, self._previous = batch.number + 1, batch.digest

    def gap_before(self, number: int) -> None:
        """Where batches before `number` were not read, they are missing, and nothing proves what `number` follows."""
        if number > self._next:
            self.result.add(BreakKind.BATCHES_MISSING, self._next, last=number - 1)
            self._next, self._previous = number, None

    def _holds(self, batch: SealedBatch, manifest: Manifest) -> bool:
        if batch.count != len(manifest):
            return False
        if self._previous is None:
            return True
        return batch_digest(self._previous, batch.number, batch.sealed_at, batch.manifest) == batch.digest

    def _compare(self, number: int, sealed: dict[int, bytes], found: dict[int, bytes]) -> None:
        for row, digest in sealed.items():
            if row not in found:
                self.result.add(BreakKind.ROW_MISSING, number, row)
            elif found[row] != digest:
                self.result.add(BreakKind.ROW_CHANGED, number, row)
        for row in found.keys() - sealed.keys():
            self.result.add(BreakKind.ROW_ADDED, number, row)
