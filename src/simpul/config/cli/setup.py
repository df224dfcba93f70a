"""`simpul setup`: the data folder, the database, the territory, static files; safe to repeat."""

import argparse
from datetime import UTC, datetime

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, progress_bar, say
from simpul.config.cli.database import (
    data_folder,
    migrate,
    one_at_a_time,
    refuse_half_restored,
    refuse_wrong_configuration,
    start_django,
)
from simpul.config.cli.example import load_where_demo
from simpul.config.cli.sealing import seal
from simpul.config.cli.static import gather_static
from simpul.kernel.actor import System


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "setup",
        "make or update the data folder: database, territory, static files",
        """
Makes the data folder where there is none, brings the database to this version, loads the areas of Indonesia
and gathers static files. Does only what is missing, so it is safe to run at any time; killed half-way, it
continues where it stopped. Two at once wait for one another. In the demo it loads all the example data too.
""",
        """
        simpul setup
        SIMPUL_DATA=/srv/simpul simpul setup
        """,
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    refuse_wrong_configuration()
    prepare()
    load_where_demo(everything=True)
    seal()
    say("Simpul is set up.")
    return OK


def prepare() -> None:
    """Everything a start needs, under the set-up lock. Stop where it can't be had."""
    with one_at_a_time(data_folder()):
        refuse_half_restored()
        if migrate():
            say("The database is at this version.")
        confirm_keys()
        load_areas()
        gather_static()


def confirm_keys() -> None:
    """Hold the key ring against the one this database was written with. Conflict where it is another."""
    from simpul.vault.services import confirm_ring  # inline: app ready

    confirm_ring(System("setup"), now=datetime.now(UTC))


def load_areas() -> None:
    """Every area of Indonesia, in one transaction; without effect where they are in."""
    from simpul.territory.services.loading import load_territory  # inline: app ready

    load_territory(System("setup"), now=datetime.now(UTC), progress=progress_bar("Wilayah / territory"))
