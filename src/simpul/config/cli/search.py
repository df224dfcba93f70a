"""`simpul search`: the public index, made anew from the records."""

import argparse

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, say
from simpul.config.cli.database import start_django


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "search",
        "make the public index anew",
        """
The index follows every change by itself. `rebuild` compares it with the records and mends what differs, while Simpul
runs; killed half-way, the same command goes on. `simpul check` says when that is needed.
""",
        """
        simpul search rebuild
        """,
    )
    parser.add_argument("act", choices=["rebuild"])
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    from simpul.search.index import rebuild  # inline: app ready

    mended = rebuild()
    say(f"{mended} entries were mended." if mended else "The index says what the records say.")
    return OK
