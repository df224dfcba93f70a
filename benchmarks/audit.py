"""Recording, sealing and verifying the record of acts: rows a second, and memory that does not grow with the record.

    python benchmarks/audit.py [ROWS]                1,000,000 unless said otherwise; SQLite, in a folder of its own
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/audit.py [ROWS]

Works in a database made for it and dropped afterwards. The first rows are written by `record` one by one, as services
do; the rest in bulk, since only sealing and verifying are measured on them. Verifying must find nothing, and must find
one changed row.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-bench-")

import django

django.setup()

from django.db import connection, transaction
from scratch import database

from simpul.audit.models import Act
from simpul.audit.queries import verify
from simpul.audit.services import record, seal_pending
from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef

SYSTEM = System("benchmark")
ONE_BY_ONE = 2_000


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(what: str, rows: int, started: float) -> None:
    took = time.perf_counter() - started
    print(f"{what:<28}{rows:>10,} rows {took:>8.1f} s {rows / took:>10,.0f} rows/s   peak {megabytes():,.0f} MB")


def fill(rows: int) -> None:
    started = time.perf_counter()
    for n in range(ONE_BY_ONE):
        with transaction.atomic():
            record(SYSTEM, "bench.write_row", RecordRef("bench.row", uuid7()), details={"n": n})
    timed("record, a transaction each", ONE_BY_ONE, started)
    started, left = time.perf_counter(), rows - ONE_BY_ONE
    for start in range(0, left, 10_000):
        Act.objects.bulk_create(
            Act(actor_kind="system", purpose="benchmark", act="bench.write_row", ref_kind="bench.row", ref_id=uuid7())
            for _ in range(min(10_000, left - start))
        )
    timed("written in bulk", left, started)


def change_one_row() -> int:
    row = Act.objects.order_by("id")[Act.objects.count() // 2].pk
    with connection.cursor() as cursor:
        table = " ON audit_act" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER audit_act_append_only_update{table}")
        cursor.execute("UPDATE audit_act SET purpose = 'forged' WHERE id = %s", [row])
    return int(row)


def measure(rows: int) -> None:
    fill(rows)
    started = time.perf_counter()
    sealed = seal_pending(datetime.now(UTC))
    timed("sealed", sealed, started)
    for part in ("verified", "verified again"):
        started = time.perf_counter()
        result = verify(datetime.now(UTC))
        timed(part, result.rows, started)
        if not result.ok or result.rows != rows:
            sys.exit("the chain does not verify")
    changed = change_one_row()
    found = [str(b) for b in verify(datetime.now(UTC)).breaks]
    if len(found) != 1 or f"row {changed} " not in found[0]:
        sys.exit(f"a changed row was not found: {found}")
    print(f"found: {found[0]}")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    try:
        with database():
            print(f"{connection.vendor}, {rows:,} rows")
            measure(rows)
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"], ignore_errors=True)


if __name__ == "__main__":
    main()
