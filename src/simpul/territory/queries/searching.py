"""Finding an area by what people type: any spacing and case, a part, an abbreviation, a code, a place after it.

Ranked exact, then from the start, then anywhere; the larger area first; then by name and code, so that the same words
always give the same list.
"""

from collections.abc import Collection, Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex

from simpul.kernel.text import fold, fold_words
from simpul.territory.models import Area, FormerName
from simpul.territory.names import CODE, aliases, readings_of

# One letter is in nearly every name: nothing to choose from.
SHORTEST, LONGEST = 2, 80


def search_areas(
    text: str, *, within: str | None = None, kinds: Collection[str] | None = None, limit: int = 20
) -> list[Area]:
    """At most `limit` areas that have not ended, best first; none for fewer than two letters.

    `within`: only in that area (itself included); `kinds`: only these. "Teros, Labuhan Haji" and "teros labuhan haji"
    find the Teros of that district.
    """
    scope = Area.objects.filter(valid_until=None)
    if within:
        scope = scope.filter(code__within=within)
    if kinds is not None:
        scope = scope.filter(kind__in=kinds)
    typed = text.strip()[:LONGEST]
    if CODE.fullmatch(typed):
        return list(scope.filter(code__within=typed).order_by("code")[:limit])
    name, *places = typed.split(",")
    for place in filter(fold, places):
        scope = scope.filter(_inside(_places([key for key, _ in readings_of(place)])))
    return _ranked(scope, name, limit) or _name_then_place(scope, name, limit)


def _ranked(scope: QuerySet[Area], text: str, limit: int) -> list[Area]:
    readings = [(key, kinds) for key, kinds in readings_of(text) if len(key) >= SHORTEST]
    if not readings:
        return []
    matches, ranks = Q(), []
    for number, (key, kinds) in enumerate(readings):
        scope = scope.annotate(**{f"at{number}": StrIndex("folded", Value(key))})
        of_kind = Q(kind__in=kinds) if kinds else Q()
        matches |= Q(**{f"at{number}__gt": 0}) & of_kind
        ranks += [(0, Q(folded=key) & of_kind), (1, Q(**{f"at{number}": 1}) & of_kind)]
    key = readings[0][0]
    matches |= Q(code__in=FormerName.objects.filter(folded__contains=key).values("area_id"))
    named = aliases().get(key, ())
    if named:
        matches |= Q(code__in=named)
        ranks.append((0, Q(code__in=named)))
    rank = Case(
        *(When(condition, then=Value(value)) for value, condition in sorted(ranks, key=lambda r: r[0])),
        default=Value(2),
        output_field=IntegerField(),
    )
    return list(scope.filter(matches).order_by(rank, "level", "folded", "code")[:limit])


def _name_then_place(scope: QuerySet[Area], text: str, limit: int) -> list[Area]:
    """ "masbagik lombok timur": the longest end of it that names a place, and the rest searched there."""
    words = fold_words(text).split(" ")
    ends = {"".join(words[n:]): " ".join(words[:n]) for n in range(1, len(words))}
    places = _places(list(ends)) if ends else {}
    for end, name in ((e, n) for e, n in ends.items() if e in places):
        inside = scope.filter(_inside({end: places[end]}))
        found = _ranked(inside, name, limit) or _name_then_place(inside, name, limit)
        if found:
            return found
    return []


def _places(keys: Sequence[str]) -> dict[str, list[str]]:
    """Key -> codes of the provinces, regencies and districts of exactly that name or abbreviation."""
    found: dict[str, list[str]] = {key: list(aliases()[key]) for key in keys if key in aliases()}
    for key, code in Area.objects.filter(folded__in=keys, level__lt=4).values_list("folded", "code"):
        found.setdefault(key, []).append(code)
    return found


def _inside(places: dict[str, list[str]]) -> Q:
    """Within any of them; nowhere for none."""
    inside = Q(code__in=[])
    for code in (c for codes in places.values() for c in codes):
        inside |= Q(code__within=code)
    return inside
