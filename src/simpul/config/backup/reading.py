"""Reading a backup: the whole of it is compared with its digests before anything is done with it."""

import hashlib
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from simpul.audit.journal import Erased, parse_lines
from simpul.config.backup.archive import ERASURES, HEAD, MANIFEST, Head, Manifest, members, unpacked
from simpul.config.backup.files import digest_of
from simpul.config.backup.tables import Digest
from simpul.config.cli.console import Progress, stop

_READ = 1 << 20


@dataclass(frozen=True)
class Backup:
    """A backup whose every byte was compared with its digests."""

    path: Path
    head: Head
    manifest: Manifest
    erasures: tuple[Erased, ...]


@dataclass
class Steps:
    """What to do with rows (table, lines) and files while they are read; None: nothing but hashing them."""

    rows: Callable[[str, bytes], None] | None = None
    file: Callable[[str, BinaryIO], str] | None = None  # (name, content) -> SHA-256 of what it read


def read_backup(path: Path, passphrase: str | None, show: Progress, steps: Steps | None = None) -> Backup:
    """Read it from end to end, calling `steps` on the way. Stop where it is damaged, cut off or no backup."""
    reader = _Reader(steps or Steps(), show)
    try:
        with path.open("rb") as file:
            for name, content in members(file, passphrase):
                reader.take(name, content)
    except tarfile.TarError:  # wherever the end is missing: between members or within one
        stop("This file is not a backup of Simpul, or is cut off.", "Take another backup.")
    return reader.result(path)


class _Reader:
    def __init__(self, steps: Steps, show: Progress) -> None:
        self.steps, self.show = steps, show
        self.head: Head | None = None
        self.manifest: Manifest | None = None
        self.found = Manifest()
        self.digests: dict[str, Digest] = {}
        self.erasures: tuple[Erased, ...] = ()
        self.rows = 0

    def take(self, name: str, content: BinaryIO) -> None:
        kind, _, rest = name.partition("/")
        if name == HEAD:
            self.head = Head.parse(content.read())
        elif self.head is None or self.manifest is not None:
            stop("This file is not a backup of Simpul, or is damaged.")
        elif kind == "tables":
            self._rows(rest.partition("/")[0], unpacked(content))
        elif kind == "files":
            self.found.files[rest] = self.steps.file(rest, content) if self.steps.file else _hashed(content)
        elif name == ERASURES:
            data = content.read()
            self.found.erasures = digest_of(data)
            self.erasures = tuple(parse_lines(data.decode("utf-8", "replace").splitlines()))
        elif name == MANIFEST:
            self.manifest = Manifest.parse(content.read())

    def _rows(self, table: str, lines: bytes) -> None:
        assert self.head is not None
        if table not in self.head.tables:
            stop("This backup has rows of a table it does not name. Nothing of it is trusted.")
        if table not in self.digests:
            self.digests[table] = Digest(table, self.head.tables[table][0])
        rows = lines.count(b"\n")
        self.digests[table].add(lines, rows)
        if self.steps.rows:
            self.steps.rows(table, lines)
        self.rows += rows
        self.show(self.rows, self.head.rows)

    def result(self, path: Path) -> Backup:
        if self.head is None or self.manifest is None:
            stop("This backup is cut off: its end is missing.", "Take another backup.")
        for name, (columns, _) in self.head.tables.items():
            digest = self.digests.get(name) or Digest(name, columns)
            self.found.tables[name] = (digest.rows, digest.text)
        wrong = differing(self.found, self.manifest)
        if wrong:
            stop(f"This backup is not as it was written: {', '.join(wrong[:5])}.", "Take another backup.")
        return Backup(path, self.head, self.manifest, self.erasures)


def differing(found: Manifest, wanted: Manifest) -> list[str]:
    """Names of tables and files that are not as the manifest says."""
    tables = [name for name in {*found.tables, *wanted.tables} if found.tables.get(name) != wanted.tables.get(name)]
    files = [f"files/{n}" for n in {*found.files, *wanted.files} if found.files.get(n) != wanted.files.get(n)]
    return sorted([*tables, *files, *([ERASURES] if found.erasures != wanted.erasures else [])])


def _hashed(content: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := content.read(_READ):
        digest.update(block)
    return digest.hexdigest()
