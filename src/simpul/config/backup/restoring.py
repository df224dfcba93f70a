"""A restore, step by step, each of which may be killed: run again, it goes on or starts over."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from simpul.audit.erasers import erase_again
from simpul.audit.journal import Erased, append, journal_path
from simpul.audit.journal import read as read_journal
from simpul.audit.queries import verify
from simpul.audit.services import record
from simpul.audit.verification import Head as ChainHead
from simpul.config.backup import state
from simpul.config.backup.files import files_folder, place_of
from simpul.config.backup.loading import filled, load, manifest_of, shape
from simpul.config.backup.reading import Backup, Steps, differing, read_backup
from simpul.config.backup.state import Step, Unfinished
from simpul.config.cli.console import STORAGE, Progress, stop
from simpul.config.cli.database import migrate
from simpul.kernel.actor import System

RESTORED = "config.restore_backup"
Bars = Callable[[str], Progress]


@dataclass(frozen=True)
class Restored:
    """What a restore found and did. `unknown` are kinds of records to erase that this version doesn't know."""

    backup: Backup
    erasures: int
    erased: int
    unknown: list[str]
    migrated: int


def restore(path: Path, *, passphrase: str | None, journals: Iterable[Path], now: datetime, bars: Bars) -> Restored:
    """Put a backup into an empty data folder and database, erase again what was erased, bring it to this version.

    The backup is compared with its digests before anything is written, and the database with them afterwards; then the
    audit's chain is verified. `journals` are journals of erasures, or later backups that carry one. Stop, with what to
    do, where any of it does not hold. Until all is done a file in the data folder keeps it from being served.
    """
    data = Path(settings.DATA)
    backup = read_backup(path, passphrase, bars("compared with its digests"))
    erased = sorted({*backup.erasures, *_all_erasures(journals, passphrase, bars)})
    before = state.unfinished(data)
    if before and before.database not in {"", state.database_name()}:
        stop(
            "The restore that was begun here was into another database.",
            f"Set SIMPUL_DATABASE_URL as it was then ({before.database}), or empty that database and this folder.",
        )
    if before is None or before.step is not Step.LOADED or before.digest != backup.manifest.digest:
        _load(backup, passphrase, bars, again=before is not None)
    migrated = migrate()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")  # makes the rows that no backup carries
    verify_chain(backup, now)
    done, unknown = _erase(erased)
    details: dict[str, str | int] = {"erasures": len(erased), "erased": done, "digest": backup.manifest.digest[:20]}
    record(System("restore"), RESTORED, None, details=details)
    state.note(data, None)
    return Restored(backup, len(erased), done, unknown, migrated)


def _all_erasures(journals: Iterable[Path], passphrase: str | None, bars: Bars) -> Iterable[Erased]:
    """From the journals named, and from the one of this data folder."""
    yield from read_journal(journal_path())
    for path in journals:
        if not path.is_file():
            stop(f"There is no file {path}.")
        with path.open("rb") as file:
            is_journal = file.read(1) in {b"", b"{"}
        if is_journal:
            yield from read_journal(path)
        else:
            yield from read_backup(path, passphrase, bars(f"erasures of {path.name}")).erasures


def _load(backup: Backup, passphrase: str | None, bars: Bars, *, again: bool) -> None:
    data, digest = Path(settings.DATA), backup.manifest.digest
    if again:
        _start_over()
    else:
        _refuse_occupied()
    state.note(data, Unfinished(Step.LOADING, digest, state.database_name()))
    tables = shape(backup.head)
    held = filled(tables)
    if not held:
        load(backup.path, passphrase, tables, bars("put in place"), Steps(file=_place_file))
    elif not again:
        stop(f"The database is not empty: {', '.join(held[:3])}.", _ELSEWHERE, code=STORAGE)
    found = manifest_of(tables, bars("read back and compared"))
    found.files, found.erasures = backup.manifest.files, backup.manifest.erasures  # compared when they were written
    wrong = differing(found, backup.manifest)
    if wrong:
        stop(
            f"What the database holds now is not what the backup holds: {', '.join(wrong[:5])}.",
            "Empty the database and restore again; if it stays, keep the backup and ask the maintainers.",
        )
    state.note(data, Unfinished(Step.LOADED, digest, state.database_name()))


_ELSEWHERE = (
    "Restore into a new folder: SIMPUL_DATA=/srv/simpul/restored simpul restore FILE (with PostgreSQL, name an empty "
    "database with SIMPUL_DATABASE_URL too)."
)


def _database_file() -> Path | None:
    """SQLite's file; None on PostgreSQL."""
    return Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


def _refuse_occupied() -> None:
    """Nothing that exists is ever written over."""
    database = _database_file()
    if (database and database.exists()) or any(files_folder().rglob("*")):
        stop(f"The data folder {settings.DATA} holds data already. Nothing was touched.", _ELSEWHERE, code=STORAGE)
    if database is None:
        tables = set(connection.introspection.table_names()) - {"django_migrations"}
        if tables:
            stop("The database has tables already. Nothing was touched.", _ELSEWHERE, code=STORAGE)


def _start_over() -> None:
    """Take away what a killed restore left. On PostgreSQL its rows were undone, or are compared with the backup's."""
    connection.close()
    database = _database_file()
    if database:
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()
    shutil.rmtree(files_folder(), ignore_errors=True)


def _place_file(name: str, content: BinaryIO) -> str:
    path = place_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        while block := content.read(1 << 20):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def verify_chain(backup: Backup, now: datetime) -> None:
    """The record of acts must be whole, and end where it ended when the backup was taken."""
    noted = ChainHead.parse(backup.head.chain) if backup.head.chain else None
    found = verify(now, noted=noted)
    if not found.ok:
        stop(
            "The record of acts in this backup is not whole: " + "; ".join(str(b) for b in found.breaks[:3]) + ".",
            "It was changed before the backup was taken. Restore an earlier one, and tell the auditors.",
        )


def _erase(erased: list[Erased]) -> tuple[int, list[str]]:
    done, unknown = erase_again(one.ref for one in erased)
    missing = {*erased} - {*read_journal(journal_path())}
    if missing:
        append(journal_path(), sorted(missing))
    return done, unknown
