"""Backup and restore of a long record of acts: time, memory, and that the digests are equal.

    python benchmarks/backup.py [ROWS]               1,000,000 unless said otherwise; SQLite, in a folder of its own
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/backup.py [ROWS]

On PostgreSQL it makes two databases beside the one named and drops them. The rows are written in bulk and sealed as the
worker does; then `simpul backup`, `simpul restore` into an empty place, and a backup from there are run as commands,
each a process of its own. Every table but the record of acts (which the restore adds to) must have the digest it had;
the acts themselves are compared by the restore, which fails where one differs.
"""

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SOURCE = Path(__file__).resolve().parent.parent / "src"
SERVER = os.environ.pop("SIMPUL_DATABASE_URL", "")
FILL = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from simpul.audit.models import Act
from simpul.audit.services import seal_pending
from uuid import UUID
left = int(sys.argv[1])
while left:
    some = min(left, 10_000)
    Act.objects.bulk_create(
        Act(actor_kind="member", user_id=UUID(int=left), person_id=UUID(int=left + 1), act="bench.write_row",
            ref_kind="bench.row", ref_id=UUID(int=left * 100_000 + n), details={"fields": ["name", "area"], "n": n})
        for n in range(some)
    )
    left -= some
seal_pending(datetime.now(UTC))
"""


def run(place: dict[str, str], *command: str) -> float:
    """Run it to its end; how many seconds it took."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    settings = clean | place | {"PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "simpul.config.settings"}
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *command], env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - started


def tell(what: str, rows: int, seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{what:<34}{rows:>10,} rows {seconds:>8.1f} s {rows / seconds:>9,.0f} rows/s   peak so far {peak:,.0f} MB")


def only_backup(folder: Path) -> Path:
    (found,) = folder.glob("*.backup")
    return found


def digests(path: Path) -> dict[str, list[object]]:
    with tarfile.open(path) as tar:
        found: dict[str, list[object]] = json.load(tar.extractfile("manifest.json") or io.BytesIO())["tables"]
        return found


def measure(folder: Path, rows: int, source: dict[str, str], target: dict[str, str]) -> None:
    run(source, "-m", "simpul", "migrate")
    seconds = run(source, "-c", FILL, str(rows))
    tell("written in bulk and sealed", rows, seconds)
    tell("simpul backup", rows, run(source, "-m", "simpul", "backup", str(folder / "one")))
    backup = only_backup(folder / "one")
    size = backup.stat().st_size / 1e6
    print(f"{'the file':<34}{size:>10,.1f} MB   {backup.stat().st_size / rows:,.0f} bytes a row")
    tell("simpul restore --compare", rows, run(source, "-m", "simpul", "restore", "--compare", str(backup)))
    tell("simpul restore", rows, run(target, "-m", "simpul", "restore", str(backup)))
    tell("simpul backup, from there", rows, run(target, "-m", "simpul", "backup", str(folder / "two")))
    first, second = digests(backup), digests(only_backup(folder / "two"))
    differing = sorted(name for name in first if first[name] != second[name])
    if differing != ["audit_act", "audit_batch"]:
        sys.exit(f"not equal: {differing}")
    print(f"digest equal: {len(first)} tables, {sum(int(str(found[0])) for found in first.values()):,} rows")


def on_server(folder: Path, rows: int) -> None:
    import psycopg  # only where a server is measured

    names = [f"simpul_bench_{os.getpid()}_{part}" for part in ("source", "target")]
    with psycopg.connect(SERVER, autocommit=True) as server:
        try:
            places = []
            for name in names:
                server.execute(f'CREATE DATABASE "{name}"')
                url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
                places.append({"SIMPUL_DATA": str(folder / name), "SIMPUL_DATABASE_URL": url})
            measure(folder, rows, *places)
        finally:
            for name in names:
                server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = Path(tempfile.mkdtemp(prefix="simpul-bench-"))
    print(f"{'postgresql' if SERVER else 'sqlite'}, {rows:,} rows")
    try:
        if SERVER:
            on_server(folder, rows)
        else:
            measure(folder, rows, *({"SIMPUL_DATA": str(folder / part)} for part in ("source", "target")))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
