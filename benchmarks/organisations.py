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
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django

django.setup()

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from simpul.kernel.actor import Anonymous
from simpul.kernel.ids import uuid7
from simpul.organisations.listing import facets_of, sort_key_of, terms_of
from simpul.organisations.models import (
    DirectoryFacet,
    DirectoryTerm,
    Organisation,
    OrganisationName,
)
from simpul.organisations.queries.counts import count_by_area
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import names_of, organisation_for, profile_for
from simpul.organisations.sectors import Sector
from simpul.territory import packaged
from simpul.territory.models import Area
from simpul.territory.packaged import AreaRow

NOW = datetime(2025, 2, 7, tzinfo=UTC)
PUBLIC = Anonymous()
ROUNDS = 40
CHUNK = 5_000
PROVINCES = ("32", "33", "35", "36", "52", "73")
Question = Callable[[random.Random], object]


def _words(text: str) -> list[str]:
    return text.split(" ")


KINDS = {
    "OT.Y": "Yayasan",
    "OT.P": "Perkumpulan",
    "OT.K": "Kelompok Konstituen",
    "OT.N": "Jaringan",
    "OT.T": "Komunitas",
}
FIRST = _words("Lentera Cahaya Pelita Surya Harapan Bina Mitra Bangun Tunas Karya Bakti Citra Sinar Suara Rumah")
SECOND = _words("Desa Rakyat Perempuan Anak Bangsa Nusantara Mandiri Sejahtera Bersama Pesisir Petani Muda")


def organisations(count: int, places: list[AreaRow], dice: random.Random) -> Iterator[Organisation]:
    """As names are in the field: a few first words for nearly all, then a word or two, then the place."""
    for _ in range(count):
        kind, word = dice.choice(list(KINDS.items()))
        place = dice.choice(places)
        name = f"{word} {dice.choice(FIRST)} {dice.choice(SECOND)} {place.name}"[:200]
        sectors = dice.sample(Sector.values, dice.randint(1, 3))
        yield Organisation(
            id=uuid7(), kind=kind, name=name, sort_key=sort_key_of(name), seat_id=place.code, sectors=sectors
        )


def fill(count: int, places: list[AreaRow], dice: random.Random) -> None:
    made = organisations(count, places, dice)
    for start in range(0, count, CHUNK):
        rows = [next(made) for _ in range(min(CHUNK, count - start))]
        with transaction.atomic():
            Organisation.objects.bulk_create(rows)
            OrganisationName.objects.bulk_create(
                OrganisationName(organisation=o, name=o.name, recorded_at=NOW) for o in rows
            )
            DirectoryTerm.objects.bulk_create(
                DirectoryTerm(term=t, organisation=o) for o in rows for t in terms_of([o.name])
            )
            DirectoryFacet.objects.bulk_create(
                DirectoryFacet(facet=f, sort_key=o.sort_key, organisation=o)
                for o in rows
                for f in facets_of(o, [o.seat_id or ""])
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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


def compare(sides: dict[int, BaseDatabaseWrapper], places: list[AreaRow]) -> None:
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


def grow(sizes: list[int], folder: Path, rows: list[AreaRow], places: list[AreaRow]) -> dict[int, BaseDatabaseWrapper]:
    """A copy of the database at each size."""
    dice = random.Random(20250207)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
    with transaction.atomic():
        Area.objects.bulk_create(
            [Area(**{name: getattr(row, name) for name in AreaRow.__slots__}) for row in rows], batch_size=CHUNK
        )
    sides, have = {}, 0
    for size in sizes:
        start = time.perf_counter()
        fill(size - have, places, dice)
        have = size
        sides[size] = copy(size, folder)
        print(f"{size:,} organisations, filled in {time.perf_counter() - start:.0f} s", flush=True)
    return sides


def copy(size: int, folder: Path) -> BaseDatabaseWrapper:
    """A connection to a copy of the database as it is now."""
    settings = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        target = str(folder / f"{size}.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [target])
    else:
        source, target = settings["NAME"], f"{settings['NAME']}_{size}"
        original = connections["default"]
        original.close()
        with original._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    settings["NAME"] = target
    return type(connections["default"])(settings, "default")


def drop(sides: dict[int, BaseDatabaseWrapper], original: BaseDatabaseWrapper) -> None:
    for side in sides.values():
        side.close()
        if side.vendor == "postgresql":
            with original._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{side.settings_dict["NAME"]}"')


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [1_000, 10_000, 100_000]
    rows = [row for row in packaged.listing().rows if row.code[:2] in PROVINCES]
    places = [row for row in rows if len(row.code) == 13]
    original = connections["default"]
    name = original.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if original.vendor == "sqlite":
            original.settings_dict["TEST"]["NAME"] = str(Path(folder) / "benchmark.sqlite3")
        original.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        print(f"{original.vendor}, {len(rows):,} areas, {ROUNDS} rounds")
        sides: dict[int, BaseDatabaseWrapper] = {}
        try:
            sides = grow(sizes, Path(folder), rows, places)
            compare(sides, places)
        finally:
            connections["default"] = original
            drop(sides, original)
            original.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
