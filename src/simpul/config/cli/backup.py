"""`simpul backup`: everything but the keys, in one file, while Simpul runs."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, progress_bar, say, stop
from simpul.config.cli.database import executor, refuse_half_restored, start_django
from simpul.config.cli.passphrases import passphrase
from simpul.config.cli.sealing import seal
from simpul.kernel.actor import System


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "backup",
        "write all records and files into one file, while Simpul runs",
        """
Writes one file of mode 0600 into FOLDER: every table as of one moment, the stored files as they lie, what was erased,
and a digest of each. It restores into SQLite and into PostgreSQL, whichever it came from. The file appears under its
name when it is whole and on the disk; killed half-way, nothing of that name is there.

The keys are never in it, and encrypted fields stay encrypted. Names and dates are not: with --sealed the whole file
opens with a passphrase only. Keep the keys (`simpul keys export`) and the backups in different places.
""",
        """
        simpul backup /media/usb
        simpul backup /srv/backups --keep 14
        simpul backup /srv/backups --keep 14 --passphrase-file /etc/simpul-backup-passphrase
        """,
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to; made where it is not there")
    parser.add_argument("--keep", type=_at_least_one, metavar="N", help="afterwards, remove all but the N newest")
    parser.add_argument("--sealed", action="store_true", help="ask for a passphrase to seal the file with")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="seal it with the passphrase in this file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    refuse_half_restored()
    runner = executor()
    if not runner.loader.applied_migrations:
        stop("There is nothing to back up yet: the database is not set up.", "Run `simpul setup`.")
    if runner.migration_plan(runner.loader.graph.leaf_nodes()):
        stop("The database is from an older version.", "Run `simpul upgrade`: it takes a backup first.")
    secret = passphrase(options, twice=True) if options.sealed or options.passphrase_file else None
    backup_to(options.folder, secret)
    if options.keep:
        from simpul.config.backup.taking import remove_older  # inline: app ready

        for gone in remove_older(options.folder, keep=options.keep):
            say(f"Removed {gone.name}")
    return OK


def backup_to(folder: Path, secret: str | None) -> Path:
    """Take a backup, say so and note it in the record of acts; the file."""
    from simpul.audit.services import record  # inline: app ready
    from simpul.config.backup.taking import TAKEN, take_backup  # inline: app ready

    seal()
    taken = take_backup(folder, now=datetime.now(UTC), passphrase=secret, progress=progress_bar)
    details: dict[str, str | int] = {"rows": taken.rows, "files": taken.files, "digest": taken.digest[:20]}
    record(System("backup"), TAKEN, None, details=details)
    seal()
    size = f"{taken.size / 1_000_000:,.1f} MB"
    say(f"Wrote {taken.path}: {taken.rows:,} rows, {taken.files:,} files, {size}{', sealed' if secret else ''}.")
    say(f"Digest of the contents: {taken.digest}")
    return taken.path


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one backup is kept")
    return number
