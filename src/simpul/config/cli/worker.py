"""`simpul worker`: what takes long or must wait, one task at a time, outside the pages."""

import argparse
import logging
import os
import signal
import socket
import threading
import time

from simpul.config.cli.commands import Commands, command
from simpul.config.cli.console import OK, say, stop
from simpul.config.cli.database import (
    executor,
    refuse_half_restored,
    refuse_newer,
    refuse_wrong_configuration,
    start_django,
)
from simpul.config.cli.sealing import sealing
from simpul.config.cli.setup import confirm_keys
from simpul.config.cli.walking import walking


def add(commands: Commands) -> None:
    parser = command(
        commands,
        "worker",
        "do queued tasks, tell people, seal the audit",
        """
Takes tasks from the database, one at a time; beside them it seals the audit every few seconds and hands over what
is to be said by e-mail, notification or message gateway. `simpul serve` runs one by itself; run it as a service of
its own where you serve with --without-worker. Stops after the task in hand. A task that was in hand when a worker
was killed is queued again.
""",
        """
        simpul worker
        simpul worker --once
        """,
    )
    parser.add_argument("--once", action="store_true", help="do what is queued now, then exit")
    parser.add_argument("--with-parent", type=int, metavar="PID", help="stop when this process, its parent, is gone")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    refuse_wrong_configuration()
    refuse_half_restored()
    runner = executor()
    refuse_newer(runner)
    if runner.migration_plan(runner.loader.graph.leaf_nodes()):
        stop("The database is from an older version.", "Run `simpul setup` first.")
    confirm_keys()
    if options.with_parent:
        _follow_parent(options.with_parent)
    again = requeue_abandoned()
    if again:
        say(f"Queued {again} tasks again that a stopped worker had in hand.")
    _work(once=options.once)
    return OK


def worker_name() -> str:
    """ "host:pid:random", so that a later worker on this host can tell whether this one still lives."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{os.urandom(4).hex()}"


def requeue_abandoned() -> int:
    """Queue again the tasks whose worker on this host is gone; how many. Tasks are idempotent by convention."""
    from django_tasks_db.models import DBTaskResult  # inline: app ready

    abandoned = [
        task.pk for task in DBTaskResult.objects.running() if task.worker_ids and _is_gone(str(task.worker_ids[-1]))
    ]
    return DBTaskResult.objects.running().filter(pk__in=abandoned).update(status="READY", started_at=None)


def _is_gone(name: str) -> bool:
    host, _, rest = name.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname()[:30] or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return int(pid) == os.getpid()


def _work(*, once: bool) -> None:
    from django_tasks_db.management.commands.db_worker import Worker  # inline: app ready

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker = Worker(
        queue_names=["*"],
        interval=1.0,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_name(),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    with sealing(), walking(once=once):
        worker.run()


def _follow_parent(parent: int) -> None:
    """Ask this process to stop as soon as its parent is gone, however it went, perhaps before this one was ready."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
