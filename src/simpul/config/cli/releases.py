"""`simpul releases`: whether everything that was published of cases is proved, and still what it was."""

import argparse

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import FAILED, OK, complain, say
from simpul.config.cli.database import start_django


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "releases",
        "prove that published counts of cases are safe and unchanged",
        """
Reads every release of every year from its line and its certificate alone, with a checker that shares nothing with what
made them: the chain without a gap, every count as it was published, every hidden one different in some other table that
fits. Compares the tables people read with the lines. The exit code is 1 where anything is wrong.
Write the head it prints down somewhere outside: given back with --head, it proves that nothing published before was
taken out or rewritten.
""",
        """
        simpul releases verify
        simpul releases verify --head 5f0c...
        """,
    )
    parser.add_argument("act", choices=("verify",))
    parser.add_argument("--head", metavar="DIGEST", default="", help="a head that was noted earlier")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    from simpul.audit.services import record  # inline: app ready
    from simpul.kernel.actor import System  # inline: slow import
    from simpul.releases.heads import missing_heads  # inline: app ready
    from simpul.releases.verifying import is_known, verify_books  # inline: app ready

    wrong = 0
    for book in verify_books():
        if book.wrong:
            wrong += 1
            complain(f"{book.year}: {book.wrong}")
            continue
        say(f"{book.year}: {book.releases} releases, {book.published} of {book.declared} cells published.")
        say(f"      {book.protected} protected cells, each different in one of {book.tables} other tables that fit;")
        say(f"      {book.reaching} of them reach their threshold in one. Head {book.head}.")
    missing = missing_heads()
    if missing:
        complain(f"{len(missing)} releases are out and not in this database: it was restored from before them.")
    is_lost = bool(options.head) and not is_known(options.head)
    if is_lost:
        complain("No release has the head that was given: what it stood for was taken out or rewritten.")
    # So that an auditor reads when the ledger was last proved whole.
    record(System("releases verify"), "releases.verify", None, details={"broken": wrong + len(missing) + is_lost})
    return FAILED if wrong or missing or is_lost else OK
