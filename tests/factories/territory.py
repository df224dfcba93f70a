"""Areas for tests, taken from the real list."""

from functools import cache

from simpul.territory import packaged
from simpul.territory.models import Area
from simpul.territory.names import lineage_of
from simpul.territory.packaged import AreaRow, Listing

MASBAGIK_UTARA_BARU = "52.03.05.2008"
PENEDA_GANDOR = "52.03.17.2002"


@cache
def listing() -> Listing:
    return packaged.listing()


@cache
def _rows() -> dict[str, AreaRow]:
    return {row.code: row for row in listing().rows}


def subset(*codes: str) -> tuple[AreaRow, ...]:
    """The rows of these codes and of everything above them, parents first."""
    wanted = sorted({above for code in codes for above in lineage_of(code)})
    return tuple(_rows()[code] for code in wanted)


def areas(*codes: str) -> list[Area]:
    """These areas and all above them in the database (again without effect); those asked for, in order."""
    rows = subset(*codes)
    Area.objects.bulk_create(
        (Area(**{name: getattr(row, name) for name in AreaRow.__slots__}) for row in rows), ignore_conflicts=True
    )
    stored = Area.objects.in_bulk(list(codes))
    return [stored[code] for code in codes]
