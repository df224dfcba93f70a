"""Which places a book tells apart: decided when its year begins, from what is public, never from who reported where.

A place that appeared because somebody reported there would tell that somebody did.
"""

from collections.abc import Iterable
from datetime import date

from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.records.models import true_on
from simpul.releases.places import above, rest_of
from simpul.releases.tables import Level
from simpul.territory.models import Area


def regencies_with_groups() -> frozenset[str]:
    """Where village groups have their seat: the directory says so to everybody."""
    groups = Organisation.objects.filter(kind=OrganisationKind.VILLAGE_GROUP, seat__isnull=False)
    found = {above(code, Level.REGENCY) for code in groups.values_list("seat_id", flat=True)}
    return frozenset(code for code in found if len(code) == 5)


def finest_places(on: date, detailed: Iterable[str]) -> list[str]:
    """Every village of the regencies told in detail, and for each regency of the country the rest of it."""
    regencies = Area.objects.filter(true_on(on), level=Level.REGENCY).order_by("code").values_list("code", flat=True)
    known = list(regencies)
    told = set(detailed) & set(known)
    places = [rest_of(code) for code in known]
    for regency in sorted(told):
        villages = Area.objects.filter(true_on(on), level=Level.VILLAGE, code__within=regency)
        places.extend(villages.values_list("code", flat=True))
    return sorted(places)
