"""`simpul`: the one command line. Each command is a module here with `add(commands)`."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from simpul.config.cli import (
    audit,
    backup,
    check,
    demo,
    keys,
    migrate,
    protect,
    releases,
    restore,
    results,
    search,
    serve,
    setup,
    upgrade,
    worker,
)
from simpul.config.cli.console import INTERRUPTED, OK, complain
from simpul.config.cli.errors import explain

COMMANDS = (
    serve, setup, migrate, demo, worker, results, check, backup, restore, upgrade, search, protect, releases, keys,
    audit,
)  # fmt: skip

ABOUT = """\
Simpul: the platform of Indonesia's civil-society networks.

New here? `./run` sets everything up and shows the demo at http://127.0.0.1:8000.
Each command below explains itself: `simpul COMMAND --help`.
"""
MORE = """\
settings are read from the environment (SIMPUL_DATA, SIMPUL_DATABASE_URL, ...): docs/operating.md lists them all.
exit codes: 0 done, 1 failed or found something, 2 wrong usage, 3 wrong configuration, 4 database of a newer version,
5 disk or database can't be used, 70 unforeseen, 130 interrupted.
"""


class Run(Protocol):
    """What a command does with its options; the exit code."""

    def __call__(self, options: argparse.Namespace) -> int: ...


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        "simpul", description=ABOUT, epilog=MORE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Errors become two lines on stderr."""
    options = parser().parse_args(arguments)
    os.umask(0o077)  # what is written into the data folder is its owner's alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    try:
        return cast("Run", options.run)(options)
    except KeyboardInterrupt:
        complain("\nStopped. Nothing is half-written; run the same command to continue.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away (`simpul results | head`): silence Python's own complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        if options.debug:
            raise
        reason = explain(error)
        complain(f"simpul: {reason.message}")
        if reason.remedy:
            complain(f"  -> {reason.remedy}")
        return reason.code
