"""Importing organisations of which a tenth are near-duplicates: rows a second, doubles caught, false alarms, memory.

    python benchmarks/imports.py [ROWS]                5,000 unless said otherwise; SQLite, in a folder of its own
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/imports.py [ROWS]

Works in a database made for it and dropped afterwards. A tenth of the rows repeat an organisation that is in the
directory, or another row, written as people write them: a legal form dropped or shortened, words run together, a letter
missing, another order, an accent. Which row repeats what is known, so that what was caught and what was suspected
wrongly are counted against the truth. Then all doubles are merged and every row is written.
"""

import hashlib
import os
import random
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

from django.db import connection
from scratch import database

from simpul.interop.models import ImportRow, RowState
from simpul.interop.queries import count_rows
from simpul.interop.reading import read_book
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.checking import check_rows
from simpul.interop.services.deciding import confirm_import, decide_all
from simpul.interop.services.staging import map_columns, receive_import
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


def rewritten(name: str, chance: random.Random) -> str:
    form, *words = name.split()
    way = chance.randrange(6)
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
    return f"{'Yys.' if form == 'Yayasan' else form} {' '.join(words)}".replace("a", "á", 1)


def plant(known: list[tuple[str, str]]) -> None:
    """What the directory holds already."""
    areas = Area.objects.in_bulk()
    for name, code in known:
        row = Organisation.objects.create(kind="OT.T", name=name, sort_key=sort_key_of(name), seat=areas[code])
        OrganisationName.objects.create(organisation=row, name=name, recorded_at=NOW)
        relist(row)


def timed(what: str, rows: int, started: float) -> None:
    took = time.perf_counter() - started
    print(
        f"{what:<22}{rows:>8,} rows {took:>8.1f} s {rows / took:>9,.0f} rows/s   peak {megabytes():,.0f} MB", flush=True
    )


def measure(rows: int) -> None:
    chance = random.Random(7)
    regencies = [f"52.{n:02}" for n in range(1, 9)]
    for code, level in [("52", 1), *((code, 2) for code in regencies)]:
        kind = "province" if level == 1 else "regency"
        name = "Nusa Tenggara Barat" if level == 1 else f"Kabupaten Contoh {chr(64 + int(code[3:]))}"
        folded = f"contoh{chr(96 + int(code[3:]))}" if level == 2 else "nusatenggarabarat"
        parent = "52" if level == 2 else None
        Area.objects.get_or_create(
            code=code, defaults={"level": level, "kind": kind, "name": name, "folded": folded, "parent_id": parent}
        )
    doubles = rows // 10
    fresh = [(name, chance.choice(regencies)) for name in names(rows - doubles + doubles // 2, chance)]
    known, new = fresh[: doubles // 2], fresh[doubles // 2 :]
    plant(known)
    repeated = [*known, *chance.sample(new, doubles - len(known))]
    table = [(name, code, False) for name, code in new]
    table += [(rewritten(name, chance), code, True) for name, code in repeated]
    truth = {number: is_double for number, (_n, _c, is_double) in enumerate(table, start=2)}
    page = Page("Data", ["Nama", "Jenis", "Wilayah", "Kode"], [[n, "Komunitas", c, "x"] for n, c, _ in table])
    data = write_xlsx([page])

    started = time.perf_counter()
    book = read_book(data)
    timed("read", rows, started)
    started = time.perf_counter()
    batch = receive_import(
        SYSTEM, recipe="organisations", organisation_id=None, file_name="b.xlsx", book=book,
        sha256=hashlib.sha256(data).hexdigest(), now=NOW,
    )  # fmt: skip
    timed("staged, sealed", rows, started)
    started = time.perf_counter()
    map_columns(SYSTEM, batch, mapping=dict(batch.places), options={}, now=NOW)
    check_rows(SYSTEM, batch, now=NOW)
    timed("checked, compared", rows, started)
    report(batch, truth)
    decide_all(SYSTEM, batch, decision="merge")
    confirm_import(SYSTEM, batch, now=NOW)
    started = time.perf_counter()
    while apply_rows(SYSTEM, batch, now=NOW):
        pass
    timed("written", rows, started)
    print(dict(count_rows(batch).outcomes))


def report(batch: object, truth: dict[int, bool]) -> None:
    rows = ImportRow.objects.filter(batch=batch, number__gt=1)
    alike = set(rows.filter(state=RowState.ALIKE).values_list("number", flat=True))
    real = {number for number, is_double in truth.items() if is_double}
    caught, wrong = len(alike & real), len(alike - real)
    others = len(truth) - len(real)
    print(f"doubles caught         {caught:,} of {len(real):,} ({100 * caught / len(real):.1f} %)")
    print(f"suspected wrongly      {wrong:,} of {others:,} others ({100 * wrong / others:.2f} %)", flush=True)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    try:
        with database():
            print(f"{connection.vendor}, {rows:,} rows, a tenth of them near-duplicates")
            measure(rows)
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"], ignore_errors=True)


if __name__ == "__main__":
    main()
