"""The public search over 10,000 and 100,000 records: p50 and p95 in milliseconds, against a plain LIKE in the same run.

    python benchmarks/search.py                 SQLite, in files of its own
    SIMPUL_DATABASE_URL=postgresql://... python benchmarks/search.py
    python benchmarks/search.py 1000 100000     other sizes

Claims, each asserted by the exit status: at the largest size p95 of the index is below that of LIKE for every kind of
question, and at most 100 ms. LIKE does what a plain list page does: it counts what holds all the words, and takes
the first 20 by name. The index orders by merit, marks the words, and counts up to its limit by kind.
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
from django.db.models import Q
from nation import FIRST, KINDS, SECOND, Nation, Sides, insert, machine, sized

from simpul.kernel.text import fold, fold_words
from simpul.search.models import KEY_LENGTH, Entry
from simpul.search.queries import LONGEST, find

ROUNDS = 60
MOST_MS = 100.0
ABOUT = (
    "Mendampingi warga {second} yang sulit mengurus {paper} di {place}, bersama {first} dan pemerintah desa. "
    "Berdiri sejak {year}, dengan {n} anggota."
).format
PAPERS = ["akta kelahiran", "kartu keluarga", "jaminan kesehatan", "bantuan sosial", "buku nikah", "laporan kekerasan"]
COLUMNS = ("kind", "uuid", "section", "title", "body", "title_key", "title_words", "body_words")
Ask = Callable[[str], object]


class Records(Nation):
    """A nation whose organisations are published, without the tables of the directory."""

    def _insert(self, made: object) -> None:
        insert(Entry, COLUMNS, (self._entry(o) for o in made))  # type: ignore[attr-defined]

    def _network(self, organisations: object) -> None:
        return None

    def _entry(self, organisation: object) -> tuple[object, ...]:
        dice, name = self.dice, organisation.name  # type: ignore[attr-defined]
        about = ABOUT(
            second=dice.choice(SECOND).lower(),
            paper=dice.choice(PAPERS),
            place=dice.choice(self.places).name,
            first=dice.choice(FIRST),
            year=dice.randint(1970, 2025),
            n=dice.randint(5, 500),
        )
        words = (fold(name)[:KEY_LENGTH], fold_words(name), fold_words(about))
        return ("organisations.organisation", organisation.pk, "organisation", name, about, *words)  # type: ignore[attr-defined]


def by_index(text: str) -> object:
    return find(text)


def by_like(text: str) -> object:
    """What a plain list does: how many there are, and the first 20 by name."""
    words = Q()
    for word in fold_words(text[:LONGEST]).split():
        words &= Q(title_words__contains=word) | Q(body_words__contains=word)
    found = Entry.objects.filter(words)
    return found.count(), list(found.order_by("title_key", "id")[:20])


def questions(nation: Nation) -> dict[str, Callable[[random.Random], str]]:
    return {
        "a word of a fifth": lambda d: d.choice(list(KINDS.values())).lower(),
        "a common word": lambda d: d.choice(FIRST),
        "the beginning of a word": lambda d: d.choice(FIRST)[:3],
        "two words": lambda d: f"{d.choice(SECOND)} {d.choice(FIRST)}",
        "words of the text": lambda d: f"{d.choice(PAPERS)} {d.choice(SECOND)}",
        "a place": lambda d: d.choice(nation.places).name,
        "nothing": lambda d: f"{d.choice(nation.places).name} tidakada",
    }


def measure(sides: Sides, question: Callable[[random.Random], str]) -> dict[tuple[int, str], list[float]]:
    times: dict[tuple[int, str], list[float]] = {(size, way): [] for size in sides for way in ("index", "LIKE")}
    dice = random.Random(7)
    for turn in range(ROUNDS + 2):
        text = question(dice)
        for size, side in sides.items():
            connections["default"] = side
            for way, ask in (("index", by_index), ("LIKE", by_like)):
                start = time.perf_counter()
                ask(text)
                if turn > 1:
                    times[size, way].append((time.perf_counter() - start) * 1000)
    return times


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [10_000, 100_000]
    nation = Records()
    print(f"{machine()}; {ROUNDS} rounds")
    over: list[str] = []
    with sized(sizes, nation) as sides:
        print(
            f"\n{'question':26}{'records':>10}{'index p50':>11}{'p95':>8}{'LIKE p50':>10}{'p95':>8}{'LIKE / index':>14}"
        )
        for name, question in questions(nation).items():
            times = measure(sides, question)
            for size in sides:
                index, like = times[size, "index"], times[size, "LIKE"]
                i50, i95 = quantiles(index, n=20)[9], quantiles(index, n=20)[18]
                l50, l95 = quantiles(like, n=20)[9], quantiles(like, n=20)[18]
                print(f"{name:26}{size:10,}{i50:11.1f}{i95:8.1f}{l50:10.1f}{l95:8.1f}{l95 / i95:14.1f}", flush=True)
            if i95 > l95 or i95 > MOST_MS:
                over.append(f"{name}: p95 {i95:.0f} ms by the index, {l95:.0f} ms by LIKE at {size:,}")
        connections["default"] = sides[max(sides)]
        print(f"\n{Entry.objects.count():,} records on {connection.vendor}")
    print("Every promise holds." if not over else "Broken:\n  " + "\n  ".join(over))
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
