"""Areas by the names people write into columns: "Kab. Lombok Utara", "Danger" beside "Masbagik", "52.03"."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.interop.values import Unreadable
from simpul.territory.models import Area, FormerName
from simpul.territory.names import CODE, aliases, readings_of

LEVELS: Final = {"province": 1, "regency": 2, "district": 3, "village": 4}
_MOST: Final = 50


class AreaReader:
    """Remembers what it found: the rows of one file name the same places over and over."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int | None, str], tuple[Area, ...]] = {}

    def deepest(self, names: Sequence[tuple[int | None, str]]) -> Area | None:
        """The smallest area that these name together, each with its level (None: not told), the largest first.

        None where nothing is named. Unreadable where a name is of no area, or of several.
        """
        named = [(level, name) for level, name in names if name]
        found: tuple[Area, ...] = ()
        for position, (level, name) in enumerate(named):
            inside = [area.code for area in found]
            parts = name.split(",")
            while len(parts) > 1:
                inside = [a.code for code in inside or [""] for a in self._named(parts.pop(), None, code)] or inside
            found = tuple({a.code: a for code in inside or [""] for a in self._named(parts[0], level, code)}.values())
            if not found:
                raise Unreadable("unknown_area", _unknown(inside_another=position > 0))
        if len(found) > 1:
            raise Unreadable("several_areas", _several(found))
        return found[0] if found else None

    def _named(self, name: str, level: int | None, inside: str) -> tuple[Area, ...]:
        key = (name.strip().casefold(), level, inside)
        if key not in self._known:
            self._known[key] = _search(name, level, inside)
        return self._known[key]


def _search(name: str, level: int | None, inside: str) -> tuple[Area, ...]:
    bare = name.strip()
    rows = Area.objects.filter(valid_until=None)
    if inside:
        rows = rows.filter(code__within=inside)
    if level:
        rows = rows.filter(level=level)
    if CODE.fullmatch(bare):
        return tuple(rows.filter(code=bare))
    for key, kinds in reversed(readings_of(bare)):  # what says its kind first: "Kota Bima" is the city
        if not key:
            continue
        match = Q(folded=key) | Q(code__in=aliases().get(key, ()))
        of_kind = rows.filter(kind__in=kinds) if kinds else rows
        found = tuple(of_kind.filter(match).order_by("level", "code")[:_MOST])
        if not found:
            former = FormerName.objects.filter(folded=key).values("area_id")
            found = tuple(of_kind.filter(code__in=former).order_by("level", "code")[:_MOST])
        if found:
            # "Bima", no level told: the regency before the village of that name.
            return tuple(a for a in found if a.level == found[0].level)
    return ()


def _unknown(*, inside_another: bool) -> Promise:
    if inside_another:
        return _("No area of this name lies in the larger one beside it. Compare the spelling, or leave it empty.")
    return _("There is no area of this name. Compare the spelling, or leave it empty.")


def _several(found: Sequence[Area]) -> Promise:
    if {"regency", "city"} == {a.kind for a in found}:
        return _("There is a regency and a city of this name. Write Kabupaten or Kota before it.")
    return _("Several areas have this name. Write the larger one too, such as Danger, Masbagik, Lombok Timur.")
