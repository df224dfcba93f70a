"""`simpul protect`: a table of counts in, the cells that may be published out."""

import argparse
from pathlib import Path

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import FAILED, OK, USAGE, complain, say
from simpul.disclosure.errors import Refused

WHAT = """
Hides the counts of a table that are below the threshold, and as few others as keep them from being worked out by
subtraction between cells and levels. Prints how many cells were hidden, and the digest of the certificate that proves
it; an independent checker has verified the certificate before anything is written.

A dimension is a column, or columns from coarse to fine apart by '>'. Every combination of their margins is declared.
The table that comes out has one row for each: the dimension columns ('Total' for a margin), count, status.
"""
EXAMPLE = """
simpul protect cases.csv --dims 'prov>dist,grp>type,sex' --count freq -k 5 --zeros hide --out safe.csv
simpul protect march.csv --dims 'prov>dist,sex' --count freq --out march-safe.csv --ledger public --period 2026-03
"""


def add(commands: Commands) -> None:
    made = command(commands, "protect", "publish a table of counts without telling small ones", WHAT, EXAMPLE)
    made.add_argument("table", type=Path, help="a CSV file in UTF-8 with a heading")
    made.add_argument("--dims", required=True, help="dimensions apart by commas, levels from coarse to fine by '>'")
    made.add_argument("--count", required=True, help="the column that holds the counts")
    made.add_argument("-k", type=int, default=5, help="the least count that may be told (5)")
    made.add_argument("--zeros", choices=("hide", "show"), default="hide", help="whether a 0 may be told (hide)")
    made.add_argument("--out", type=Path, required=True, help="where the published table goes")
    made.add_argument("--ledger", type=Path, help="folder of all that was published to this audience; appended to")
    made.add_argument("--period", default="", help="with --ledger: the closed period these counts are of")
    made.add_argument("--improve", type=int, default=0, metavar="RUNS", help="try as often to hide less (slow)")
    made.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Nothing is written where the table is refused."""
    if options.ledger and not options.period:
        complain("simpul protect: --ledger needs --period, the name of the closed period these counts are of.")
        return USAGE
    from simpul.disclosure.files import protect_file  # inline: slow import
    from simpul.disclosure.protecting import Zeros  # inline: slow import

    try:
        told = protect_file(
            options.table,
            dims=options.dims,
            count=options.count,
            k=options.k,
            zeros=Zeros(options.zeros),
            out=options.out,
            ledger=options.ledger,
            period=options.period,
            runs=options.improve,
        )
    except Refused as refused:
        complain(f"simpul protect: refused ({refused.code}). {refused.message}")
        return FAILED
    say(f"{told.declared} cells declared, {told.declared - told.blank} published, {told.blank} blank.")
    say(
        f"{told.tables} other tables fit what is published: each of the {told.protected} protected cells differs in "
        f"one of them, {told.reaching} reach the threshold."
    )
    say(f"Certificate {told.digest}.")
    if told.head:
        say(f"The ledger is whole: {told.releases} releases, the last is {told.head}.")
    return OK
