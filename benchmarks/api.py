"""The API's list of organisations at 1,000, 10,000 and 100,000: p50 and p95 in milliseconds, queries, ratio.

    python benchmarks/api.py                  SQLite, in files of its own
    SIMPUL_DATABASE_URL=postgresql://... python benchmarks/api.py
    python benchmarks/api.py 1000 100000      other sizes

Claim: p95 at 100,000 is at most twice that at 1,000, with every filter and on later pages. The whole way is measured:
middleware, gate, query, JSON, ETag; not the network. One database a size, each request sent to each in turn with
other words and places, so that whatever else the machine does falls on all sizes alike. The databases are thrown away.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django

django.setup()

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from nation import FIRST, KINDS, SECOND, Nation, Sides, machine, sized

from simpul.api.throttle import THROTTLE
from simpul.organisations.sectors import Sector
from simpul.territory.packaged import AreaRow

ROUNDS = 40
LIST = "/api/v1/organisations"
CALLER = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "identity"})
Address = Callable[[random.Random], str]


def addresses(places: list[AreaRow]) -> dict[str, Address]:
    regencies = sorted({place.code[:5] for place in places})

    def listing(**query: object) -> str:
        return f"{LIST}?{urlencode(query)}"

    def second_page(dice: random.Random) -> str:
        return str(CALLER.get(listing(q=dice.choice(["yayasan", "perkumpulan"]))).json()["next"])

    return {
        "the first page": lambda _: listing(),
        "a hundred at once": lambda _: listing(limit=100),
        "a common word": lambda d: listing(q=d.choice(["yayasan", "kelompok", "perk", "le"])),
        "its second page": second_page,
        "two words in any order": lambda d: listing(q=f"{d.choice(SECOND)} {d.choice(FIRST)}"),
        "nothing found": lambda d: listing(q=f"zzz{d.random()}"),
        "a regency": lambda d: listing(area=d.choice(regencies)),
        "a province": lambda d: listing(area=d.choice(regencies)[:2]),
        "a sector": lambda d: listing(sector=d.choice(Sector.values)),
        "a kind": lambda d: listing(kind=d.choice(list(KINDS))),
        "active since a year": lambda _: listing(active_since="2024-11-01"),
        "a province, a sector, active": lambda d: listing(
            area=d.choice(regencies)[:2], sector=d.choice(Sector.values), active_since="2024-11-01"
        ),
    }


def measure(address: str) -> float:
    """Milliseconds."""
    THROTTLE.forget_all()
    start = time.perf_counter()
    answer = CALLER.get(address)
    took = (time.perf_counter() - start) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code} {answer.content[:300]!r}")
    return took


def counted(address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        measure(address)
    return len(captured)


def compare(sides: Sides, places: list[AreaRow]) -> None:
    dice = {size: random.Random(7) for size in sides}
    print(f"{'':30}{'organisations':>14}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'p95 ratio':>11}")
    for name, made in addresses(places).items():
        times: dict[int, list[float]] = {size: [] for size in sides}
        queries: dict[int, int] = {}
        for turn in range(ROUNDS + 1):
            for size, side in sides.items():
                connections["default"] = side
                address = made(dice[size])
                if turn == 0:
                    queries[size] = counted(address)
                else:
                    times[size].append(measure(address))
        cuts = {size: quantiles(values, n=20) for size, values in times.items()}
        first = cuts[min(sides)][18]
        for size, cut in cuts.items():
            print(f"{name:30}{size:14,}{cut[9]:9.1f}{cut[18]:9.1f}{queries[size]:9}{cut[18] / first:11.2f}", flush=True)
            name = ""  # noqa: PLW2901 - said once


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [1_000, 10_000, 100_000]
    resolve("/api/v1/organisations")  # all pages are loaded before anything is measured
    nation = Nation()
    print(f"{machine()}; {len(nation.rows):,} areas, {ROUNDS} rounds")
    with sized(sizes, nation) as sides:
        compare(sides, nation.places)


if __name__ == "__main__":
    main()
