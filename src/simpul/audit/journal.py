"""What was erased, kept in a file outside the database: a backup from before an erasure must not bring it back.

A line each: {"at": "2026-11-22T03:00:00+00:00", "ref": "people.contactpoint:<uuid>"}. Ids and instants only, so the
file may lie anywhere; the further from the database's disk, the better (SIMPUL_ERASURES).
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from simpul.kernel.refs import RecordRef


@dataclass(frozen=True, slots=True, order=True)
class Erased:
    at: datetime
    ref: RecordRef

    def line(self) -> str:
        return json.dumps({"at": self.at.astimezone(UTC).isoformat(), "ref": str(self.ref)}) + "\n"

    @classmethod
    def parse(cls, line: str) -> "Erased":
        """ValueError for anything `line` did not write."""
        try:
            read = json.loads(line)
            return cls(datetime.fromisoformat(read["at"]), RecordRef.parse(read["ref"]))
        except (KeyError, TypeError, AttributeError):
            raise ValueError("not a line of the journal of erasures") from None


def journal_path() -> Path:
    """SIMPUL_ERASURES, or a file of the data folder."""
    return Path(settings.ERASURES) if settings.ERASURES else Path(settings.DATA) / "erasures.jsonl"


def append(path: Path, erased: Iterable[Erased]) -> None:
    """Add lines, and return once they are on the disk. A line that a killed process left unfinished is closed first."""
    text = "".join(one.line() for one in erased)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        whole = end == 0 or os.pread(file.fileno(), 1, end - 1) == b"\n"
        file.write(text if whole else f"\n{text}")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[Erased]:
    """Every erasure in a journal; none where there is no file. An unfinished line is left out: it is written again."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        yield from parse_lines(file)


def parse_lines(lines: Iterable[str]) -> Iterator[Erased]:
    for line in lines:
        try:
            yield Erased.parse(line)
        except ValueError:
            continue
