"""How many people a response reached: by sex, by age, by disability, each split of the same people."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.db.models import Case, F, Max, QuerySet, Sum, When

from simpul.activities.models import ResponseActivity
from simpul.activities.reaching import BY_AGE, BY_SEX, CELLS
from simpul.territory.names import lineage_of


@dataclass(frozen=True, slots=True)
class Reach:
    """`told` is the sum of what the lines tell. One family may be reached by several: at least `at_least` are different
    people, the most that one line reached in each place, and no more than `told` can be.

    `with_disability` of the `disability_known` people in lines that told of it.
    """

    told: int
    at_least: int
    cells: Mapping[str, int]
    with_disability: int
    disability_known: int

    def by_sex(self) -> Mapping[str, int]:
        return {code: sum(self.cells[cell] for cell in made_of) for code, made_of in BY_SEX.items()}

    def by_age(self) -> Mapping[str, int]:
        return {code: sum(self.cells[cell] for cell in made_of) for code, made_of in BY_AGE.items()}

    def by_disability(self) -> Mapping[str, int]:
        without = self.disability_known - self.with_disability
        return {"with": self.with_disability, "without": without, "untold": self.told - self.disability_known}


def reach_of(rows: QuerySet[ResponseActivity]) -> Reach:
    """Of lines of one day: versions that stood together. Two queries."""
    everybody = reduce(add, [F(cell) for cell in CELLS])
    rows = rows.order_by().annotate(everybody=everybody)
    known = Case(When(with_disability__isnull=False, then=F("everybody")), default=0)
    sums = rows.aggregate(
        **{f"{cell}_sum": Sum(cell) for cell in CELLS},
        disabled=Sum("with_disability"),
        known=Sum(known),
    )
    cells = {cell: sums[f"{cell}_sum"] or 0 for cell in CELLS}
    most = dict(rows.values_list("area_id").annotate(most=Max("everybody")))
    return Reach(sum(cells.values()), _at_least(most), cells, sums["disabled"] or 0, sums["known"] or 0)


def _at_least(most: Mapping[str, int]) -> int:
    """People of two places are different people; people of a place lie within the larger one that holds it."""
    below: dict[str, int] = defaultdict(int)
    codes = {code for told in most for code in lineage_of(told)}
    lowest: dict[str, int] = {}
    for code in sorted(codes, key=lambda c: -len(c)):
        lowest[code] = max(most.get(code, 0), below[code])
        line = lineage_of(code)
        below[line[-2] if len(line) > 1 else ""] += lowest[code]
    return below[""]
