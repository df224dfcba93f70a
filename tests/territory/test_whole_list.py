"""What holds of all 91,599 areas at once. Apart, because the list stays loaded for the whole module."""

from datetime import timedelta

import pytest

from simpul.kernel.actor import System
from simpul.territory.models import Area, TerritoryRelease
from simpul.territory.services import load_demo_district, load_listing, load_territory
from tests.factories.territory import listing
from tests.territory.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indonesia")]
DEMO = LOADER = System("tests")


def test_load_territory_holds_every_area_under_its_parent() -> None:
    assert Area.objects.count() == 91_599
    counted = {kind: Area.objects.filter(kind=kind).count() for kind in ("province", "regency", "city", "district")}
    assert counted == {"province": 38, "regency": 416, "city": 98, "district": 7_285}
    assert Area.objects.filter(level=4).count() == 83_762
    assert sum(a.population or 0 for a in Area.objects.filter(level=1)) == 284_973_643
    assert Area.objects.filter(level__gt=1, parent=None).count() == 0


def test_load_territory_again_writes_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        again = load_territory(LOADER, now=NOW + timedelta(days=1))
    assert again.loaded_at == NOW
    assert TerritoryRelease.objects.count() == 1


def test_load_listing_leaves_the_demo_district_alone_and_it_hides_no_real_name() -> None:
    names = {row.folded for row in listing().rows}
    load_demo_district(DEMO, now=NOW)
    load_listing(DEMO, listing(), now=NOW)
    invented = Area.objects.filter(invented=True)
    assert invented.count() == 6
    assert not set(invented.filter(level=4, valid_until=None).values_list("folded", flat=True)) & names
