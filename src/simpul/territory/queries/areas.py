"""Areas by their codes: one, those above, those below, and how people are told where it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from simpul.kernel.errors import NotFound
from simpul.records.models import true_on
from simpul.territory.models import Area
from simpul.territory.names import CODE, lineage_of, short_of


def area(code: str) -> Area:
    """The area of that code, also one that has ended. NotFound for an unknown code and for what is no code."""
    found = Area.objects.filter(code=code).first() if CODE.fullmatch(code) else None
    if found is None:
        raise NotFound("territory.area")
    return found


@dataclass(frozen=True, slots=True)
class Surroundings:
    """An area between what it lies in (the province first) and what lies directly in it now."""

    above: list[Area]
    here: Area
    parts: list[Area]


def surroundings(code: str) -> Surroundings:
    """In one query. NotFound as `area`."""
    lineage = lineage_of(code) if CODE.fullmatch(code) else []
    found = Area.objects.filter(Q(code__in=lineage) | Q(parent_id=code, valid_until=None)).order_by("level", "name")
    rows = {row.code: row for row in found}
    if code not in rows:
        raise NotFound("territory.area")
    above = [rows.pop(c) for c in lineage[:-1] if c in rows]
    return Surroundings(above, rows.pop(code), list(rows.values()))


def areas_by_code(codes: Iterable[str]) -> dict[str, Area]:
    """The known ones among `codes`, in one query."""
    return Area.objects.in_bulk(list({c for c in codes if CODE.fullmatch(c)}))


def children(code: str | None, *, on: date | None = None) -> QuerySet[Area]:
    """What lies directly in it, by code; the provinces for None. `on`: those of that day, else those of now."""
    return _open(on).filter(parent_id=code).order_by("code")


def villages(code: str, *, on: date | None = None) -> QuerySet[Area]:
    """Every village and urban village in it."""
    return _open(on).filter(code__within=code, level=4).order_by("code")


def descendants_q(code: str, path: str = "code") -> Q:
    """The area and all that lies in it, for a query of any context: `descendants_q("52.03", "seat__code")`."""
    return Q(**{f"{path}__within": code})


def ancestors(code: str) -> list[Area]:
    """From the province down to the area above it."""
    return list(Area.objects.filter(code__in=lineage_of(code)[:-1]).order_by("level"))


def path_of(code: str) -> str:
    """ "Desa Danger, Kecamatan Masbagik, Kabupaten Lombok Timur, NTB". NotFound for an unknown code."""
    return area_and_path(code)[1]


def area_and_path(code: str) -> tuple[Area, str]:
    """`area` and `path_of` in one query."""
    known = areas_by_code(lineage_of(code))
    if code not in known:
        raise NotFound("territory.area")
    return known[code], _path([known[c] for c in lineage_of(code) if c in known])


def paths_of(areas: Iterable[Area]) -> dict[str, str]:
    """`path_of` for many, in one query. Keyed by code."""
    wanted = {a.code: a for a in areas}
    above = {code for key in wanted for code in lineage_of(key)} - wanted.keys()
    known = {**wanted, **Area.objects.in_bulk(list(above))}
    return {code: _path([known[c] for c in lineage_of(code) if c in known]) for code in wanted}


def _path(lineage: list[Area]) -> str:
    *below, last = reversed(lineage)
    end = short_of(last.code, last.title) if below else last.title
    return ", ".join([*(a.title for a in below), end])


def _open(on: date | None) -> QuerySet[Area]:
    return Area.objects.filter(true_on(on) if on else Q(valid_until=None))
