"""`simpul serve`: the web server, with the worker beside it."""

import argparse
import errno
import socket

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, STORAGE, say, stop
from simpul.config.cli.database import refuse_wrong_configuration, start_django
from simpul.config.cli.example import load_where_demo
from simpul.config.cli.keeper import kept_worker
from simpul.config.cli.setup import prepare

# One process: SQLite has one writer, and requests that wait for it must not keep readers waiting.
THREADS = 8


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "serve",
        "serve the pages, and run the worker beside them",
        """
Sets up what is missing (like `simpul setup`), then serves until Ctrl-C. The worker runs beside it: it seals the
audit and does what takes long. Stopping stops both.
""",
        """
        simpul serve
        simpul serve --port 8080
        simpul serve --host 0.0.0.0 --without-worker
        """,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default %(default)s: this machine)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen at (default %(default)s)")
    parser.add_argument(
        "--without-worker", action="store_true", help="where `simpul worker` runs as a service of its own"
    )
    parser.set_defaults(run=run)


def port(text: str) -> int:
    """A TCP port a person may use; ValueError otherwise, which argparse turns into words."""
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text}")
    return number


def run(options: argparse.Namespace) -> int:
    refuse_taken(options.host, options.port)
    start_django()
    refuse_wrong_configuration()
    prepare()
    load_where_demo(everything=False)
    tell_setup_code()
    tell_of_keys()
    with kept_worker(wanted=not options.without_worker):
        listen(options.host, options.port)
    say("Simpul has stopped.")
    return OK


def tell_setup_code() -> None:
    """Over a network, only who reads this terminal may open an empty Simpul."""
    from simpul.access.queries import may_open  # inline: app ready
    from simpul.access.setup_code import setup_code  # inline: app ready

    if may_open():
        say(f"Simpul masih kosong / is empty. Kode penyiapan / set-up code: {setup_code()}")


def tell_of_keys() -> None:
    """Whoever starts a real deployment is told when its keys were last exported; the demo has nothing to lose."""
    from django.conf import settings  # inline: slow import

    from simpul.vault.queries import last_export  # inline: app ready

    if settings.DEMO:
        return
    export = last_export()
    if export.at is None:
        say("Kunci belum pernah diekspor / the keys were never exported: simpul keys export FILE")
    else:
        newer = "" if export.complete else ", sebelum kunci terbaru / before the newest key"
        say(f"Kunci terakhir diekspor / keys last exported: {export.at:%Y-%m-%d}{newer}")


def refuse_taken(host: str, number: int) -> None:
    """Stop in words where the port can't be had, before anything is set up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError as error:
            _explain_taken(error, host, number)


def _explain_taken(error: OSError, host: str, number: int) -> None:
    if error.errno == errno.EADDRINUSE:
        stop(
            f"Port {number} is in use already: perhaps Simpul runs in another window.",
            f"Open http://{host}:{number}, or choose another port: --port {number + 1 if number < 65535 else 8001}",
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        stop(f"Port {number} needs more rights.", "Choose a port above 1023: --port 8000")
    stop(f"Can't listen at {host}:{number} ({error.strerror}).", "Check --host.", code=STORAGE)


def listen(host: str, number: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    from django.db import connections  # inline: app ready
    from granian import Granian  # inline: slow import
    from granian.constants import Interfaces  # inline: slow import
    from granian.log import LogLevels  # inline: slow import

    connections.close_all()  # the server process starts as a copy of this one and must not share a connection
    server = Granian(
        "simpul.config.wsgi:application",
        address=host,
        port=number,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    shown = f"[{host}]" if ":" in host else host
    server.on_startup(lambda: say(f"Simpul: http://{shown}:{number}   (Ctrl-C: berhenti / stop)"))
    server.serve()
