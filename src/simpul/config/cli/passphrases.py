"""Asking for a passphrase, or reading it from a file where nobody is there to type it."""

import argparse
import getpass
import sys

from simpul.config.cli.console import USAGE, stop


def passphrase(options: argparse.Namespace, *, twice: bool = False) -> str:
    """From the file named with --passphrase-file, or asked at the terminal without being shown."""
    if options.passphrase_file:
        return str(options.passphrase_file.read_text(encoding="utf-8")).strip()
    if not sys.stdin.isatty():
        stop("Nobody is here to ask for the passphrase.", "Give --passphrase-file FILE.", code=USAGE)
    first = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != first:
        stop("The two are not the same. Nothing was written.")
    return first
