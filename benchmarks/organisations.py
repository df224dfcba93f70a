"""The directory at 1,000, 10,000 and 100,000 organisations: p50 and p95 in milliseconds, queries, ratio to the first.

    python benchmarks/organisations.py                  SQLite, in files of its own
    SIMPUL_DATABASE_URL=postgresql://... python benchmarks/organisations.py
    python benchmarks/organisations.py 1000 100000      other sizes

Claim: p95 at 100,000 is at most twice that at 1,000, for every question a page of the directory asks. One database a
size; every question is asked of each in turn, with other words and places every time, so that whatever else the machine
does falls on all sizes alike. The databases are thrown away.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django

django.setup()

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from nation import FIRST, KINDS, SECOND, Nation, Sides, machine, sized

from simpul.kernel.actor import Anonymous
from simpul.organisations.models import Organisation
from simpul.organisations.queries.counts import count_by_area
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import names_of, organisation_for, profile_for
from simpul.organisations.sectors import Sector
from simpul.territory.packaged import AreaRow

PUBLIC = Anonymous()
ROUNDS = 40
Question = Callable[[random.Random], object]


def questions(places: list[AreaRow]) -> dict[str, Question]:
    def listing(**search: object) -> object:
        return directory(PUBLIC, Search(**search))  # type: ignore[arg-type]

    def second_page(_: random.Random) -> object:
        first = directory(PUBLIC, Search(text="yayasan"))
        return directory(PUBLIC, Search(text="yayasan"), after=first.next)

    def profile(dice: random.Random) -> object:
        some = Organisation.objects.filter(pk__gte=dice.choice(known)).order_by("pk").values_list("pk", flat=True)
        organisation = organisation_for(PUBLIC, some[0])
        return profile_for(PUBLIC, organisation), list(names_of(organisation))

    known = list(Organisation.objects.order_by("pk").values_list("pk", flat=True)[:1000])
    regencies = sorted({p.code[:5] for p in places})
    return {
        "front page of the directory": lambda _: listing(),
        "a common word": lambda d: listing(text=d.choice(["yayasan", "kelompok", "perk", "le", "k"])),
        "its second page": second_page,
        "a rare word": lambda d: listing(text=d.choice(places).name),
        "two words in any order": lambda d: listing(text=f"{d.choice(SECOND)} {d.choice(FIRST)}"),
        "nothing found": lambda d: listing(text=f"zzz{d.random()}"),
        "a regency": lambda d: listing(area_code=d.choice(regencies)),
        "a province": lambda d: listing(area_code=d.choice(regencies)[:2]),
        "a sector": lambda d: listing(sector=d.choice(Sector.values)),
        "a kind": lambda d: listing(kind=d.choice(list(KINDS))),
        "a province and a sector": lambda d: listing(area_code=d.choice(regencies)[:2], sector=d.choice(Sector.values)),
        "a word, a province, a kind": lambda d: listing(
            text=d.choice(FIRST), area_code=d.choice(regencies)[:2], kind=d.choice(list(KINDS))
        ),
        "one profile with its names": profile,
        "totals of a province by regency": lambda d: count_by_area(PUBLIC, 2, under=d.choice(regencies)[:2]),
    }


def measure(asked: Question, dice: random.Random) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    asked(dice)
    return (time.perf_counter() - start) * 1000


def counted(asked: Question, dice: random.Random) -> int:
    with CaptureQueriesContext(connection) as captured:
        asked(dice)
    return len(captured)


def compare(sides: Sides, places: list[AreaRow]) -> None:
    dice = {size: random.Random(7) for size in sides}
    asked = {}
    for size, side in sides.items():
        connections["default"] = side
        asked[size] = questions(places)
    print(f"{'':34}{'organisations':>14}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'p95 ratio':>11}")
    for name in asked[min(sides)]:
        times: dict[int, list[float]] = {size: [] for size in sides}
        queries: dict[int, int] = {}
        for turn in range(ROUNDS + 1):
            for size, side in sides.items():
                connections["default"] = side
                if turn == 0:
                    queries[size] = counted(asked[size][name], dice[size])
                else:
                    times[size].append(measure(asked[size][name], dice[size]))
        cuts = {size: quantiles(values, n=20) for size, values in times.items()}
        first = cuts[min(sides)][18]
        for size, cut in cuts.items():
            print(f"{name:34}{size:14,}{cut[9]:9.1f}{cut[18]:9.1f}{queries[size]:9}{cut[18] / first:11.2f}", flush=True)
            name = ""  # noqa: PLW2901 - said once


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [1_000, 10_000, 100_000]
    nation = Nation()
    print(f"{machine()}; {len(nation.rows):,} areas, {ROUNDS} rounds")
    with sized(sizes, nation) as sides:
        compare(sides, nation.places)


if __name__ == "__main__":
    main()
