"""What `simpul check` asks of the platform itself; each context has its own `health.py`."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from simpul.audit.queries import last_act
from simpul.config.backup.state import unfinished
from simpul.config.backup.taking import TAKEN
from simpul.config.expected import missing_guards
from simpul.kernel.health import Finding, probe

MEGABYTE = 1_000_000


@probe("config.settings")
def settings_in_order(now: datetime) -> Iterator[Finding]:
    messages = [m for m in checks.run_checks() if not m.is_silenced()]
    for message in messages:
        make = Finding.fail if message.is_serious(checks.ERROR) else Finding.warn
        yield make(message.id or "settings", str(message.msg), str(message.hint or "See docs/operating.md."))
    if not messages:
        yield Finding.ok("settings", f"in order ({'production' if settings.PRODUCTION else 'development'})")


@probe("config.migrations")
def database_of_this_version(now: datetime) -> Iterator[Finding]:
    runner = MigrationExecutor(connection)
    unknown = set(runner.loader.applied_migrations) - set(runner.loader.disk_migrations)
    waiting = runner.migration_plan(runner.loader.graph.leaf_nodes())
    if unknown:
        remedy = "Update the program (git pull); nothing was touched."
        yield Finding.fail("migrations", f"the database is of a newer version ({len(unknown)} unknown)", remedy)
    elif waiting:
        yield Finding.fail("migrations", f"{len(waiting)} not applied yet", "Run `simpul migrate`.")
    else:
        yield Finding.ok("migrations", f"all {len(runner.loader.applied_migrations)} applied")


@probe("config.constraints")
def constraints_stand(now: datetime) -> Iterator[Finding]:
    missing = missing_guards(connection)
    if missing:
        remedy = "Restore the last backup, or ask the maintainers: the database was changed by hand."
        yield Finding.fail("constraints", f"missing in the database: {', '.join(missing)}", remedy)
    else:
        yield Finding.ok("constraints", "every constraint and trigger stands")


@probe("config.foreign_keys")
def references_lead_somewhere(now: datetime) -> Iterator[Finding]:
    """SQLite checks what is written, not what is there already; PostgreSQL keeps both."""
    lost: list[tuple[str, ...]] = []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_key_check")
            lost = cursor.fetchmany(100)
    if lost:
        tables = ", ".join(sorted({row[0] for row in lost}))
        remedy = "Keep the file, restore the last backup: the database was changed by hand."
        yield Finding.fail("references", f"at least {len(lost)} rows point to rows that are gone: {tables}", remedy)
    else:
        yield Finding.ok("references", "every row that another points to is there")


@probe("config.restore")
def no_restore_is_half_done(now: datetime) -> Iterator[Finding]:
    if unfinished(Path(settings.DATA)):
        yield Finding.fail("restore", "a restore into this folder has not finished", "Run `simpul restore` again.")


@probe("config.backups")
def backups_are_taken(now: datetime) -> Iterator[Finding]:
    """The demo has nothing to lose."""
    if settings.DEMO:
        return
    last, remedy = last_act(TAKEN), "Run `simpul backup FOLDER`, and let the machine do it every night."
    if last is None:
        yield Finding.warn("backup", "none was ever taken", remedy)
    elif now - last > timedelta(days=2):
        yield Finding.warn("backup", f"the last is of {last:%Y-%m-%d}", remedy)
    else:
        yield Finding.ok("backup", f"taken {last:%Y-%m-%d %H:%M} UTC")


@probe("config.disk")
def room_on_disk(now: datetime) -> Iterator[Finding]:
    room = shutil.disk_usage(Path(settings.DATA))
    free = f"{room.free // MEGABYTE:,} MB free".replace(",", ".")
    if room.free < 200 * MEGABYTE:
        yield Finding.fail("disk", free, "Free space now: writing stops soon.")
    elif room.free < 1000 * MEGABYTE:
        yield Finding.warn("disk", free, "Plan for more space.")
    else:
        yield Finding.ok("disk", free)


@probe("config.queue")
def queue_moves(now: datetime) -> Iterator[Finding]:
    """In one query: the operator's home asks it too."""
    failed, running, week = TaskResultStatus.FAILED, TaskResultStatus.RUNNING, now - timedelta(days=7)
    due = Q(status=TaskResultStatus.READY) & (Q(run_after=get_date_max()) | Q(run_after__lte=now))
    rows = DBTaskResult.objects.filter(due | Q(status=failed, finished_at__gte=week) | Q(status=running))
    found = rows.aggregate(
        ready=Count("pk", filter=due),
        oldest=Min("enqueued_at", filter=due),
        failed=Count("pk", filter=Q(status=failed)),
        stuck=Count("pk", filter=Q(status=running, started_at__lt=now - timedelta(hours=2))),
    )
    oldest, depth = found["oldest"], f"{found['ready']} tasks waiting"
    if oldest and now - oldest > timedelta(minutes=15):
        yield Finding.fail("queue", f"{depth}, the oldest since {oldest:%Y-%m-%d %H:%M} UTC", "Start `simpul worker`.")
    else:
        yield Finding.ok("queue", depth)
    if found["failed"]:
        yield Finding.warn("queue", f"{found['failed']} tasks failed in the last seven days", "Read the worker's log.")
    if found["stuck"]:
        yield Finding.warn(
            "queue", f"{found['stuck']} tasks run for over two hours", "Restart the worker: it takes them up again."
        )
