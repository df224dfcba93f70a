"""`simpul audit`: whether the record of acts is whole."""

import argparse
from datetime import UTC, datetime

from simpul.audit.verification import Head
from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import FAILED, OK, say
from simpul.config.cli.database import start_django
from simpul.kernel.actor import System


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "audit",
        "prove that the record of acts is whole",
        """
Compares every act with the seal it got, and every seal with the one before. Names each row that was changed, added
or removed, and each gap. The exit code is 1 where there is any.
Write the head it prints down somewhere outside, in the minutes of a meeting or a message to another organisation:
given back with --head, it proves that nobody cut off or rewrote what was before.
""",
        """
        simpul audit verify
        simpul audit verify --head 812:5f0c...
        """,
    )
    parser.add_argument("act", choices=("verify",))
    parser.add_argument("--head", type=_head, metavar="N:DIGEST", help="a head that was noted earlier")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    from simpul.audit.queries import VERIFIED, verify  # inline: app ready
    from simpul.audit.services import record  # inline: app ready

    found = verify(datetime.now(UTC), noted=options.head)
    for line in found.lines():
        say(line)
    # So that an auditor reads when the record was last proved whole.
    record(System("audit verify"), VERIFIED, None, details={"rows": found.rows, "breaks": found.found})
    return OK if found.ok else FAILED


def _head(text: str) -> Head:
    try:
        return Head.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
