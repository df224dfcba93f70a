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
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django

django.setup()

from comparing import ROUNDS, Question, compare
from nation import FIRST, KINDS, SECOND, Nation, machine, sized

from simpul.kernel.actor import Anonymous
from simpul.organisations.models import Organisation
from simpul.organisations.queries.counts import count_by_area
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import names_of, organisation_for, profile_for
from simpul.organisations.sectors import Sector
from simpul.territory.packaged import AreaRow

PUBLIC = Anonymous()


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
    asked: dict[str, Callable[[random.Random], object]] = {
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
    return {name: partial(partial, one) for name, one in asked.items()}


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [1_000, 10_000, 100_000]
    nation = Nation()
    print(f"{machine()}; {len(nation.rows):,} areas, {ROUNDS} rounds")
    with sized(sizes, nation) as sides:
        compare(sides, lambda: questions(nation.places))


if __name__ == "__main__":
    main()
