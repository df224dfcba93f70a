"""Counts of cases and victims without anybody in them, for `releases` alone: what is published of them, it decides.

No page, list or export reads these; import-linter and a test keep it so. Every count is one statement that groups in
the database and is read row by row. It is of an instant and gives the same answer ever after: rows are appended, erased
cases stay counted, and a correction shows as what came and what went since an earlier instant. Let `until` lie some
minutes back: what is being written at this moment is known when it is done.

Never counted: a matter entered twice, and whoever was asked and did not agree to be counted, or took that back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Substr, TruncMonth

from simpul.cases.models import CountedType, CountedVictim
from simpul.cases.models.counted import Counting
from simpul.cases.stages import Stage
from simpul.kernel.time import Period, Zone, local_date
from simpul.records.models import known_at

_COUNTABLE: Final = ~Q(stage=Stage.DUPLICATE) & ~Q(counting=Counting.REFUSED)
# Days in a stage, as bands: the first day of each, the longest first.
_BANDS: Final = ((180, "180+"), (90, "90-179"), (30, "30-89"), (7, "7-29"), (0, "0-6"))


class Unit(StrEnum):
    """What is counted, each once in every cell it belongs to: a victim of K.F and K.P is in both, and one in "K"."""

    VICTIMS = "victim_key"
    CASES = "case_key"


class Dimension(StrEnum):
    """By what. Areas are codes as they were when the case was recorded; FORM is "K.S" of "K.S.3"; LEADING the one form
    that weighs most, so that everybody is in one cell of it; AGE is a band, as of the report; MONTH is "2025-03", of
    the report, ENDED of the end; WAITED a band of days in the stage it stands at.
    """

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"
    BRANCH = "branch"
    FAMILY = "family"
    FORM = "form"
    LEADING = "leading"
    TYPE = "type"
    SEX = "sex"
    AGE = "age"
    DISABILITY = "disability"
    MONTH = "month"
    ENDED = "ended"
    STAGE = "stage"
    OUTCOME = "outcome"
    WAITED = "waited"


D = Dimension
# The finest cells a release is built from: its atoms are these, by closed batch.
FINEST: Final = (D.VILLAGE, D.TYPE, D.SEX, D.AGE, D.DISABILITY, D.MONTH)
_CASE_WIDE: Final = frozenset({D.PROVINCE, D.REGENCY, D.DISTRICT, D.VILLAGE, D.BRANCH, D.MONTH, D.STAGE, D.WAITED})
# What weighs most of what a case is about: a child marriage stays one whatever violence came with it.
_WEIGHT: Final = ("PA", "K.S", "K.T", "K.E", "K.F", "K.N", "K.P", "K")
_HEAVIEST: Final = Case(
    *(When(Q(form=one) | Q(form__startswith=f"{one}."), Value(place)) for place, one in enumerate(_WEIGHT)),
    default=Value(len(_WEIGHT)),
)
_FIELDS: Final[dict[Dimension, Any]] = {
    D.PROVINCE: Substr("area_id", 1, 2),
    D.REGENCY: Substr("area_id", 1, 5),
    D.DISTRICT: Substr("area_id", 1, 8),
    D.VILLAGE: F("area_id"),
    D.BRANCH: F("branch"),
    D.FAMILY: F("types__family"),
    D.FORM: F("types__form"),
    D.LEADING: Subquery(
        CountedType.objects.filter(counted=OuterRef("pk")).order_by(_HEAVIEST, "code").values("form")[:1]
    ),
    D.TYPE: F("types__code"),
    D.SEX: F("sex"),
    D.AGE: F("age_band"),
    D.DISABILITY: F("disability"),
    D.MONTH: TruncMonth("received_on"),
    D.ENDED: TruncMonth("closed_on"),
    D.STAGE: F("stage"),
    D.OUTCOME: F("outcome"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """`cell` has a value for each dimension asked for, "" where it is not known. Of an instant alone, `gone` is 0."""

    cell: tuple[str, ...]
    came: int
    gone: int = 0


def counts(
    unit: Unit, by: Sequence[Dimension], *, until: datetime, reported: Period | None = None, within: str | None = None
) -> Iterator[Counted]:
    """How many in each cell that has any, as known at `until`, in the order of the cells.

    `reported`: of reports that came in that period; `within`: of that area and all below it.
    """
    rows = _narrowed(CountedVictim.objects.filter(_COUNTABLE, known_at(until)), reported, within)
    yield from _grouped(_by(rows, by, until), by, Count(unit.value, distinct=True))


def changes(
    unit: Unit,
    by: Sequence[Dimension],
    *,
    since: datetime,
    until: datetime,
    reported: Period | None = None,
    within: str | None = None,
) -> Iterator[Counted]:
    """What came into each cell and what left it between two instants: a batch of new records, and what was corrected
    after an earlier batch was closed. `counts` at `since`, with what came, without what is gone, is `counts` at
    `until`. Cells that nothing came into and nothing left are left out. ValueError for WAITED, which time alone
    changes, and where `since` is not before `until`.
    """
    if D.WAITED in by or since >= until:
        raise ValueError("nothing that changes between these")
    learnt = Q(recorded_at__gt=since, recorded_at__lte=until) | Q(superseded_at__gt=since, superseded_at__lte=until)
    touched = CountedVictim.objects.filter(learnt).values(unit.value)
    rows = CountedVictim.objects.filter(_COUNTABLE, known_at(since) | known_at(until), **{f"{unit}__in": touched})
    before, after = (Max(Case(When(known_at(at), 1), default=0, output_field=IntegerField())) for at in (since, until))
    names = _names(by)
    held = _by(_narrowed(rows, reported, within), by, until).values(*names, unit.value)
    ordered = held.annotate(before=before, after=after).order_by(*names, unit.value)
    for cell, members in groupby(ordered.iterator(), lambda row: _cell(row, by)):
        came = gone = 0
        for row in members:
            came += row["after"] > row["before"]
            gone += row["after"] < row["before"]
        if came or gone:
            yield Counted(cell, came, gone)


def first_known() -> datetime | None:
    """When the first was learnt of who is counted; None where nobody is."""
    first: datetime | None = CountedVictim.objects.filter(_COUNTABLE).aggregate(first=Min("recorded_at"))["first"]
    return first


def arrivals(by: Sequence[Dimension], *, closed: Sequence[datetime], until: datetime) -> Iterator[Counted]:
    """Victims counted at `until` who were at none of the `closed` instants: each arrives once, wherever they stand
    later. `closed` goes from the earliest to the latest, which is before `until`. By what puts everybody in one cell.
    """
    rows = CountedVictim.objects.filter(_COUNTABLE, known_at(until))
    if closed:
        if closed[-1] >= until:
            raise ValueError("nothing arrives between these")
        before = Q()
        for instant in closed:
            before |= known_at(instant)
        earlier = CountedVictim.objects.filter(_COUNTABLE, before, case_key=OuterRef("case_key"))
        rows = rows.filter(recorded_at__gt=closed[-1])
        rows = rows.exclude(Exists(earlier.filter(victim_key=OuterRef("victim_key"))))
    yield from _grouped(_by(rows, by, until), by, Count("pk"))


def stays(
    by: Sequence[Dimension], *, until: datetime, ended: Period | None = None, within: str | None = None
) -> Iterator[Counted]:
    """How often a case left a stage, by how long it had stood there: STAGE is the one it left, WAITED the band of days,
    MONTH that of leaving. `ended`: stays that ended in that period. A case counts once for each stay.

    ValueError for what is told of victims alone.
    """
    if not _CASE_WIDE.issuperset(by):
        raise ValueError("a stay is one of a case")
    uncounted = CountedVictim.objects.filter(~_COUNTABLE, known_at(until)).values("case_key")
    rows = CountedVictim.objects.exclude(left="").filter(recorded_at__lte=until).exclude(case_key__in=uncounted)
    of_leaving = {D.STAGE: F("left"), D.MONTH: TruncMonth("stage_since"), D.WAITED: _band("left_after__gte", _days)}
    asked = {f"by_{one}": of_leaving.get(one, _FIELDS.get(one)) for one in by}
    yield from _grouped(_narrowed(rows, ended, within, day="stage_since").annotate(**asked), by, Count("pk"))


def _grouped(rows: QuerySet[CountedVictim], by: Sequence[Dimension], many: Count) -> Iterator[Counted]:
    if not by:
        total = rows.aggregate(many=many)["many"]
        if total:
            yield Counted((), total)
        return
    names = _names(by)
    for row in rows.values(*names).annotate(many=many).order_by(*names).iterator():
        yield Counted(_cell(row, by), row["many"])


def _narrowed(
    rows: QuerySet[CountedVictim], period: Period | None, within: str | None, day: str = "received_on"
) -> QuerySet[CountedVictim]:
    if period and period.start:
        rows = rows.filter(**{f"{day}__gte": period.start})
    if period and period.until:
        rows = rows.filter(**{f"{day}__lt": period.until})
    return rows.filter(area__code__within=within) if within else rows


def _by(rows: QuerySet[CountedVictim], by: Sequence[Dimension], until: datetime) -> QuerySet[CountedVictim]:
    today = local_date(until, Zone.WITA)
    waited = _band("stage_since__lte", lambda days: today - timedelta(days=days))
    return rows.annotate(**{f"by_{one}": waited if one is D.WAITED else _FIELDS[one] for one in by})


def _band(lookup: str, limit: Any) -> Case:
    found = [When(Q(**{lookup: limit(days)}), Value(label)) for days, label in _BANDS]
    return Case(*found, default=Value(_BANDS[-1][1]), output_field=CharField())


def _days(days: int) -> int:
    return days


def _names(by: Sequence[Dimension]) -> list[str]:
    return [f"by_{one}" for one in by]


def _cell(row: dict[str, Any], by: Sequence[Dimension]) -> tuple[str, ...]:
    return tuple(_told(one, row[f"by_{one}"]) for one in by)


def _told(one: Dimension, value: Any) -> str:
    if value is None:
        return ""
    return str(value)[:7] if one in (D.MONTH, D.ENDED) else str(value)
