"""Bringing the data folder and the database to this version, one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simpul.config.cli.console import CONFIGURATION, NEWER_DATABASE, STORAGE, complain, say, stop

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor


def start_django() -> None:
    """Load settings and apps. WrongSetting or ImproperlyConfigured where they can't be used."""
    import django  # inline: slow import

    django.setup()


def data_folder() -> Path:
    """The data folder, made where there is none, readable by its owner alone."""
    from django.conf import settings  # inline: slow import

    folder = Path(settings.DATA)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        stop(f"{folder} is a file; the data folder (SIMPUL_DATA) is a folder.", code=STORAGE)
    if not os.access(folder, os.W_OK | os.X_OK):
        stop(f"The data folder {folder} can't be written.", "Give it to the user who runs Simpul.", code=STORAGE)
    return folder


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder's set-up lock; a second start waits for the first. The system frees it when a process dies."""
    with (folder / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is setting up this data folder; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def refuse_half_restored() -> None:
    """Stop where a restore into the data folder was begun and not finished."""
    from django.conf import settings  # inline: slow import

    from simpul.config.backup.state import refuse_unfinished  # inline: app ready

    refuse_unfinished(Path(settings.DATA))


def refuse_wrong_configuration() -> None:
    """Stop with every configuration error in words. Warnings are left to `simpul check`.

    Addresses are no configuration, and to look at them loads all pages and the API, which takes longer than the rest
    of a start: whoever serves them does that anyway.
    """
    from django.core import checks  # inline: slow import
    from django.core.checks.registry import registry  # inline: slow import

    asked = registry.tags_available() - {checks.Tags.urls}
    errors = [message for message in checks.run_checks(tags=sorted(asked)) if message.is_serious(checks.ERROR)]
    for error in errors:
        complain(f"{error.id}: {error.msg}" + (f"\n  -> {error.hint}" if error.hint else ""))
    if errors:
        stop("Simpul does not start with this configuration.", "Mend what is named above.", code=CONFIGURATION)


def executor() -> "MigrationExecutor":
    from django.db import connection  # inline: app ready
    from django.db.migrations.executor import MigrationExecutor  # inline: app ready

    return MigrationExecutor(connection)


def unknown_migrations(runner: "MigrationExecutor") -> list[str]:
    """Applied migrations this version doesn't have: the mark of a database from a newer one."""
    applied = set(runner.loader.applied_migrations)
    return sorted(f"{app}.{name}" for app, name in applied - set(runner.loader.disk_migrations))


def refuse_newer(runner: "MigrationExecutor") -> None:
    unknown = unknown_migrations(runner)
    if unknown:
        stop(
            "This database was made by a newer version of Simpul. Nothing was touched.\n"
            f"  unknown here: {', '.join(unknown[:3])}" + (", ..." if len(unknown) > 3 else ""),
            "Update the program (git pull), or name another data folder with SIMPUL_DATA.",
            code=NEWER_DATABASE,
        )


def migrate() -> int:
    """Bring the database to this version; how many steps it took.

    Every step is one transaction, so a killed process leaves whole steps only and the next start goes on from there.
    A SQLite file with records in it is copied first, and the copy deleted once all is done: it would keep what is
    erased later. A copy that is still there tells that a start was killed after its last step.
    """
    from simpul.config.whole_steps import apply_all  # inline: app ready

    runner = executor()
    refuse_newer(runner)
    plan = runner.migration_plan(runner.loader.graph.leaf_nodes())
    copy = _copy_file()
    if not plan and not (copy and copy.exists()):
        return 0
    if plan and copy and runner.loader.applied_migrations:
        _copy_older(copy)
    try:
        apply_all()
    except BaseException:
        if copy and copy.exists():
            complain(f"The database as it was before is kept in {copy}.")
        raise
    if not plan or any(migration.app_label == "search" for migration, _backwards in plan):
        _fill_index()
    if copy:
        copy.unlink(missing_ok=True)
    return len(plan)


def _fill_index() -> None:
    """Records of before the index are found too. Not a migration: what is public is what today's program says."""
    from simpul.search.index import rebuild  # inline: app ready

    rebuild()


def _copy_file() -> Path | None:
    """Where the copy of an older SQLite database lies while it is brought forward; None where there is no file."""
    from django.db import connection  # inline: app ready

    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(f"{name}.before-update")


def _copy_older(copy: Path) -> None:
    from django.db import connection  # inline: app ready

    copy.unlink(missing_ok=True)
    # VACUUM INTO accepts an empty file, so the copy is never readable by anybody else.
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    say("This database is from an older version; bringing it forward.")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
