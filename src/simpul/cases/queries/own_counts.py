"""What a group counts of its own cases, with nothing hidden: for who leads its desk, and no publication.

Counted are the people a case is about, as far as the reader sees the case, in the month in which it was received. As
for what is published, a matter entered twice counts once, and whoever did not agree to be counted is left out.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import ExtractMonth, Substr

from simpul.cases.models import CountedVictim, Party
from simpul.cases.models.counted import Counting
from simpul.cases.queries.cases import cases_for
from simpul.cases.relations import PartyRole
from simpul.cases.rules.people import parties_visible_to
from simpul.cases.stages import Stage
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Cell:
    """People alike: month, branch, sex as in `people.codes`, age band as in `rights_kinds`, "" where not recorded; and
    where, by an area's code and name.
    """

    month: int
    branch: str
    sex: str
    age: str
    area: str
    place: str
    people: int


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """A year of a group. `by_family`: somebody with several matters is in each; those with most people first."""

    year: int
    cells: list[Cell]
    by_family: dict[str, int]

    @property
    def people(self) -> int:
        return sum(cell.people for cell in self.cells)

    @property
    def by_month(self) -> list[int]:
        """Twelve numbers."""
        return [sum(cell.people for cell in self.cells if cell.month == month) for month in range(1, 13)]

    @property
    def by_place(self) -> list[tuple[str, int]]:
        """Names of areas, those with most people first."""
        found: Counter[tuple[str, str]] = Counter()
        for cell in self.cells:
            found[cell.place, cell.area] += cell.people
        return [(name, many) for (name, _area), many in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def years_counted(actor: Actor, group: Organisation, *, now: datetime) -> list[int]:
    """The years in which the group received a case that the actor sees, the latest first. One query."""
    rows = cases_for(actor, now=now).filter(owner_organisation=group)
    return [day.year for day in rows.dates("received_on", "year", order="DESC")]


def own_counts(actor: Actor, group: Organisation, *, year: int, now: datetime) -> OwnCounts:
    """Two queries, however many cases there are. Who may ask: `services.own_counts`."""
    people = _people(actor, group.pk, year, now)
    families: Counter[str] = Counter()
    by_family = people.annotate(family=Substr("types__code", 1, 2)).exclude(types=None)
    for family, many in _counted(by_family, "family"):
        families[family.rstrip(".")] += many
    alike = people.annotate(month=ExtractMonth("case__received_on"), branch=F("case__branch"), age=_age())
    rows = _counted(alike, "month", "branch", "sex", "age", "case__area_id", "case__area__name")
    cells = [Cell(month, branch, sex, age or "", *where) for month, branch, sex, age, *where in rows]
    return OwnCounts(year, cells, dict(families.most_common()))


def _people(actor: Actor, group: UUID, year: int, now: datetime) -> QuerySet[Party]:
    refused = CountedVictim.objects.filter(victim_key=OuterRef("pk"), superseded_at=None, counting=Counting.REFUSED)
    rows = Party.objects.filter(
        parties_visible_to(actor, now=now),
        role=PartyRole.VICTIM,
        case__owner_organisation=group,
        case__received_on__gte=date(year, 1, 1),
        case__received_on__lt=date(year + 1, 1, 1),
    )
    return rows.exclude(case__stage=Stage.DUPLICATE).exclude(Exists(refused)).order_by()


def _age() -> Subquery:
    """The band as of the report, as figures know it: the date of birth stays sealed."""
    known = CountedVictim.objects.filter(victim_key=OuterRef("pk"), superseded_at=None)
    return Subquery(known.values("age_band")[:1])


def _counted(rows: QuerySet[Party], *by: str) -> list[tuple]:  # type: ignore[type-arg]
    """How many people by these: one tuple a group, the number last."""
    return list(rows.values(*by).annotate(people=Count("pk", distinct=True)).order_by(*by).values_list(*by, "people"))
