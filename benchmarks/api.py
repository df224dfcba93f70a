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
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django

django.setup()

from comparing import ROUNDS, Question, compare
from django.test import Client
from django.urls import resolve
from nation import FIRST, KINDS, SECOND, Nation, machine, sized

from simpul.api.throttle import THROTTLE
from simpul.organisations.sectors import Sector
from simpul.territory.packaged import AreaRow

LIST = "/api/v1/organisations"
CALLER = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "identity"})
Address = Callable[[random.Random], str]


def addresses(places: list[AreaRow]) -> dict[str, Address]:
    regencies = sorted({place.code[:5] for place in places})

    def listing(**query: object) -> str:
        return f"{LIST}?{urlencode(query)}"

    def ago(days: int) -> date:
        return datetime.now(UTC).date() - timedelta(days=days)

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
        "active since a year": lambda _: listing(active_since=ago(365)),
        "active since a month": lambda _: listing(active_since=ago(30)),
        "active since yesterday": lambda _: listing(active_since=ago(1)),
        "a province, a sector, active": lambda d: listing(
            area=d.choice(regencies)[:2], sector=d.choice(Sector.values), active_since=ago(365)
        ),
        "a word, active": lambda d: listing(q=d.choice(FIRST), active_since=ago(365)),
    }


def questions(places: list[AreaRow]) -> dict[str, Question]:
    return {name: _request(made) for name, made in addresses(places).items()}


def _request(made: Address) -> Question:
    def ready(dice: random.Random) -> Callable[[], object]:
        address = made(dice)
        THROTTLE.forget_all()
        return lambda: _get(address)

    return ready


def _get(address: str) -> None:
    answer = CALLER.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code} {answer.content[:300]!r}")


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [1_000, 10_000, 100_000]
    resolve("/api/v1/organisations")  # all pages are loaded before anything is measured
    nation = Nation()
    print(f"{machine()}; {len(nation.rows):,} areas, {ROUNDS} rounds")
    with sized(sizes, nation) as sides:
        compare(sides, lambda: questions(nation.places))


if __name__ == "__main__":
    main()
