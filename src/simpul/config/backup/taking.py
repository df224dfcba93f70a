"""Taking a backup while Simpul runs: written beside, made durable, then put in place under its name."""

import fcntl
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from simpul.audit.journal import journal_path
from simpul.audit.queries import head as chain_head
from simpul.config.backup.archive import ERASURES, HEAD, MANIFEST, ArchiveWriter, Head, Manifest, as_json
from simpul.config.backup.envelope import SealedWriter
from simpul.config.backup.files import digest_of, stored_files
from simpul.config.backup.guard import guard_of_keys
from simpul.config.backup.snapshot import lines, one_moment
from simpul.config.backup.tables import Digest, Table, applied, count, tables_at
from simpul.config.cli.console import STORAGE, Progress, stop
from simpul.config.cli.database import refuse_newer
from simpul.config.env import CHECKOUT

SUFFIX = ".backup"
UPGRADED = "config.upgrade_database"
TAKEN = "config.take_backup"  # the act, which `simpul check` looks for


@dataclass(frozen=True)
class Taken:
    """A backup that lies whole on the disk. `counts` are rows by table."""

    path: Path
    digest: str
    counts: Mapping[str, int]
    files: int
    size: int

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def take_backup(
    folder: Path, *, now: datetime, passphrase: str | None = None, progress: Callable[[str], Progress]
) -> Taken:
    """Write "simpul-<node>-<instant>.backup" into `folder`, mode 0600, whole or not at all.

    `progress` is asked for a bar by its label. Stop where a key lies among the data or the database is of a newer
    version; OSError where the folder can't be written.
    """
    runner = MigrationExecutor(connection)
    refuse_newer(runner)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        _sweep(folder)
        path = _free_path(folder, now)
        draft = folder / f".{path.name}.{os.getpid()}.part"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                manifest = _write(file, runner, now, passphrase, progress)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _settle(folder)
    counts = {name: rows for name, (rows, _) in manifest.tables.items()}
    return Taken(path, manifest.digest, counts, len(manifest.files), path.stat().st_size)


def _free_path(folder: Path, now: datetime) -> Path:
    """Where a backup of `now` lies: under the next second's name where an earlier one of this second lies already.

    The names stay in the order the backups were made in. When one was made to the second stands inside it.
    """
    instant = now.astimezone(UTC)
    while True:
        path = folder / f"{prefix()}{instant:%Y%m%dT%H%M%SZ}{SUFFIX}"
        if not path.exists():
            return path
        instant += timedelta(seconds=1)


def prefix() -> str:
    """How the names of this deployment's backups begin."""
    return f"simpul-{settings.NODE}-"


def _write(
    file: BinaryIO,
    runner: MigrationExecutor,
    now: datetime,
    passphrase: str | None,
    progress: Callable[[str], Progress],
) -> Manifest:
    sealed = SealedWriter(file, passphrase) if passphrase is not None else None
    archive = ArchiveWriter(sealed or file, guard_of_keys())
    try:
        manifest = _fill(archive, runner, now, progress)
        archive.close()
    except BaseException:
        archive.give_up()
        raise
    if sealed:
        sealed.finish()
    return manifest


def _fill(
    archive: ArchiveWriter, runner: MigrationExecutor, now: datetime, progress: Callable[[str], Progress]
) -> Manifest:
    manifest = Manifest()
    with one_moment():
        tables = tables_at(runner, applied(runner))
        head = _head(runner, tables, now)
        archive.put(HEAD, as_json(asdict(head)))
        _write_rows(archive, manifest, tables, head.rows, progress("rows"))
    # After the rows: a file that a row names was there before the row was committed.
    erasures = journal_path().read_bytes() if journal_path().exists() else b""
    manifest.erasures = digest_of(erasures)
    archive.put(ERASURES, erasures)
    _write_files(archive, manifest, progress("files"))
    archive.put(MANIFEST, manifest.text())
    return manifest


def _head(runner: MigrationExecutor, tables: list[Table], now: datetime) -> Head:
    sealed = any(table.name == "audit_batch" for table in tables)  # the earliest versions had no record of acts
    return Head(
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        version=program_version(),
        node=settings.NODE,
        engine=connection.vendor,
        migrations=applied(runner),
        tables={table.name: (list(table.columns), count(table)) for table in tables},
        chain=str((sealed and chain_head()) or ""),
    )


def program_version() -> str:
    try:
        return version("simpul")
    except PackageNotFoundError:  # a checkout, which runs without being installed
        with (CHECKOUT / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])


def _write_rows(archive: ArchiveWriter, manifest: Manifest, tables: list[Table], total: int, show: Progress) -> None:
    done = 0
    for table in tables:
        digest = Digest(table.name, table.columns)
        archive.begin_table(table.name)
        for chunk, rows in lines(table):
            archive.rows(chunk)
            digest.add(chunk, rows)
            done += rows
            show(done, total)
        archive.end_table()
        manifest.tables[table.name] = (digest.rows, digest.text)


def _write_files(archive: ArchiveWriter, manifest: Manifest, show: Progress) -> None:
    found = stored_files()
    for number, (name, path) in enumerate(found, 1):
        try:
            manifest.files[name] = archive.file(name, path)
        except FileNotFoundError:
            continue  # erased since the folder was listed
        show(number, len(found))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder. The system frees the lock when a process dies."""
    with (folder / ".backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stop("Another backup is being written into this folder.", "Wait until it has ended.", code=STORAGE)
        yield


def _sweep(folder: Path) -> None:
    """What a killed backup left behind."""
    for left in folder.glob(f".simpul-*{SUFFIX}.*.part"):
        left.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_older(folder: Path, *, keep: int) -> list[Path]:
    """Remove this deployment's backups but the `keep` newest; what was removed."""
    found: list[Any] = sorted(folder.glob(f"{prefix()}????????T??????Z{SUFFIX}"), reverse=True)
    for path in found[keep:]:
        path.unlink()
    return found[keep:]
