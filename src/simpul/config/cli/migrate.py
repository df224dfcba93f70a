"""`simpul migrate`: the database to this version, nothing else."""

import argparse

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, say
from simpul.config.cli.database import data_folder, migrate, one_at_a_time, refuse_half_restored, start_django


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "migrate",
        "bring the database to this version",
        """
Applies the changes of the database's shape that this version brings, each in one transaction. A database of a
newer version is refused and left as it is. A SQLite file is copied first; the copy is deleted when all is done.
Records are never lost by this; `simpul setup` does it too.
""",
        """
        simpul migrate
        """,
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    with one_at_a_time(data_folder()):
        refuse_half_restored()
        steps = migrate()
    say(f"Applied {steps} changes." if steps else "The database is at this version already.")
    return OK
