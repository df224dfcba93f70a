"""How areas are named: codes, words before names, short names, zones. Small tables of the package, no database."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

from simpul.kernel.text import fold, fold_words, squeeze
from simpul.kernel.time import Zone

CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_LENGTHS = {2: 1, 5: 2, 8: 3, 13: 4}
# What is said before a name, and the kinds that may be meant by it; the longer ones first.
SPOKEN: dict[str, tuple[str, ...]] = {
    "daerah khusus ibukota": ("province",),
    "daerah istimewa": ("province",),
    "kabupaten administrasi": ("regency",),
    "kota administrasi": ("city",),
    "prov": ("province",),
    "provinsi": ("province",),
    "province": ("province",),
    "kab": ("regency",),
    "kabupaten": ("regency",),
    "regency": ("regency",),
    "kota": ("city",),
    "kec": ("district",),
    "kecamatan": ("district",),
    "distrik": ("district",),
    "kel": ("urban_village",),
    "kelurahan": ("urban_village",),
    "desa": ("village",),
    "ds": ("village",),
}
_BEFORE = re.compile(f"({'|'.join(SPOKEN)}) ")
# The source writes these words into the names of these kinds alone.
_NAMED_WITH = {"province", "regency", "city"}
_PREFIX = {"district": "Kecamatan", "urban_village": "Kelurahan", "village": "Desa"}


@dataclass(frozen=True, slots=True)
class Province:
    """What the package says of a province beside its row: its zone, short name, other names (folded)."""

    code: str
    zone: Zone
    short: str
    aliases: tuple[str, ...]


def level_of(code: str) -> int:
    """1 province, 2 regency or city, 3 district, 4 village. ValueError for what is not a code."""
    if not CODE.fullmatch(code):
        raise ValueError("not an area code")
    return _LENGTHS[len(code)]


def parent_of(code: str) -> str | None:
    """The code of the area it lies in; None for a province."""
    return code.rpartition(".")[0] or None


def lineage_of(code: str) -> tuple[str, ...]:
    """Codes from the province down to `code` itself."""
    parts = code.split(".")
    return tuple(".".join(parts[: n + 1]) for n in range(len(parts)))


def search_key(name: str, kind: str) -> str:
    """What it is found by: "Kabupaten Lombok Timur" as "lomboktimur", but the village Kota Baru as "kotabaru"."""
    words = fold_words(name)
    return (_BEFORE.sub("", words, count=1) if kind in _NAMED_WITH else words).replace(" ", "")


def title_of(name: str, kind: str) -> str:
    """The name with the word that says its kind: "Kecamatan Masbagik"; names that carry one keep it."""
    before = _PREFIX.get(kind, "")
    return name if not before or name.startswith(f"{before} ") else f"{before} {name}"


def readings_of(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The (search key, kinds) it may mean; no kinds: any. "Kab. Bima" is a regency; "Kota Baru" may be just a name."""
    words = fold_words(squeeze(text))
    readings: list[tuple[str, tuple[str, ...]]] = [(fold(words), ())]
    said = _BEFORE.match(words)
    if said:
        readings.append((fold(words[said.end() :]), SPOKEN[said[1]]))
    return readings


@cache
def provinces() -> dict[str, Province]:
    with _table("provinces.csv") as rows:
        return {
            r["code"]: Province(r["code"], Zone[r["zone"]], r["short"], _folded(r["short"], *r["aliases"].split("|")))
            for r in csv.DictReader(rows)
        }


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Folded alias -> codes it stands for: "ntb", "lotim"."""
    found: dict[str, tuple[str, ...]] = {}
    with _table("aliases.csv") as rows:
        named = [(r["code"], _folded(*r["aliases"].split("|"))) for r in csv.DictReader(rows)]
    for code, keys in [*((p.code, p.aliases) for p in provinces().values()), *named]:
        for key in keys:
            found[key] = (*found.get(key, ()), code)
    return found


def zone_of(code: str) -> Zone:
    """The zone of the area's province (Keppres 41/1987). KeyError for a province unknown to the package."""
    return provinces()[code[:2]].zone


def short_of(code: str, name: str) -> str:
    """ "NTB" for Nusa Tenggara Barat; the name itself where there is nothing shorter."""
    known = provinces().get(code)
    return known.short if known else name


def _folded(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(name) for name in names if name))


def _table(name: str) -> IO[str]:
    return files("simpul.territory").joinpath("data", name).open(encoding="utf-8")
