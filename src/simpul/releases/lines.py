"""A line of a chain, and the cells on it as the tables of this context call them."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simpul.cases.kinds import FAMILIES
from simpul.releases.kinds import ALL, depth_of
from simpul.releases.months import cadence_of
from simpul.releases.tables import TABLES, Audience, Depth, Level, Table

# The columns of every book, dimension by dimension, each coarse to fine.
AREA: Final = ("province", "regency", "district", "village")
KIND: Final = ("branch", "family", "form")
TOTAL: Final = "Total"


@dataclass(frozen=True, slots=True)
class LineCell:
    table: Table
    area: str
    type: str
    depth: Depth
    sex: str
    age: str
    count: int | None


def packed(line: bytes) -> bytes:
    return zlib.compress(line, 6)


def unpacked(line: bytes | memoryview) -> bytes:
    return zlib.decompress(bytes(line))


def read_line(line: bytes) -> Mapping[str, Any]:
    return dict(json.loads(line))


def cells_on(line: Mapping[str, Any]) -> Iterator[LineCell]:
    """Every declared cell of a line, blank or not. A family without forms is told once, as a family."""
    tables = _tables(Audience(line["tier"]), str(line["period"]))
    for key, count in line["cells"].items():
        labels = json.loads(key)
        area, (branch, family, form), sex, age, outcome = labels[:4], labels[4:7], labels[7], labels[8], labels[9]
        if form in FAMILIES:
            continue
        place = _finest(area)
        kind = _finest((branch, family, form)) + (f":{outcome}" if outcome != TOTAL else "")
        level = Level(sum(label != TOTAL for label in area))
        yield LineCell(tables[level], place, kind, depth_of(kind), _told(sex), _told(age), count)


def _tables(audience: Audience, period: str) -> dict[Level, Table]:
    cadence = cadence_of(period)
    return {one.level: one for one in TABLES.values() if one.audience is audience and one.cadence is cadence}


def _finest(labels: Any) -> str:
    return next((label for label in reversed(labels) if label != TOTAL), ALL)


def _told(label: str) -> str:
    return ALL if label == TOTAL else label
