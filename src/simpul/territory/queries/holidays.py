"""Days off: national holidays and joint leave as the library knows them, and the operator's table over that."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from django.db.models import Q, QuerySet

from simpul.kernel.localized import LocalizedText
from simpul.territory.models import Holiday, HolidayKind
from simpul.territory.names import lineage_of

_CATEGORIES = {HolidayKind.NATIONAL: "public", HolidayKind.JOINT_LEAVE: "government"}
_LAST = 2100  # the library knows no later year


@dataclass(frozen=True, slots=True)
class DayOff:
    """One line of the calendar. `row` is the operator's; None where the library says so."""

    day: date
    name: LocalizedText
    kind: HolidayKind
    row: Holiday | None = None


def holidays_between(start: date, end: date, area_code: str | None = None) -> frozenset[date]:
    """Days off from `start` to `end`, both included, as working-day arithmetic wants them. One query.

    With an area also the local ones of it and of what it lies in.
    """
    taken = {d for year in range(start.year, end.year + 1) for d in _library(year) if start <= d <= end}
    rows = _rows(start, end, area_code).values_list("day", "kind")
    working = {day for day, kind in rows if kind == HolidayKind.WORKING}
    return frozenset((taken - working) | {day for day, kind in rows if kind != HolidayKind.WORKING})


def calendar(year: int, area_code: str | None = None, *, everywhere: bool = False) -> list[DayOff]:
    """The year's days off in order; `everywhere`: with the local ones of all areas."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    rows = list(_rows(start, end, area_code, everywhere=everywhere).select_related("area"))
    overruled = {row.day for row in rows if row.area_id is None}
    known = [DayOff(day, name, kind) for day, (kind, name) in _library(year).items() if day not in overruled]
    entered = [DayOff(row.day, cast("LocalizedText", row.name), HolidayKind(row.kind), row) for row in rows]
    return sorted(known + entered, key=lambda off: (off.day, off.kind))


def _rows(start: date, end: date, area_code: str | None, *, everywhere: bool = False) -> QuerySet[Holiday]:
    places = Q(area=None)
    if area_code:
        places |= Q(area_id__in=lineage_of(area_code))
    rows = Holiday.objects.filter(superseded_at=None, day__range=(start, end))
    return rows if everywhere else rows.filter(places)


@lru_cache(maxsize=64)
def _library(year: int) -> dict[date, tuple[HolidayKind, LocalizedText]]:
    """What the library says of that year; a day that is both is national."""
    # It brings the calendar of every country in the world.
    from holidays.countries.indonesia import Indonesia  # inline: slow import

    if not Indonesia.start_year <= year <= _LAST:
        return {}
    found: dict[date, tuple[HolidayKind, LocalizedText]] = {}
    for kind, category in reversed(_CATEGORIES.items()):
        indonesian, english = (
            Indonesia(years=year, language=language, categories=(category,)) for language in ("id", "en_US")
        )
        for day, name in indonesian.items():
            found[day] = (kind, LocalizedText(id=name, en=english.get(day, "")))
    return found


def calendar_decided(year: int) -> bool:
    """Whether the year's decree is known: joint leave is in it every year, and nobody can guess it.

    Without one the library's moving feasts are estimates, and working days counted over that year are a guess.
    """
    if any(kind is HolidayKind.JOINT_LEAVE for kind, _name in _library(year).values()):
        return True
    days = (date(year, 1, 1), date(year, 12, 31))
    rows = Holiday.objects.filter(superseded_at=None, area=None, kind=HolidayKind.JOINT_LEAVE, day__range=days)
    return rows.exists()
