"""How many organisations, by area.

A total shown with its list counts what is listed, so that nobody finds a hidden organisation by subtracting one from
the other. An organisation in safety mode counts in one place only: the plain total of a province, or of the nation,
which stands without a list. What can be learnt by adding up the regencies is that some organisation of a whole province
is hidden: accepted, because nothing narrower follows. Any filter would make something narrower follow ("one women's
organisation is hidden in this province"), so a filtered total counts the listed at every level.
"""

from typing import Final

from django.db.models import Count, Q
from django.db.models.functions import Substr

from simpul.kernel.actor import Actor
from simpul.organisations.models import DirectoryFacet, Organisation
from simpul.organisations.rules.organisations import visible_to

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
    return {code: n for code, n in counted if len(code) == length}


def count_everywhere(actor: Actor, *, kind: str | None = None, sector: str | None = None) -> int:
    """All organisations, the hidden too where nothing is filtered; those without a seat included."""
    rows = Organisation.objects.filter(_narrow("", kind, sector))
    return rows.filter(visible_to(actor)).count() if kind or sector else rows.count()


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
