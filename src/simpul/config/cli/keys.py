"""`simpul keys`: the key ring, without which nothing encrypted can be read."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, USAGE, say, stop
from simpul.config.cli.database import data_folder, migrate, one_at_a_time, refuse_half_restored, start_django
from simpul.config.cli.passphrases import passphrase
from simpul.config.cli.sealing import seal
from simpul.kernel.actor import System


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "keys",
        "look at, make, rotate, export or put back the keys of encrypted fields",
        """
The key ring opens the encrypted fields. Whoever loses it loses them for good; whoever has it and the database reads
them. So: export it after each change, and keep the export, its passphrase and the backups in three places.

  status   which keys there are, what still needs each, when they were last exported
  new      make the ring of a new deployment (development makes its own)
  rotate   bring everything under a new key, while Simpul runs; killed half-way, the same command goes on
  export   write the ring to a file sealed with a passphrase
  import   put an exported ring back
  forget   take a key out for good that nothing needs any more
""",
        """
        simpul keys status
        simpul keys export /media/usb/simpul-keys.json
        simpul keys rotate
        simpul keys import /media/usb/simpul-keys.json
        """,
    )
    parser.add_argument("act", choices=sorted(ACTS))
    parser.add_argument("what", nargs="?", metavar="FILE|KEY", help="the file of export and import, the key of forget")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase instead of asking")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    needs_what = options.act in {"export", "import", "forget"}
    if needs_what != bool(options.what):
        missing = "Name the file or key, for example:" if needs_what else "This takes no file:"
        stop(missing, f"simpul keys {options.act}" + (" FILE" if needs_what else ""), code=USAGE)
    start_django()
    if options.act in {"new", "import"}:
        # A new deployment, or a new machine for an old one: the database notes which keys it is written with.
        with one_at_a_time(data_folder()):
            refuse_half_restored()
            migrate()
    ACTS[options.act](options)
    if options.act != "status":
        seal()
    return OK


def status(options: argparse.Namespace) -> None:
    from simpul.vault.queries import ring_status  # inline: app ready

    for line in ring_status().lines():
        say(line)


def new(options: argparse.Namespace) -> None:
    from simpul.vault.services.ring import new_ring  # inline: app ready

    key = new_ring(System("keys"), now=datetime.now(UTC))
    say(f"Made the key ring with key {key}. Export it now: simpul keys export FILE")


def rotate(options: argparse.Namespace) -> None:
    from simpul.vault.services.rotation import rotate_keys  # inline: app ready

    done = rotate_keys(System("keys"), now=datetime.now(UTC), progress=lambda column, rows: say(f"  {column}: {rows}"))
    resumed = "Finished the rotation" if done.resumed else "Rotated"
    say(f"{resumed} to key {done.key_id}: {done.resealed} values, {done.reindexed} indexes.")
    say("Export the ring now: simpul keys export FILE")


def export(options: argparse.Namespace) -> None:
    from simpul.vault.services.exports import export_ring  # inline: app ready

    export_ring(System("keys"), Path(options.what), passphrase(options, twice=True), now=datetime.now(UTC))
    say(f"Sealed the key ring into {options.what}. Keep file and passphrase apart, and both apart from the backups.")


def put_back(options: argparse.Namespace) -> None:
    from simpul.vault.services.exports import import_ring  # inline: app ready

    if not Path(options.what).is_file():
        stop(f"There is no file {options.what}.", code=USAGE)
    keys = import_ring(System("keys"), Path(options.what), passphrase(options), now=datetime.now(UTC))
    say(f"Put back {len(keys)} keys. `simpul check` says whether they are those of this database.")


def forget(options: argparse.Namespace) -> None:
    from simpul.vault.services.ring import forget_key  # inline: app ready

    forget_key(System("keys"), options.what)
    say(f"Key {options.what} is gone from the ring. Destroy exports that hold it together with their backups.")


ACTS = {"status": status, "new": new, "rotate": rotate, "export": export, "import": put_back, "forget": forget}
