"""How many organisations, by area.

A total shown with its list counts what is listed, so that nobody finds a hidden organisation by subtracting one from
the other. Organisations in safety mode count in one place only: the plain total of a province, or of the nation, which
stands without a list; and there in whole crowds of CROWD, so that what is left after taking away the listed is nobody,
or at least a crowd. Any filter would make something narrower follow ("the hidden here are women's organisations"), so
a filtered total counts the listed at every level. Why: decision 23.
"""

from collections import Counter
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from simpul.kernel.actor import Actor, Anonymous
from simpul.organisations.models import DirectoryFacet, Organisation
from simpul.organisations.rules.organisations import PROTECTED, hidden_from, visible_to

CROWD: Final = 5
_CODE_LENGTH: Final = {1: 2, 2: 5, 3: 8, 4: 13}


def count_by_area(
    actor: Actor, level: int, *, under: str = "", kind: str | None = None, sector: str | None = None
) -> dict[str, int]:
    """Area code of that level (1 province to 4 village) -> organisations seated in it; areas without any are left out.

    `under` is the area within which to look. One seated above the level (in a province, asked by regency) is not in it.
    """
    narrowed = bool(kind or sector)
    rows = Organisation.objects.exclude(seat=None)
    if level > 1 or narrowed:
        rows = rows.filter(visible_to(actor))
    rows = rows.filter(_narrow(under, kind, sector))
    length = _CODE_LENGTH[level]
    counted = rows.annotate(code=Substr("seat", 1, length)).order_by().values_list("code").annotate(n=Count("*"))
    counts = {code: n for code, n in counted if len(code) == length}
    return counts if level > 1 or narrowed else _in_crowds(actor, counts)


def _in_crowds(actor: Actor, provinces: dict[str, int]) -> dict[str, int]:
    """The same without those hidden who fill no crowd of their province."""
    seats = _hidden(actor).exclude(seat=None).values_list("seat_id", flat=True)
    hidden = Counter(str(seat)[:2] for seat in seats)
    counts = {code: n - hidden[code] % CROWD for code, n in provinces.items()}
    return {code: n for code, n in counts.items() if n}


def _hidden(actor: Actor) -> QuerySet[Organisation]:
    """All of them but for who sees them all: two readers of different rights who compare their pages learn nothing."""
    return hidden_from(actor if actor.scope(PROTECTED).everywhere else Anonymous())


def count_everywhere(actor: Actor, *, kind: str | None = None, sector: str | None = None) -> int:
    """All organisations, the hidden too, in crowds, where nothing is filtered; those without a seat included."""
    rows = Organisation.objects.filter(_narrow("", kind, sector))
    if kind or sector:
        return rows.filter(visible_to(actor)).count()
    return rows.count() - _hidden(actor).count() % CROWD


def _narrow(under: str, kind: str | None, sector: str | None) -> Q:
    narrowed = ~Q(pk__in=())
    if under:
        narrowed &= Q(seat__code__within=under)
    if kind:
        narrowed &= Q(kind=kind)
    if sector:
        found = DirectoryFacet.objects.filter(facet=f"sector:{sector}")
        narrowed &= Q(pk__in=found.values("organisation"))
    return narrowed
