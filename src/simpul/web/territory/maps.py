"""The one map: areas coloured by a figure, its legend in words, and the table behind it.

    area_map("orgs", caption=_("By regency"), level="regencies", values={"52.03": 12}, unit=_("organisations"))

in the view, `{% include "components/map.html" with map=map %}` in the template. The table is drawn by the server and is
what the map reads, so that nothing is sent twice and nobody needs the map.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.territory.boundaries import COUNTRY, DEMO, DISTRICTS, VILLAGES
from simpul.territory.models import Area
from simpul.territory.queries import descendants_q
from simpul.web import formats
from simpul.web.territory.boundaries import address

Level = Literal["provinces", "regencies", "districts", "villages"]
CLASSES = 5
_DRAWN = "52.03.99"  # the invented district that has shapes; other invented villages are in the table alone
_LEVELS: dict[Level, int] = {"provinces": 1, "regencies": 2, "districts": 3, "villages": 4}


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: a service point, an office. `href` may be empty."""

    latitude: float
    longitude: float
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One area of the map and line of its table. `shade` 1 (least) to 5 (most); 0 where there is no figure."""

    code: str
    name: str
    value: float | None
    text: str
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class Shade:
    """One line of the legend."""

    number: int
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class AreaMap:
    """What components/map.html draws."""

    id: str
    caption: str
    unit: str
    rows: Sequence[MapRow]
    legend: Sequence[Shade]
    drawn: Mapping[str, object]  # what map.js needs beside the table; empty where there are no shapes
    points: Sequence[Point]

    @property
    def data_id(self) -> str:
        return f"{self.id}-data"


def area_map(
    name: str,
    *,
    caption: str,
    level: Level,
    values: Mapping[str, float | int],
    unit: str,
    within: str | None = None,
    href: Callable[[Area], str] | None = None,
    points: Sequence[Point] = (),
    decimals: int = 0,
) -> AreaMap:
    """The map of all areas of that level, or of those in `within`: a province for districts, a regency for villages.

    `name` is unique on the page. An area without an entry in `values` has no figure, which is not the same as 0.
    """
    areas = list(_areas(level, within))
    return map_of(
        areas,
        name,
        caption=caption,
        level=level,
        values=values,
        unit=unit,
        within=within,
        href=href,
        points=points,
        decimals=decimals,
    )


def map_of(
    areas: Sequence[Area],
    name: str,
    *,
    caption: str,
    level: Level,
    values: Mapping[str, float | int],
    unit: str,
    within: str | None = None,
    href: Callable[[Area], str] | None = None,
    points: Sequence[Point] = (),
    decimals: int = 0,
    unknown: str = "",
) -> AreaMap:
    """The same for areas at hand: no query. `unknown` is what an area without a figure says, "no data" otherwise."""
    limits = quantiles([float(values[a.code]) for a in areas if a.code in values])
    unknown = unknown or _("no data")

    def told(value: float | None) -> str:
        return unknown if value is None else _number(value, decimals)

    rows = [_row(area, values.get(area.code), limits, href, told) for area in areas]
    return AreaMap(
        id=f"map-{name}",
        caption=caption,
        unit=unit,
        rows=rows,
        legend=_legend(rows, limits, unknown),
        drawn=_drawn(
            level, within, invented=any(a.invented and a.code.startswith(_DRAWN) for a in areas), points=points
        ),
        points=points,
    )


def quantiles(values: Sequence[float]) -> list[float]:
    """The upper limits of at most five classes with about as many areas each; equal values are never parted.

    Where more areas than one class holds have 0, these are a class of their own: else all others may share one colour.
    """
    ordered = sorted(values)
    nothing = ordered.count(0) if ordered and ordered[0] == 0 else 0
    if nothing * CLASSES <= len(ordered):
        return _cuts(ordered, CLASSES)
    return [0.0, *_cuts(ordered[nothing:], CLASSES - 1)]


def _cuts(ordered: Sequence[float], classes: int) -> list[float]:
    return sorted({ordered[-(-len(ordered) * n // classes) - 1] for n in range(1, classes + 1)}) if ordered else []


def shade_of(value: float, limits: Sequence[float]) -> int:
    """Its class, spread over the five colours: with two classes the lightest and the darkest.

    Where all have the same, that is the darkest; where all have nothing, the lightest.
    """
    index = next(n for n, limit in enumerate(limits) if value <= limit)
    if len(limits) == 1:
        return CLASSES if limits[0] else 1
    return 1 + round(index * (CLASSES - 1) / (len(limits) - 1))


def _areas(level: Level, within: str | None) -> QuerySet[Area]:
    place = descendants_q(within) if within else Q()
    return Area.objects.filter(place, level=_LEVELS[level], valid_until=None).order_by("name", "code")


def _row(
    area: Area,
    value: float | None,
    limits: Sequence[float],
    href: Callable[[Area], str] | None,
    told: Callable[..., str],
) -> MapRow:
    text = told(value)
    shade = 0 if value is None else shade_of(float(value), limits)
    return MapRow(area.code, area.title, value, text, shade, href(area) if href else "")


def _legend(rows: Sequence[MapRow], limits: Sequence[float], unknown: str) -> list[Shade]:
    known = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0)
    legend = []
    for low, high in pairwise([float("-inf"), *limits]):
        inside = [row for row in known if row.value is not None and low < row.value <= high]
        ends = dict.fromkeys((inside[0].text, inside[-1].text))
        legend.append(Shade(inside[0].shade, "–".join(ends), len(inside)))
    untold = len(rows) - len(known)
    return [*legend, Shade(0, unknown, untold)] if untold else legend


def _drawn(level: Level, within: str | None, *, invented: bool, points: Sequence[Point]) -> dict[str, object]:
    sources = [source for source in (_source(level, within), _demo(level) if invented else None) if source]
    if not sources:
        return {}
    dots = [{"at": [p.latitude, p.longitude], "label": p.label, "href": p.href} for p in points]
    return {"sources": sources, "within": within or "", "points": dots}


def _source(level: Level, within: str | None) -> dict[str, str] | None:
    if level in ("provinces", "regencies"):
        url = address(COUNTRY)
    elif level == "districts":
        url = address(DISTRICTS, (within or "")[:2])
    else:
        url = address(VILLAGES, (within or "")[:5])
    return {"url": url, "object": level} if url else None


def _demo(level: Level) -> dict[str, str] | None:
    url = address(DEMO, _DRAWN) if level in ("districts", "villages") else None
    return {"url": url, "object": level} if url else None


def _number(value: float, decimals: int) -> str:
    return formats.number(value, language=get_language() or "id", decimals=decimals)
