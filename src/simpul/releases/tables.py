"""The tables that are published, as data: of what, how fine, how often, and who may read them.

An audience reads its own tables and those of every audience before it. A table's finest cells and every margin of them
are cells of it, but for margins that a wider audience has already: those are cells of the wider one's table.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final


class Audience(StrEnum):
    """Widest first: `tier` counts inward."""

    PUBLIC = "public"
    GOVERNMENT = "government"
    VILLAGE = "village"

    @property
    def tier(self) -> int:
        return list(Audience).index(self)


class Cadence(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Level(IntEnum):
    """How far down the country a place lies; the numbers are those of `territory.Area.level`."""

    NATION = 0
    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


class Margin(StrEnum):
    """How a table is told apart by sex or age."""

    NONE = "none"  # not at all: all together
    BOTH = "both"  # all together, and each
    EACH = "each"  # each alone; all together is a cell of a wider audience's table


class Depth(IntEnum):
    """How fine a table tells what cases are about; each includes the coarser ones."""

    ALL = 0
    BRANCH = 1
    FAMILY = 2
    FORM = 3
    OUTCOME = 4  # families by what came of it; a table tells that or forms


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    level: Level
    depth: Depth
    cadence: Cadence
    audience: Audience
    sex: Margin = Margin.NONE
    age: Margin = Margin.NONE


_A, _C, _L = Audience, Cadence, Level

# Thin on purpose: a level that was published every month is not published again every quarter.
TABLES: Final[dict[str, Table]] = {
    table.key: table
    for table in (
        Table("nation-month", _L.NATION, Depth.FORM, _C.MONTH, _A.PUBLIC, sex=Margin.BOTH),
        Table("nation-year-outcome", _L.NATION, Depth.OUTCOME, _C.YEAR, _A.PUBLIC),
        Table("province-month", _L.PROVINCE, Depth.FORM, _C.MONTH, _A.PUBLIC),
        Table("regency-quarter", _L.REGENCY, Depth.FAMILY, _C.QUARTER, _A.PUBLIC, sex=Margin.BOTH),
        Table("regency-quarter-age", _L.REGENCY, Depth.BRANCH, _C.QUARTER, _A.GOVERNMENT, age=Margin.EACH),
        Table("district-year", _L.DISTRICT, Depth.FAMILY, _C.YEAR, _A.PUBLIC),
        Table("district-year-sex", _L.DISTRICT, Depth.BRANCH, _C.YEAR, _A.GOVERNMENT, sex=Margin.EACH),
        Table("village-year", _L.VILLAGE, Depth.FAMILY, _C.YEAR, _A.PUBLIC),
        Table("village-year-sex", _L.VILLAGE, Depth.BRANCH, _C.YEAR, _A.VILLAGE, sex=Margin.EACH),
    )
}


def tables_of(audience: Audience) -> tuple[Table, ...]:
    """What that audience may read, widest places first."""
    return tuple(table for table in TABLES.values() if table.audience.tier <= audience.tier)
