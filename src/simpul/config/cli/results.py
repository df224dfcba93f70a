"""`simpul results`: the figures, counted from the records now."""

import argparse
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import FAILED, OK, USAGE, complain, say, stop
from simpul.config.cli.database import start_django
from simpul.kernel.actor import System
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date

if TYPE_CHECKING:
    from simpul.results.queries import Evaluation
    from simpul.results.questions import Question


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "results",
        "print the figures, counted from the records",
        """
Counts every indicator afresh from the records behind it: nothing is stored, nothing is typed in.
Without --programme the figures are about what this Simpul names as its headline programme, network and organisation.
--as-of asks what was true on a day, as it was known at the end of that day.
""",
        """
        simpul results
        simpul results --programme MADANI --as-of 2024-09-30
        simpul results --json
        """,
    )
    parser.add_argument("--programme", metavar="NAME", help="acronym or full name of a programme")
    parser.add_argument("--as-of", metavar="DAY", type=_day, help="YYYY-MM-DD; today where not given")
    parser.add_argument("--json", action="store_true", help="for another program to read")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    from simpul.results.presenting import as_data  # inline: app ready
    from simpul.results.queries import evaluate, evaluate_all  # inline: app ready

    # At a glance first, to learn what the figures are about; then each with all its parts.
    evaluations = [evaluate(e.indicator, e.question) for e in evaluate_all(_question(options))]
    if options.json:
        say(json.dumps({"figures": [as_data(e) for e in evaluations]}, ensure_ascii=False, indent=2))
    elif evaluations:
        for evaluation in evaluations:
            _print(evaluation)
    else:
        complain("No figures yet: this Simpul names no headline programme, network or organisation.")
        complain("Name a programme with --programme, or load the demo: simpul demo load")
        return FAILED
    return OK


def _question(options: argparse.Namespace) -> "Question":
    from simpul.results.queries import programme_named  # inline: app ready
    from simpul.results.questions import Question  # inline: app ready

    subject = None
    if options.programme:
        try:
            subject = programme_named(options.programme).pk
        except NotFound:
            stop(f"No one programme is called {options.programme!r}.", "Write its acronym or full name.", code=USAGE)
    today = local_date(datetime.now(UTC), Zone.WIB)
    return Question(as_of=options.as_of or today, actor=System("results"), subject_id=subject)


def _print(evaluation: "Evaluation") -> None:
    asked = evaluation.indicator
    say(f"{asked.code:<4} {evaluation.value:>7}  {asked.name.to('en')}: {evaluation.about}")
    for figure in evaluation.figures[1:]:
        say(f"     {figure.value:>7}  {figure.part.name.to('en')}")
    if evaluation.stated and asked.declared:
        about = "about " if evaluation.stated.approximate else ""
        say(f"     {about + str(evaluation.stated.value):>7}  {asked.declared.name.to('en')} ({evaluation.stated.on})")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write YYYY-MM-DD, for example 2024-09-30") from None
