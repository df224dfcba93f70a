"""Importing organisations of which a tenth are near-duplicates: rows a second, doubles caught, false alarms, memory.

    python benchmarks/imports.py [ROWS ...]            5,000 unless said otherwise; SQLite, in a folder of its own
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/imports.py [ROWS ...]

Works in a database made for each size and dropped afterwards. A tenth of the rows repeat an organisation that is in the
directory, or another row, written as people write them. Which row repeats what is known, so that what was caught and
what was suspected wrongly are counted against the truth.

The thresholds of `interop.likeness` were tuned on one way of spoiling names (`tuned_on`, its own seed). What is
imported is spoiled in other ways, which the thresholds have never seen (`HELD_OUT`, another seed): abbreviations, words
broken in two, letters changed, another legal form, words that changed places, a former name, another place. Both
shares are printed; only the second says how good it is.

Then all doubles are merged, every row is written, and the whole import is taken back.
"""

import hashlib
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-bench-")

import django

django.setup()

from django.db import connection
from scratch import database

from simpul.interop.likeness import Index, Likeness
from simpul.interop.models import ImportBatch, ImportRow, RowState
from simpul.interop.queries import count_rows, recipe_of
from simpul.interop.reading import read_book
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.checking import check_rows
from simpul.interop.services.deciding import confirm_import, decide_all
from simpul.interop.services.staging import map_columns, receive_import
from simpul.interop.services.undoing import undo_import, undo_rows
from simpul.interop.writing import Page, write_xlsx
from simpul.kernel.actor import System
from simpul.organisations.listing import relist, sort_key_of
from simpul.organisations.models import Organisation, OrganisationName
from simpul.territory.models import Area

SYSTEM = System("benchmark")
NOW = datetime.now(UTC)
FORMS = ("Yayasan", "Perkumpulan", "LSM", "Komunitas", "Kelompok", "Lembaga")
FIRST = "Mitra Bina Karya Cahaya Tunas Sinar Panca Swara Rumpun Lentera Peduli Insan Bakti Sahabat Gema Pelita"
SECOND = "Samya Santika Loka Mandala Wibawa Rinjani Sasambo Mutiara Anjani Selaparang Gumi Paer Bhakti Nusa Jaya Asri"
THIRD = "Perempuan Desa Anak Pesisir Tani Hutan Nelayan Disabilitas Pemuda Lansia Buruh Air Pangan Sehat Cerdas Adil"


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def names(number: int, chance: random.Random) -> list[str]:
    """Distinct, of words that many share: the hard case for telling apart."""
    found: dict[str, None] = {}
    while len(found) < number:
        third = chance.choice(THIRD.split())
        words = [chance.choice(FIRST.split()), chance.choice(SECOND.split()), third, invented(chance)]
        found[f"{chance.choice(FORMS)} {' '.join(words)}"] = None
    return list(found)


def invented(chance: random.Random) -> str:
    return "".join(chance.choice("bdgklmnprst") + chance.choice("aeiou") for _ in range(3)).title()


def tuned_on(name: str, chance: random.Random) -> str:
    """The ways of writing on which the thresholds were chosen."""
    form, *words = name.split()
    way = chance.randrange(7)
    if way == 0:
        return " ".join(words)
    if way == 1:
        return f"{form} {words[0]}{words[1].lower()} {' '.join(words[2:])}"
    if way == 2:
        word = chance.randrange(len(words))
        place = chance.randrange(1, len(words[word]) - 1)
        words[word] = words[word][:place] + words[word][place + 1 :]
        return f"{form} {' '.join(words)}"
    if way == 3:
        return f"{' '.join(words).upper()}, {form}"
    if way == 4:
        words[0], words[1] = words[1], words[0]
        return f"{form} {' '.join(words)}"
    if way == 5:
        words[0] = words[0][: chance.choice((2, 4))]  # cut short, without a point
        return f"{form} {' '.join(words)}"
    return f"{'Yys.' if form == 'Yayasan' else form} {' '.join(words)}".replace("a", "á", 1)


# Ways the thresholds never saw.


def abbreviated(name: str, chance: random.Random) -> str:
    form, *words = name.split()
    place = chance.randrange(len(words) - 1)
    words[place] = words[place][: chance.choice((1, 3))] + "."
    return f"{form} {' '.join(words)}"


def broken(name: str, chance: random.Random) -> str:
    form, *words = name.split()
    place = max(range(len(words)), key=lambda n: (len(words[n]), chance.random()))
    words[place] = f"{words[place][:3]} {words[place][3:]}"
    return f"{form} {' '.join(words)}"


def mistyped(name: str, chance: random.Random) -> str:
    """Two letters that changed places, and a vowel that is another."""
    form, *words = name.split()
    one, other = chance.sample(range(len(words)), 2)
    place = chance.randrange(1, len(words[one]) - 1)
    letters = list(words[one])
    letters[place], letters[place - 1] = letters[place - 1], letters[place]
    words[one] = "".join(letters)
    vowels = [n for n, letter in enumerate(words[other]) if letter in "aeiou"]
    place = chance.choice(vowels)
    words[other] = words[other][:place] + chance.choice("aeiou") + words[other][place + 1 :]
    return f"{form} {' '.join(words)}"


def of_another_form(name: str, _chance: random.Random) -> str:
    form, *words = name.split()
    others = {"Yayasan": "Perkumpulan", "LSM": "Lembaga Swadaya Masyarakat", "Kelompok": "Pokmas"}
    return f"{others.get(form, 'Yys')} {' '.join(words)}"


def turned(name: str, _chance: random.Random) -> str:
    form, *words = name.split()
    return f"{form} {' '.join([*words[-2:], *words[:-2]])}"


def formerly(name: str, _chance: random.Random) -> str:
    """As it was called until it changed its name: the directory knows both."""
    return f"Forum {FORMER} {name.rsplit(maxsplit=1)[-1]} {name.split()[2]}"


def elsewhere(name: str, _chance: random.Random) -> str:
    return name


FORMER = "Wana Kencana"
HELD_OUT: dict[str, Callable[[str, random.Random], str]] = {
    "abbreviated": abbreviated, "broken in two": broken, "mistyped twice": mistyped,
    "another legal form": of_another_form, "words turned": turned, "former name": formerly,
    "another regency": elsewhere,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of the file; `way` is how it repeats another, "" for one that doesn't."""

    name: str
    code: str
    way: str = ""


def plant(known: list[tuple[str, str]]) -> None:
    """What the directory holds already, each with the name it bore before."""
    areas = Area.objects.in_bulk()
    for name, code in known:
        row = Organisation.objects.create(kind="OT.T", name=name, sort_key=sort_key_of(name), seat=areas[code])
        OrganisationName.objects.create(organisation=row, name=name, valid_from=date(2015, 1, 1), recorded_at=NOW)
        before = formerly(name, random.Random(0))
        OrganisationName.objects.create(organisation=row, name=before, valid_until=date(2015, 1, 1), recorded_at=NOW)
        relist(row)


@dataclass(frozen=True)
class Moment:
    """By the clock, and by the time this process had a core: the second says the same on a busy machine."""

    wall: float
    core: float


def begin() -> Moment:
    return Moment(time.perf_counter(), time.process_time())


def timed(what: str, rows: int, started: Moment) -> float:
    """Rows a second, of which the processor's."""
    ended = begin()
    took, core = ended.wall - started.wall, ended.core - started.core
    print(
        f"{what:<22}{rows:>8,} rows {took:>8.1f} s {rows / took:>9,.0f} rows/s "
        f"{rows / core:>9,.0f} a second of processor   peak {megabytes():,.0f} MB",
        flush=True,
    )
    return rows / took


REGENCIES = [f"52.{n:02}" for n in range(1, 9)]


def territory() -> None:
    for code, level in [("52", 1), *((code, 2) for code in REGENCIES)]:
        kind = "province" if level == 1 else "regency"
        name = "Nusa Tenggara Barat" if level == 1 else f"Kabupaten Contoh {chr(64 + int(code[3:]))}"
        folded = f"contoh{chr(96 + int(code[3:]))}" if level == 2 else "nusatenggarabarat"
        parent = "52" if level == 2 else None
        Area.objects.get_or_create(
            code=code, defaults={"level": level, "kind": kind, "name": name, "folded": folded, "parent_id": parent}
        )


def tuning(rows: int) -> None:
    """What the thresholds were chosen by, counted anew: the comparison alone, without a database."""
    chance = random.Random(7)
    new = [(name, chance.choice(REGENCIES)) for name in names(rows - rows // 10, chance)]
    index = Index(Likeness(f"row:{n}", (name,), (), code) for n, (name, code) in enumerate(new))
    wrong = sum(1 for n, (name, code) in enumerate(new) if index.matches(Likeness(f"row:{n}", (name,), (), code)))
    doubles = chance.sample(new, rows // 10)
    caught = sum(bool(index.matches(Likeness("?", (tuned_on(name, chance),), (), code))) for name, code in doubles)
    print(
        f"tuned on (seed 7)      {100 * caught / len(doubles):.1f} % caught, {100 * wrong / len(new):.2f} % suspected"
    )


def lines(rows: int) -> tuple[list[tuple[str, str]], list[Line]]:
    """What the directory holds, and the file: half of the doubles repeat the one, half another row of the file."""
    chance = random.Random(2026)
    doubles = rows // 10
    fresh = [(name, chance.choice(REGENCIES)) for name in names(rows - doubles + doubles // 2, chance)]
    known, new = fresh[: doubles // 2], fresh[doubles // 2 :]
    table = [Line(name, code) for name, code in new]
    repeated = [*((*one, True) for one in known), *((*one, False) for one in chance.sample(new, doubles - len(known)))]
    for number, (name, code, is_known) in enumerate(repeated):
        ways = [way for way in HELD_OUT if is_known or way != "former name"]
        way = ways[number % len(ways)]
        place = chance.choice([c for c in REGENCIES if c != code]) if way == "another regency" else code
        table.append(Line(HELD_OUT[way](name, chance), place, way))
    return known, table


def measure(rows: int) -> dict[str, float]:
    territory()
    known, table = lines(rows)
    plant(known)
    page = Page("Data", ["Nama", "Jenis", "Wilayah", "Kode"], [[x.name, "Komunitas", x.code, "x"] for x in table])
    data = write_xlsx([page])
    rate: dict[str, float] = {}

    started = begin()
    book = read_book(data)
    rate["read"] = timed("read", rows, started)
    started = begin()
    batch = receive_import(
        SYSTEM, recipe="organisations", organisation_id=None, file_name="b.xlsx", book=book,
        sha256=hashlib.sha256(data).hexdigest(), now=NOW,
    )  # fmt: skip
    rate["staged"] = timed("staged, sealed", rows, started)
    started = begin()
    map_columns(SYSTEM, batch, mapping=dict(batch.places), options={}, now=NOW)
    check_rows(SYSTEM, batch, now=NOW)
    rate["checked"] = timed("checked, compared", rows, started)
    report(batch, table)
    if count_rows(batch).undecided:
        decide_all(SYSTEM, batch, decision="merge")
    confirm_import(SYSTEM, batch, now=NOW)
    desk = recipe_of(batch).desk(SYSTEM, batch, now=NOW)  # one for the whole step, as the worker has it
    rate["written"] = steps("written", rows, lambda: apply_rows(SYSTEM, batch, now=NOW, desk=desk))
    print(f"  {dict(count_rows(batch).outcomes)}")
    undo_import(SYSTEM, batch, now=NOW)
    rate["undone"] = steps("taken back", rows, lambda: undo_rows(SYSTEM, batch, now=NOW, desk=desk))
    print(f"  {dict(count_rows(batch).outcomes)}")
    return rate


def steps(what: str, rows: int, step: Callable[[], int]) -> float:
    started = begin()
    while step():
        pass
    return timed(what, rows, started)


def report(batch: ImportBatch, table: list[Line]) -> None:
    rows = ImportRow.objects.filter(batch=batch, number__gt=1)
    alike = set(rows.filter(state=RowState.ALIKE).values_list("number", flat=True))
    by_way: Counter[str] = Counter(line.way for line in table)
    caught: Counter[str] = Counter(line.way for number, line in enumerate(table, start=2) if number in alike)
    all_doubles = sum(n for way, n in by_way.items() if way)
    all_caught = sum(n for way, n in caught.items() if way)
    share = 100 * all_caught / all_doubles
    print(f"held out (seed 2026)   {share:.1f} % caught: {all_caught:,} of {all_doubles:,} doubles")
    for way in HELD_OUT:
        print(f"  {way:<20} {caught[way]:>6,} of {by_way[way]:,} ({100 * caught[way] / max(1, by_way[way]):.0f} %)")
    print(
        f"suspected wrongly      {caught['']:,} of {by_way['']:,} others ({100 * caught[''] / by_way['']:.2f} %)",
        flush=True,
    )


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [5_000]
    rates: list[dict[str, float]] = []
    try:
        for rows in sizes:
            print(
                f"\n{connection.vendor}, {rows:,} rows, a tenth of them near-duplicates; load {os.getloadavg()[0]:.1f}"
            )
            tuning(5_000)
            with database():
                rates.append(measure(rows))
        if len(sizes) > 1:
            grown = {step: rates[0][step] / rates[-1][step] for step in rates[0]}
            told = ", ".join(f"{step} {ratio:.2f}" for step, ratio in grown.items())
            print(f"\ntime a row, {sizes[-1]:,} against {sizes[0]:,} rows: {told}")
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"], ignore_errors=True)


if __name__ == "__main__":
    main()
