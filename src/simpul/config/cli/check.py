"""`simpul check`: everything that can be wrong with a deployment, a line each."""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import FAILED, OK, say
from simpul.config.cli.database import start_django
from simpul.kernel.health import Finding, Level, Probe, probes


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "check",
        "look for everything that can be wrong, and say what to do",
        """
Asks every part of Simpul how it is: settings, migrations, constraints in the database, links that lead nowhere,
the audit's seal, the last export of the keys, disk space, waiting tasks. Changes nothing.
Each line begins with OK, WARN (when you have time) or FAIL (now). The exit code is 1 when any line is FAIL.
""",
        """
        simpul check
        simpul check --json
        """,
    )
    parser.add_argument("--json", action="store_true", help="for a monitoring system")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    findings = list(all_findings(datetime.now(UTC)))
    if options.json:
        say(
            json.dumps(
                [{"level": f.level, "subject": f.subject, "message": f.message, "remedy": f.remedy} for f in findings]
            )
        )
    else:
        _print(findings)
    return FAILED if any(f.level is Level.FAIL for f in findings) else OK


def all_findings(now: datetime) -> Iterator[Finding]:
    """What every probe of every context finds."""
    from django.utils.module_loading import autodiscover_modules  # inline: app ready

    autodiscover_modules("health")
    for name, probe in probes().items():
        yield from _ask(name, probe, now)


def _ask(name: str, probe: Probe, now: datetime) -> list[Finding]:
    """What one probe finds. One that breaks is itself a finding, and keeps no other from being asked."""
    try:
        return list(probe(now))
    except Exception as error:
        remedy = "Run `simpul setup`; if it stays, run `simpul --debug check`."
        return [Finding.fail(name, f"can't be asked ({type(error).__name__})", remedy)]


def _print(findings: list[Finding]) -> None:
    width = max((len(f.subject) for f in findings), default=0)
    for finding in findings:
        say(f"{finding.level:<5} {finding.subject:<{width}}  {finding.message}")
        if finding.remedy:
            say(f"{'':<5} {'':<{width}}  -> {finding.remedy}")
    worst = [sum(1 for f in findings if f.level is level) for level in (Level.FAIL, Level.WARN)]
    say(f"\n{len(findings)} looked at, {worst[0]} failed, {worst[1]} to look after.")
