"""How long the territory takes to load, and how long a search in it.

    .venv/bin/python benchmarks/territory.py

SQLite in a folder of its own; PostgreSQL too where SIMPUL_DATABASE_URL names one, in a database made for this and
dropped. Prints a table in Markdown. Fails over 10 s for the load.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOAD_BUDGET = 10.0
ROUNDS = 400


def measure() -> dict[str, object]:
    """In a process of its own, with the database of its environment."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from simpul.kernel.actor import System
    from simpul.territory.models import Area
    from simpul.territory.queries import paths_of, search_areas
    from simpul.territory.services import load_territory

    call_command("migrate", verbosity=0)
    found: dict[str, object] = {"engine": connection.vendor}
    for name in ("load", "again"):
        start, busy = time.perf_counter(), time.process_time()
        load_territory(System("benchmark"), now=timezone.now())
        found[name], found[f"{name} busy"] = time.perf_counter() - start, time.process_time() - busy
    found["areas"] = Area.objects.count()
    rng = random.Random(91_599)
    for level in (1, 2, 3, 4):
        names = list(Area.objects.filter(level=level).order_by("code").values_list("name", flat=True))
        times = []
        for name in rng.choices(names, k=ROUNDS):
            # As the picker asks: a part of the name as somebody types it, and the paths of what was found.
            typed = name[: rng.randint(3, len(name))] if rng.random() < 0.5 else name.replace(" ", "").lower()
            start = time.perf_counter()
            paths_of(search_areas(typed, limit=12))
            times.append((time.perf_counter() - start) * 1000)
        found[f"p95 level {level}"] = statistics.quantiles(times, n=20)[-1]
    return found


def run(environment: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, __file__, "--measure"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return dict(json.loads(done.stdout))


def on_postgresql(url: str, folder: str) -> dict[str, object]:
    import psycopg

    name = f"simpul_benchmark_{os.getpid()}"
    server = url.rpartition("/")[0]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            return run({"SIMPUL_DATA": folder, "SIMPUL_DATABASE_URL": f"{server}/{name}"})
        finally:
            connection.execute(f'DROP DATABASE "{name}"')


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    url = os.environ.pop("SIMPUL_DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as folder:
        results = [run({"SIMPUL_DATA": folder})]
    if url:
        with tempfile.TemporaryDirectory() as folder:
            results.append(on_postgresql(url, folder))
    print("| Engine | Areas | Load | of that busy | Load again | Search p95: province | regency | district | village |")
    print("|---|---|---|---|---|---|---|---|---|")
    for r in results:
        cells = [r["engine"], f"{r['areas']:,}", f"{r['load']:.1f} s", f"{r['load busy']:.1f} s"]
        cells.append(f"{r['again']:.3f} s")
        cells += [f"{r[f'p95 level {level}']:.0f} ms" for level in (1, 2, 3, 4)]
        print(f"| {' | '.join(map(str, cells))} |")
    load = os.getloadavg()[0]
    print(f"\n{os.cpu_count()} cores, load average {load:.1f} at the end")
    if any(float(str(r["load"])) > LOAD_BUDGET for r in results):
        raise SystemExit(f"over the budget of {LOAD_BUDGET:.0f} s")


if __name__ == "__main__":
    if "--measure" in sys.argv:
        print(json.dumps(measure()))
    else:
        main()
