"""`simpul restore`: a backup into an empty place, compared, and without what was erased since."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, USAGE, progress_bar, say, stop
from simpul.config.cli.database import data_folder, one_at_a_time, start_django
from simpul.config.cli.passphrases import passphrase
from simpul.config.cli.sealing import seal


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "restore",
        "put a backup into an empty data folder and database",
        """
Reads the whole backup and compares it with its digests, writes it into an empty data folder (SIMPUL_DATA) and
database, reads the database back and compares it again, verifies the record of acts, erases again what was erased
after the backup was taken, and brings everything to this version. It never writes over data that is there.

Killed half-way, nothing is served from that folder; the same command goes on or starts over.
Name with --erasures the journal of erasures of the lost machine, or a later backup, which carries one.
The keys are not in a backup: afterwards run `simpul keys import FILE`.
""",
        """
        simpul restore --compare /media/usb/simpul-ntb-20261122T020000Z.backup
        SIMPUL_DATA=/srv/simpul/restored simpul restore /media/usb/simpul-ntb-20261122T020000Z.backup
        simpul restore OLD.backup --erasures /media/usb/erasures.jsonl
        """,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="what `simpul backup` wrote")
    parser.add_argument("--compare", action="store_true", help="only compare the file with its digests")
    parser.add_argument(
        "--erasures", type=Path, action="append", default=[], metavar="FILE", help="a journal or a later backup"
    )
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase instead of asking")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        stop(f"There is no file {options.file}.", code=USAGE)
    start_django()
    from simpul.config.backup.archive import is_sealed  # inline: app ready

    secret = passphrase(options) if is_sealed(options.file) else None
    if options.compare:
        _compare(options.file, secret)
    else:
        with one_at_a_time(data_folder()):
            _restore(options, secret)
        seal()
    return OK


def _compare(path: Path, secret: str | None) -> None:
    from simpul.config.backup.reading import read_backup  # inline: app ready

    found = read_backup(path, secret, progress_bar("compared with its digests"))
    say(f"Whole: taken {found.head.made_at} from {found.head.node}, {found.head.rows:,} rows.")
    say(f"Digest of the contents: {found.manifest.digest}")


def _restore(options: argparse.Namespace, secret: str | None) -> None:
    from simpul.config.backup.restoring import restore  # inline: app ready

    done = restore(options.file, passphrase=secret, journals=options.erasures, now=datetime.now(UTC), bars=progress_bar)
    head = done.backup.head
    say(f"Restored the state of {head.made_at} from {head.node}: {head.rows:,} rows, digest equal.")
    say("The record of acts is whole.")
    say(f"Erasures on record: {done.erasures}; erased again now: {done.erased}.")
    for kind in done.unknown:
        say(f"  Not known to this version, so look for them by hand: {kind}")
    if done.migrated:
        say(f"Brought the database to this version in {done.migrated} steps.")
    say("Everybody signs in anew. Next: `simpul keys import FILE`, then `simpul check`.")
