"""The outline of a year's book, in the library's words: dimensions, tables, thresholds. Loads numpy and numba."""

from collections.abc import Sequence

from simpul.disclosure.outlines import Declared, Outline, Thresholds, dimension
from simpul.disclosure.periods import Cadence
from simpul.releases.kinds import FORMS, GRAVE, GRAVE_TYPES, LEAST, SEXES, Age, CameOf, lineage_of
from simpul.releases.lines import AREA, KIND
from simpul.releases.places import above
from simpul.releases.tables import TABLES, Audience, Depth, Level, Margin, Table


def outline_of(year: int, begins: str, places: Sequence[str]) -> Outline:
    """What is published of a year whose first month is `begins`, with these finest places."""
    area = dimension(AREA, [tuple(above(place, level) for level in list(Level)[1:]) for place in places])
    kind = dimension(KIND, [lineage_of(form) for form in FORMS])
    sex = dimension(("sex",), [(code,) for code in SEXES])
    age = dimension(("age",), [(code,) for code in Age.values])
    outcome = dimension(("outcome",), [(code,) for code in CameOf.values])
    return Outline(
        year=year,
        dimensions=(area, kind, sex, age, outcome),
        declared=tuple(one for table in TABLES.values() for one in _declared(table)),
        k=Thresholds(LEAST, dict.fromkeys(GRAVE_TYPES, GRAVE)),
        tiers=tuple(audience.value for audience in Audience),
        begins=begins,
    )


def _declared(table: Table) -> list[Declared]:
    """The library declares each margin by itself."""
    place = AREA[table.level - 1 : table.level] if table.level else ()
    cadence, tier = Cadence(table.cadence.value), table.audience.value
    if table.depth is Depth.OUTCOME:
        return [Declared((*place, *kind, "outcome"), cadence, tier) for kind in ((), ("family",))]
    kinds: list[tuple[str, ...]] = [(), *((column,) for column in KIND[: table.depth])]
    return [
        Declared((*place, *kind, *sex, *age), cadence, tier)
        for kind in kinds
        for sex in _told("sex", table.sex)
        for age in _told("age", table.age)
    ]


def _told(column: str, margin: Margin) -> list[tuple[str, ...]]:
    if margin is Margin.NONE:
        return [()]
    return [(column,)] if margin is Margin.EACH else [(), (column,)]
