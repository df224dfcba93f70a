"""`simpul demo`: the example data, loaded, looked at, removed."""

import argparse
import shutil
import time

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, USAGE, say, stop
from simpul.config.cli.database import data_folder, one_at_a_time, refuse_wrong_configuration, start_django
from simpul.config.cli.example import load_example
from simpul.config.cli.sealing import seal
from simpul.config.cli.setup import prepare


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "demo",
        "load, look at or remove the example data",
        """
The example data is a small story (a village group, its forum, its network, a cast of eleven people to sign in as)
and a large generated programme. It lives in a data folder of its own, beside nothing real, and every page carries
the stamp DATA CONTOH. Loading is safe to repeat, and goes on where it was stopped.
remove takes the whole example away: database, files and keys of its data folder.
""",
        """
        simpul demo load
        simpul demo load --all
        simpul demo status
        simpul demo remove
        """,
    )
    parser.add_argument("act", choices=("load", "status", "remove"))
    parser.add_argument("--all", action="store_true", help="load: the large generated programme too, now")
    parser.add_argument("--yes", action="store_true", help="remove: do not ask again")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    _only_in_the_demo()
    if options.act == "status":
        return show_status()
    if options.act == "remove":
        return remove(sure=options.yes)
    refuse_wrong_configuration()
    prepare()
    load_example(everything=options.all)
    seal()
    return OK


def _only_in_the_demo() -> None:
    from django.conf import settings  # inline: app ready

    if not settings.DEMO:
        stop("This is not the demo's data folder.", "Set SIMPUL_DEMO=1 and SIMPUL_DATA=var/demo first.", code=USAGE)


def show_status() -> int:
    from simpul.demo.queries import progress  # inline: app ready

    for part in progress():
        say(f"{part.name:<12} {part.done} / {part.total}" + ("  complete" if part.complete else ""))
    return OK


def remove(*, sure: bool) -> int:
    """Take the example away without a trace. Nothing real can be in it: it is refused outside the demo."""
    from django.conf import settings  # inline: app ready
    from django.db import connection  # inline: app ready

    place = (
        settings.DATA if connection.vendor == "sqlite" else f"{connection.settings_dict['NAME']} and {settings.DATA}"
    )
    if not sure and input(f"Remove everything in {place}? Type yes: ").strip().casefold() not in {"yes", "ya"}:
        say("Nothing was removed.")
        return OK
    with one_at_a_time(data_folder()):
        if connection.vendor == "postgresql":
            _empty_postgresql()
        connection.close()
        _remove_folder()
    say("The example is gone. ./run --empty starts without it; ./run brings it back.")
    return OK


def _empty_postgresql() -> None:
    """Everything in the schema, with its tables, functions and triggers."""
    from django.db import connection  # inline: app ready

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        name = connection.ops.quote_name(schema)
        cursor.execute(f"DROP SCHEMA {name} CASCADE")
        cursor.execute(f"CREATE SCHEMA {name}")


def _remove_folder() -> None:
    """A file that another process holds open for a moment is tried again."""
    folder = data_folder()
    for _attempt in range(5):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.2)
    stop(f"{folder} could not be removed entirely.", "Stop Simpul first, then run the same command again.")
