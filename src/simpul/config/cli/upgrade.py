"""`simpul upgrade`: a backup first, then the database to this version, then proof that nothing was lost."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, progress_bar, say, stop
from simpul.config.cli.database import (
    data_folder,
    executor,
    migrate,
    one_at_a_time,
    refuse_half_restored,
    refuse_newer,
    start_django,
)
from simpul.config.cli.sealing import seal
from simpul.kernel.actor import System

if TYPE_CHECKING:
    from simpul.config.backup.taking import Taken


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "upgrade",
        "bring an older database to this version, with a backup first and a proof afterwards",
        """
For a database of any earlier version. Takes a backup, applies what this version changes in the database's shape, each
change in one transaction, then compares: every constraint stands, no table lost rows, the record of acts is whole.
Says at the end how to go back. Killed half-way, the same command goes on. Stop the service before, start it after.
""",
        """
        simpul upgrade
        simpul upgrade --into /srv/backups
        """,
    )
    parser.add_argument(
        "--into", type=Path, metavar="FOLDER", help="where the backup goes (default: in the data folder)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    folder = data_folder()
    with one_at_a_time(folder):
        refuse_half_restored()
        runner = executor()
        refuse_newer(runner)
        if not runner.loader.applied_migrations:
            stop("There is nothing to upgrade: the database is not set up.", "Run `simpul setup`.")
        if not runner.migration_plan(runner.loader.graph.leaf_nodes()):
            say("The database is at this version already.")
            return OK
        _upgrade(options.into or folder / "backups")
    seal()
    return OK


def _upgrade(folder: Path) -> None:
    from simpul.audit.services import record  # inline: app ready
    from simpul.config.backup.taking import TAKEN, UPGRADED, take_backup  # inline: app ready

    taken = take_backup(folder, now=datetime.now(UTC), progress=progress_bar)
    say(f"Backup: {taken.path}")
    steps = migrate()
    wrong = list(_amiss(taken))
    if wrong:
        stop("The database is at this version, but not as it should be:\n  " + "\n  ".join(wrong), _back(taken.path))
    details: dict[str, str | int] = {"rows": taken.rows, "files": taken.files, "digest": taken.digest[:20]}
    record(System("upgrade"), TAKEN, None, details=details)
    record(System("upgrade"), UPGRADED, None, details={"steps": steps})
    say(f"The database is at this version: {steps} steps, {taken.rows:,} rows, nothing missing.")
    say(f"To go back: {_back(taken.path)}")


def _back(path: Path) -> str:
    return (
        "put the earlier program back (git checkout), then restore into a new folder: "
        f"SIMPUL_DATA=NEW simpul restore {path}"
    )


def _amiss(taken: "Taken") -> Iterator[str]:
    """What an upgrade must not have done."""
    from django.db import connection  # inline: app ready

    from simpul.audit.queries import verify  # inline: app ready
    from simpul.config.backup.tables import applied, count, tables_at  # inline: app ready
    from simpul.config.expected import missing_guards  # inline: app ready

    missing = missing_guards(connection)
    if missing:
        yield f"missing in the database: {', '.join(missing)}"
    runner = executor()
    for table in tables_at(runner, applied(runner)):
        before, now = taken.counts.get(table.name, 0), count(table)
        if now < before:
            yield f"{table.name} has {now} rows, and had {before}"
    yield from (str(found) for found in verify(datetime.now(UTC)).breaks[:5])
