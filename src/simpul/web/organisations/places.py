"""Where organisations are: the map of an area by the areas in it, and the gaps."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation, ProgrammeArea
from simpul.organisations.queries.counts import count_by_area
from simpul.organisations.queries.directory import Search
from simpul.organisations.queries.listed import with_active
from simpul.territory.models import Area
from simpul.territory.queries import children, descendants_q
from simpul.web.territory.maps import AreaMap, Level, area_map, map_of

LEVELS: Mapping[int, Level] = {1: "provinces", 2: "regencies", 3: "districts", 4: "villages"}


def directory_map(actor: Actor, search: Search, area: Area | None, kept: Mapping[str, str]) -> AreaMap:
    """Organisations by where they are seated: regencies of the country or a province, then districts, then villages.

    Of the search it keeps area, kind and sector: what a map by area can say. Two queries.
    """
    level = min(area.level + 1, 4) if area else 2
    # A village is shown among the others of its district.
    inside = (area.code if area.level < 4 else area.code[:8]) if area else None
    shown = Area.objects.filter(level=level, valid_until=None).order_by("name", "code")
    found = list(shown.filter(descendants_q(inside)) if inside else shown)
    counts = count_by_area(actor, level, under=inside or "", kind=search.kind, sector=search.sector)
    return map_of(
        found,
        "jejaring",
        caption=_("Registered organisations by where they are seated"),
        level=LEVELS[level],
        values={a.code: counts.get(a.code, 0) for a in found},
        unit=_("organisations"),
        within=inside,
        href=lambda a: _towards(a, kept),
    )


def _towards(area: Area, kept: Mapping[str, str]) -> str:
    """One level further in on the map; a village opens as a list."""
    asked = {**kept, "wilayah": area.code, **({"tampilan": "peta"} if area.level < 4 else {})}
    return f"{reverse('organisations:directory')}?{urlencode(asked)}"


def gaps(area: Area | None, since: date) -> tuple[list[Area], int]:
    """The areas directly in it where nobody was found at work since that day, of how many. One query."""
    inside = with_active(children(area.code if area else None), since)
    return [place for place, at_work in inside if not at_work], len(inside)


def members_map(members: QuerySet[Organisation]) -> AreaMap:
    """By province; by regency where all are of one. Two queries. Only members in sight are counted."""
    seats = members.exclude(seat=None).order_by().annotate(code=Substr("seat", 1, 5))
    by_code = dict(seats.values_list("code").annotate(n=Count("pk")))
    provinces: Counter[str] = Counter()
    for code, n in by_code.items():
        provinces[code[:2]] += n
    only = next(iter(provinces)) if len(provinces) == 1 else None
    values = {code: n for code, n in by_code.items() if len(code) == 5} if only else provinces
    return area_map(
        "anggota",
        caption=_("Members by where they are seated"),
        level="regencies" if only else "provinces",
        within=only,
        values=values,
        unit=_("members"),
        href=lambda a: f"{reverse('organisations:directory')}?wilayah={a.code}",
    )


def programme_map(covered: Sequence[ProgrammeArea], led: Mapping[str, int]) -> AreaMap:
    """Regencies and cities a programme covers, by how many have a role in each. No query.

    What covers a whole province is in the list beside the map.
    """
    areas = sorted({row.area.code: row.area for row in covered if row.area.level == 2}.values(), key=lambda a: a.name)
    return map_of(
        areas,
        "program",
        caption=_("Regencies and cities it works in"),
        level="regencies",
        values={a.code: led.get(a.code, 0) for a in areas},
        unit=_("organisations with a role"),
        href=lambda a: f"{reverse('organisations:directory')}?wilayah={a.code}",
    )
