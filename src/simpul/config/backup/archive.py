"""The file: a tar whose members are read and written in one pass.

simpul-backup.json              what is needed before the rows: migrations, tables, columns, counts
tables/<table>/000001.jsonl.gz  rows, a JSON array a line, some megabytes to a member
erasures.jsonl                  what was erased until then: ids and instants
files/<path>                    stored files as they lie on disk
manifest.json                   digests of every table and file, and of all of them together
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Self, cast

from simpul.config.backup.envelope import MARK, SealedReader
from simpul.config.backup.guard import Guard
from simpul.config.cli.console import stop

FORMAT: Final = 1
HEAD, MANIFEST, ERASURES = "simpul-backup.json", "manifest.json", "erasures.jsonl"
_MEMBER: Final = 4 << 20  # bytes of rows before they are packed


@dataclass(frozen=True)
class Head:
    """What stands first. `tables` maps a table's name to its columns and the rows that were counted."""

    made_at: str
    version: str
    node: str
    engine: str
    migrations: list[tuple[str, str]]
    tables: dict[str, tuple[list[str], int]]
    chain: str  # the head of the audit's chain, "<number>:<digest>"; "" before anything was sealed
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(rows for _, rows in self.tables.values())

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Stop for what no backup begins with."""
        try:
            read = json.loads(data)
            if read["format"] != FORMAT:
                stop("This backup is of a newer version of Simpul.", "Update the program (git pull).")
            migrations = [(str(app), str(name)) for app, name in read.pop("migrations")]
            tables = {name: (list(columns), int(rows)) for name, (columns, rows) in read.pop("tables").items()}
            return cls(migrations=migrations, tables=tables, **read)
        except (ValueError, KeyError, TypeError):
            stop("This file is not a backup of Simpul, or is damaged.")


@dataclass
class Manifest:
    """What stands last. `tables`: name -> (rows, digest); `files`: path -> SHA-256."""

    tables: dict[str, tuple[int, str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    erasures: str = ""

    @property
    def digest(self) -> str:
        """One digest of everything the backup carries, whichever engine it came from."""
        text = json.dumps([self.tables, self.files, self.erasures], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"simpul.backup.1\n{text}".encode()).hexdigest()

    def text(self) -> bytes:
        return json.dumps({**asdict(self), "digest": self.digest}, sort_keys=True).encode()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        try:
            read = json.loads(data)
            tables = {name: (int(rows), str(digest)) for name, (rows, digest) in read["tables"].items()}
            found = cls(tables, dict(read["files"]), str(read["erasures"]))
            whole = bool(found.digest == read["digest"])
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            stop("The list of contents of this backup is damaged.", "Take another backup.")
        return found


class ArchiveWriter:
    """Writes members one after another to `out`, each looked at by `guard`."""

    def __init__(self, out: Any, guard: Guard) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 (closed by `close`)
        self._guard = guard
        self._held, self._part, self._table = bytearray(), 0, ""

    def put(self, name: str, data: bytes) -> None:
        self._guard.begin()
        self._guard.look(data)
        self._add(name, data)

    def begin_table(self, name: str) -> None:
        self._table, self._part = name, 0
        self._guard.begin()

    def rows(self, lines: bytes) -> None:
        self._guard.look(lines)
        self._held += lines
        if len(self._held) >= _MEMBER:
            self._pack()

    def end_table(self) -> None:
        if self._held:
            self._pack()

    def _pack(self) -> None:
        self._part += 1
        packed = gzip.compress(bytes(self._held), compresslevel=3, mtime=0)
        self._add(f"tables/{self._table}/{self._part:06}.jsonl.gz", packed)
        self._held.clear()

    def file(self, name: str, path: Path) -> str:
        """Add a stored file; its SHA-256. FileNotFoundError where it was erased meanwhile."""
        self._guard.begin()
        with path.open("rb") as source:
            watched = _Watched(source, self._guard)
            self._tar.addfile(_member(f"files/{name}", path.stat().st_size), cast("BinaryIO", watched))
        return watched.hash.hexdigest()

    def _add(self, name: str, data: bytes) -> None:
        self._tar.addfile(_member(name, len(data)), io.BytesIO(data))

    def close(self) -> None:
        self._tar.close()

    def give_up(self) -> None:
        """After an error: nothing more is written, not even when what was held is collected."""
        stream: Any = self._tar.fileobj
        stream.closed = True


class _Watched:
    """A file that is hashed and looked at while it is read."""

    def __init__(self, source: BinaryIO, guard: Guard) -> None:
        self._source, self._guard, self.hash = source, guard, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._guard.look(data)
        self.hash.update(data)
        return data


def _member(name: str, size: int) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mode = size, 0o600
    return made


def members(file: BinaryIO, passphrase: str | None) -> Iterator[tuple[str, BinaryIO]]:
    """(name, content) of each member, in one pass. TarError where it is no archive or ends too soon."""
    sealed = file.read(len(MARK)) == MARK
    if sealed and passphrase is None:
        stop("This backup is sealed.", "Give --passphrase-file FILE, or run it where the passphrase can be typed.")
    if not sealed:
        file.seek(0)
    source = SealedReader(file, passphrase) if sealed and passphrase is not None else file
    with tarfile.open(fileobj=cast("BinaryIO", source), mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, cast("BinaryIO", content)


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def unpacked(content: BinaryIO) -> bytes:
    """The rows of one member. Stop where it is damaged."""
    try:
        return gzip.decompress(content.read())
    except (OSError, EOFError, ValueError):
        stop("Rows of this backup are damaged.", "Take another backup.")


def as_json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, sort_keys=True).encode()
