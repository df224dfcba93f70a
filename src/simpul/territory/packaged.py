"""The official list as shipped in the package: 91,599 areas and where they come from. No database."""

import csv
import hashlib
import io
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from simpul.territory.names import level_of, parent_of, search_key

DATA = files("simpul.territory").joinpath("data")


class Damaged(Exception):
    """The packaged list isn't the one its digest names: the installation is broken."""


@dataclass(frozen=True, slots=True)
class Release:
    """What the list is. `as_of`: the day its changes are dated with, when it follows an older list."""

    source: str
    decree: str
    digest: str
    as_of: date
    areas: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in the order of its columns in the database."""

    code: str
    parent_id: str | None
    level: int
    kind: str
    name: str
    folded: str
    latitude: float | None
    longitude: float | None
    area_km2: float | None
    male_population: int | None
    female_population: int | None


def release() -> Release:
    described = json.loads(DATA.joinpath("release.json").read_text(encoding="utf-8"))
    return Release(
        source=described["source"],
        decree=described["decree"],
        digest=described["digest"],
        as_of=date.fromisoformat(described["as_of"]),
        areas=described["areas"],
    )


def rows(expected: Release) -> Iterator[AreaRow]:
    """Every area, parents before children. Damaged where the bytes are not those of `expected`."""
    try:
        plain = lzma.decompress(DATA.joinpath("territories.csv.xz").read_bytes())
    except lzma.LZMAError as error:
        raise Damaged("territories.csv.xz can't be unpacked") from error
    if hashlib.sha256(plain).hexdigest() != expected.digest:
        raise Damaged("territories.csv.xz is not the release it claims to be")
    # Codes sort parents before children, whatever the order in the file.
    lines = sorted(csv.reader(io.StringIO(plain.decode("utf-8"))))
    return (area_row(line) for line in lines if line[0] != "code")


def area_row(line: list[str]) -> AreaRow:
    """From the columns code, name, kind, latitude, longitude, area_km2, male_population, female_population."""
    code, name, kind, latitude, longitude, area_km2, men, women = line
    return AreaRow(
        code=code,
        parent_id=parent_of(code),
        level=level_of(code),
        kind=kind,
        name=name,
        folded=search_key(name, kind),
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        area_km2=float(area_km2) if area_km2 else None,
        male_population=int(men) if men else None,
        female_population=int(women) if women else None,
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """A release and its areas, parents before children."""

    release: Release
    rows: tuple[AreaRow, ...]


def listing() -> Listing:
    """The one in the package."""
    described = release()
    return Listing(described, tuple(rows(described)))
