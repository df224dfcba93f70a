"""Pages of published counts with the demo's two years in them: p50 and p95 in milliseconds, queries, bytes.

    python benchmarks/casepages.py              SQLite: the whole demo is loaded first, which takes minutes
    python benchmarks/casepages.py 6            the first months of it alone
    SIMPUL_DATABASE_URL=postgresql://... python benchmarks/casepages.py

Asserted by the exit status: at most 12 queries a page; at most 60 kB compressed with all that a page loads, 300 kB with
a map; the ledger is proved. Every page goes through the whole program, middleware included, in this process, and
is asked of another place, period and type every time.
"""

import os
import random
import shutil
import sys
import time
from collections.abc import Callable

import pages  # starts Django, in a data folder of its own
from django.test import Client
from django.utils import timezone

ask, Taken = pages.ask, pages.Taken

from nation import machine
from scratch import database

from simpul.demo.figures.plan import LOMBOK, MONTHS
from simpul.demo.services import load_acceptance, load_figures, load_storyline
from simpul.kernel.actor import System
from simpul.releases.models import PublishedCell, Release
from simpul.releases.verifying import verify_books
from simpul.territory.models import Area
from simpul.territory.services.loading import load_territory

DEMO, ROUNDS = System("demo"), 60
Address = Callable[[random.Random], str]


def filled(months: int) -> None:
    now = timezone.now()
    load_territory(DEMO, now=now)
    load_storyline(DEMO, now=now)
    load_acceptance(DEMO, now=now)
    begun = time.perf_counter()
    load_figures(DEMO, now=now, most=months, progress=lambda done, total: print(f"\r{done} of {total}", end=""))
    print(f"\r{Release.objects.count()} releases, {PublishedCell.objects.count():,} numbers", end=" ")
    print(f"in {time.perf_counter() - begun:.0f} s")


def addresses() -> dict[str, Address]:
    cells = [str(pk) for pk in PublishedCell.objects.order_by("pk").values_list("pk", flat=True)[:500]]
    periods = ("", "2024", "2025", "2024-Q2", "2024-03")
    types = ("", "JK", "AD", "K", "PA", "violence")

    def place(codes: list[str]) -> Address:
        return lambda d: f"/data/kasus/?wilayah={d.choice(codes)}&periode={d.choice(periods)}&jenis={d.choice(types)}"

    def below(level: int) -> list[str]:
        found = Area.objects.filter(level=level, code__in=PublishedCell.objects.values("area"))
        return [code for code in found.values_list("code", flat=True) if code[:5] in LOMBOK] or ["52.03"]

    return {
        "country": place([""]),
        "province": place(["52", "32", "35", "73"]),
        "regency": place(list(LOMBOK)),
        "district": place(below(3)),
        "village": place(below(4)),
        "one number": lambda d: f"/data/kasus/angka/{d.choice(cells)}/",
        "releases": lambda _: "/data/kasus/terbitan/",
        "method": lambda _: "/data/kasus/cara/",
    }


def measured() -> list[str]:
    browser, over = Client(), []
    print(f"\n{'page':14}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'bytes':>9}{'gzip':>8}{'with all':>9}")
    for name, address in addresses().items():
        taken, dice = Taken(), random.Random(7)
        for turn in range(ROUNDS + 3):
            ask(browser, address(dice), taken, timed=turn > 2)
        print(f"{name:14}{taken.median:8.0f}{taken.p95:8.0f}{taken.queries:9}", end="")
        print(f"{taken.page:9,}{taken.packed:8,}{taken.loaded:9,}", flush=True)
        if taken.queries > pages.QUERIES:
            over.append(f"{name}: {taken.queries} queries")
        if taken.loaded > (pages.MAP if taken.has_map else pages.READING):
            over.append(f"{name}: {taken.loaded:,} bytes with all it loads")
    return over


def main() -> None:
    months = int(sys.argv[1]) if len(sys.argv) > 1 else len(MONTHS)
    print(f"{machine()}; {ROUNDS} rounds")
    try:
        with database():
            filled(months)
            over = measured()
            begun = time.perf_counter()
            over += [book.wrong for book in verify_books() if book.wrong]
            print(f"ledger proved in {time.perf_counter() - begun:.1f} s")
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"], ignore_errors=True)
    print("\nEvery page is within its budgets." if not over else "\nOver budget:\n  " + "\n  ".join(over))
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
