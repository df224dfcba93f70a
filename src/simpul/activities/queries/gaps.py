"""The gap map: where a need meets nobody, where several do the same, and how old what we know is.

Today is read from `ResponseCell`, which the services keep; another day, and a response with an organisation in safety
mode, is counted from the rows. Needs are matched to lines when asked: they are few beside the lines.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from simpul.activities.clusters import GUARDED, OPEN_TO
from simpul.activities.models import (
    AT_WORK,
    WANTING,
    ActivityPart,
    PartKind,
    ReportedNeed,
    Response,
    ResponseActivity,
    ResponseCell,
)
from simpul.activities.rules.responses import lines_visible_to, told_code
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import visible_to
from simpul.records.models import known_at
from simpul.territory.names import lineage_of

LENGTHS: Final = {1: 2, 2: 5, 3: 8, 4: 13}  # of a code, by level
AGES: Final = (7, 14, 30)  # days up to which what we know is fresh, ageing, old; after the last it is stale


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in an area and a cluster. `overlaps`: how often several leads do the same in one place."""

    activities: int
    at_work: int
    organisations: int
    overlaps: int
    newest_on: date

    def age(self, day: date) -> int:
        """In days, of the newest that was told."""
        return max((day - self.newest_on).days, 0)

    def fade(self, day: date) -> int:
        """0 fresh to 3 stale."""
        return sum(self.age(day) > limit for limit in AGES)


class Answered(StrEnum):
    """Whether somebody is at work on a need."""

    NOBODY = "nobody"
    WIDER = "wider"  # only for a larger area: whether it reaches this place nobody said
    SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class NeedState:
    """`code` is the area that the reader is told: of what is guarded no more than the regency."""

    need: ReportedNeed
    answered: Answered
    code: str


Cells = Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class GapMap:
    """One area (`code`; "" for the country) and its parts on one day."""

    code: str
    day: date
    level: int  # of the parts
    cells: Cells  # (code of a part or of the area itself, cluster)
    needs: Sequence[NeedState]  # all that lie in the area and still want something

    @property
    def gaps(self) -> Sequence[NeedState]:
        """Needs with nobody."""
        return [state for state in self.needs if state.answered is Answered.NOBODY]

    def gaps_by_part(self) -> Mapping[str, int]:
        length = LENGTHS[self.level]
        found: dict[str, int] = defaultdict(int)
        for state in self.gaps:
            if len(state.code) >= length:
                found[state.code[:length]] += 1
        return found

    def gaps_in(self, code: str, cluster: str) -> int:
        """In a part, or in the area itself; needs of an area larger than a part belong to the area alone."""
        return sum(1 for s in self.gaps if s.need.cluster == cluster and f"{s.code}.".startswith(f"{code}."))

    @property
    def clusters(self) -> Sequence[str]:
        """Those that something is told of."""
        return sorted({cluster for _code, cluster in self.cells} | {s.need.cluster for s in self.needs})


def known_on(day: date, now: datetime) -> datetime | None:
    """The instant by which something was known of that day: its end in the westernmost zone; None for today."""
    if day >= local_date(now, Zone.WIB):
        return None
    return datetime.combine(day + timedelta(days=1), clock_time(), Zone.WIB.info)


def gap_map(
    actor: Actor, response: Response, *, code: str, level: int, day: date, now: datetime, inside: bool = False
) -> GapMap:
    """Of the area `code` ("" for the country), told by its parts of `level`. Constant in the number of lines today."""
    known = known_on(day, now)
    cells = _cells(actor, response, code, level, known)
    return GapMap(code, day, level, cells, needs_answered(actor, response, code, known, inside=inside))


def _cells(actor: Actor, response: Response, code: str, level: int, known: datetime | None) -> Cells:
    if known is None and not _has_hidden(response):
        return _kept(response, code, level)
    rows = ResponseActivity.objects.filter(known_at(known), lines_visible_to(actor), response=response)
    if code:
        rows = rows.filter(area__code__within=code)
    parts = tally(rows, level, seen_by=visible_to(actor, "organisation__"))
    if not code:
        return parts
    whole = tally(rows, code_level(code), seen_by=visible_to(actor, "organisation__"))
    return {**parts, **whole}


def _kept(response: Response, code: str, level: int) -> Cells:
    of_parts = Q(level=level)
    if code:
        of_parts = of_parts & Q(area__code__within=code) | Q(level=code_level(code), area_id=code)
    rows = ResponseCell.objects.filter(of_parts, response=response)
    return {
        (row.area_id, row.cluster): Cell(row.activities, row.at_work, row.organisations, row.overlaps, row.newest_on)
        for row in rows
    }


def _has_hidden(response: Response) -> bool:
    """Whether some organisation of a line is in safety mode: then readers differ in what they may be counted."""
    lines = ResponseActivity.objects.filter(known_at(None), response=response)
    leads = Exists(lines.filter(lead=OuterRef("pk")))
    has_part = Exists(ActivityPart.objects.filter(version__in=lines, organisation=OuterRef("pk")))
    # From the hidden ones, who are few, to their lines: not along all lines of the response.
    return Organisation.objects.filter(leads | has_part, in_safety_mode=True).exists()


def code_level(code: str) -> int:
    return code.count(".") + 1


def tally(rows: QuerySet[ResponseActivity], level: int, *, seen_by: Q | None = None) -> dict[tuple[str, str], Cell]:
    """The cells of that level that these lines make. `seen_by`: which parts of a line count.

    Below the regency nothing is counted that is guarded.
    """
    rows = rows.filter(area__level__gte=level)
    if level > OPEN_TO:
        rows = rows.exclude(sub_cluster__in=GUARDED)
    rows = rows.annotate(part=Substr("area_id", 1, LENGTHS[level])).order_by()
    counted = rows.values_list("part", "cluster").annotate(
        n=Count("pk"), working=Count("pk", filter=Q(status__in=AT_WORK)), newest=Max("as_of")
    )
    doing = _doing(rows, level, seen_by)
    twice = _overlaps(rows, level)
    return {
        (part, cluster): Cell(n, working, len(doing[part, cluster]), twice[part, cluster], newest)
        for part, cluster, n, working, newest in counted
    }


def _doing(rows: QuerySet[Any], level: int, seen_by: Q | None) -> Mapping[tuple[str, str], set[UUID]]:
    """Leads and implementers, each once."""
    found: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for part, cluster, organisation in rows.values_list("part", "cluster", "lead_id").distinct():
        found[part, cluster].add(organisation)
    parts = ActivityPart.objects.filter(version__in=rows.values("pk"), kind=PartKind.IMPLEMENTER)
    if seen_by is not None:
        parts = parts.filter(seen_by)
    prefix = Substr("version__area_id", 1, LENGTHS[level])
    told = parts.order_by().annotate(part=prefix).values_list("part", "version__cluster", "organisation_id")
    for part, cluster, organisation in told.distinct():
        found[part, cluster].add(organisation)
    return found


def _overlaps(rows: QuerySet[ResponseActivity], level: int) -> Mapping[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for area, cluster in same_twice(rows).values_list("area_id", "cluster"):
        found[area[: LENGTHS[level]], cluster] += 1
    return found


def same_twice(rows: QuerySet[ResponseActivity]) -> QuerySet[Any]:
    """One row for each thing that several leads do, or mean to do, in one and the same area: values with `leads`."""
    working = rows.filter(status__in=AT_WORK).order_by()
    grouped = working.values("area_id", "cluster", "sub_cluster", "same_as").annotate(
        leads=Count("lead", distinct=True)
    )
    return grouped.filter(leads__gt=1)


def needs_answered(
    actor: Actor, response: Response, code: str, known: datetime | None, *, inside: bool = False
) -> list[NeedState]:
    """Each need in the area that still wants something, with whether somebody is at work on it. Two queries."""
    rows = ReportedNeed.objects.filter(known_at(known), response=response, status__in=WANTING).select_related("area")
    if code:
        rows = rows.filter(area__code__within=code)
        if code_level(code) > OPEN_TO and not inside:
            rows = rows.exclude(sub_cluster__in=GUARDED)
    needs = list(rows.order_by("area_id", "cluster", "sub_cluster", "line"))
    return states_of(actor, response, needs, known, inside=inside)


def states_of(
    actor: Actor, response: Response, needs: Sequence[ReportedNeed], known: datetime | None, *, inside: bool = False
) -> list[NeedState]:
    told = _working_near(actor, response, needs, known) if needs else set()
    return [NeedState(need, _answer(need, told), told_code(need, inside=inside)) for need in needs]


def _working_near(
    actor: Actor, response: Response, needs: Sequence[ReportedNeed], known: datetime | None
) -> Collection[tuple[str, str, str]]:
    """(cluster, sub-cluster, area) of the lines at work in, above or below the areas of these needs."""
    near = Q(area_id__in={code for need in needs for code in lineage_of(need.area_id)})
    for code in {need.area_id for need in needs if need.area.level < 4}:
        near |= Q(area__code__within=code)
    rows = ResponseActivity.objects.filter(
        known_at(known), lines_visible_to(actor), near, response=response, status__in=AT_WORK
    ).filter(cluster__in={need.cluster for need in needs})
    return set(rows.order_by().values_list("cluster", "sub_cluster", "area_id").distinct())


def _answer(need: ReportedNeed, told: Iterable[tuple[str, str, str]]) -> Answered:
    places = [area for cluster, sub, area in told if cluster == need.cluster and _meets(need.sub_cluster, sub)]
    if any(f"{area}.".startswith(f"{need.area_id}.") for area in places):
        return Answered.SOMEBODY
    above = f"{need.area_id}."
    return Answered.WIDER if any(above.startswith(f"{area}.") for area in places) else Answered.NOBODY


def _meets(wanted: str, offered: str) -> bool:
    """Who names no sub-cluster may mean any."""
    return not wanted or not offered or wanted == offered
