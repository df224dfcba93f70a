import gzip
import json

import pytest

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Conflict, Denied, NotFound
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone
from simpul.territory.models import Area
from simpul.territory.packaged import DATA
from simpul.territory.queries import children, search_areas
from simpul.territory.services import add_holiday, load_demo_district, load_demo_villages, remove_demo_district
from tests.factories.territory import areas
from tests.marks import audits, denies
from tests.territory.conftest import NOW

pytestmark = pytest.mark.django_db
DEMO = System("demo")


def test_load_demo_district_twice_is_once() -> None:
    areas("52.03")
    load_demo_district(DEMO, now=NOW)
    district = load_demo_district(DEMO, now=NOW)
    assert district.title == "Kecamatan Wilayah Contoh"
    assert district.zone is Zone.WITA
    assert [a.title for a in children("52.03.99")][:2] == ["Desa Lentera Jati", "Desa Aik Bening"]
    assert children("52.03.99").count() == 5
    assert Act.objects.filter(act="territory.load_demo_district").count() == 1
    assert search_areas("lenterajati")[0].code == "52.03.99.2001"


def test_load_demo_district_without_the_territory_says_so() -> None:
    with pytest.raises(NotFound):
        load_demo_district(DEMO, now=NOW)


def test_remove_demo_district_leaves_the_real_areas_alone() -> None:
    areas("52.03.05.2008")
    before = set(Area.objects.values_list("code"))
    load_demo_district(DEMO, now=NOW)
    remove_demo_district(DEMO, now=NOW)
    remove_demo_district(DEMO, now=NOW)
    assert set(Area.objects.values_list("code")) == before


def test_remove_demo_district_with_a_record_in_it_removes_nothing() -> None:
    areas("52.03")
    load_demo_district(DEMO, now=NOW)
    name = LocalizedText(id="Hari desa")
    add_holiday(DEMO, NOW.date(), name=name, kind="local", basis="Perdes", area_code="52.03.99.2001", now=NOW)
    with pytest.raises(Conflict, match="area_in_use"):
        remove_demo_district(DEMO, now=NOW)
    assert Area.objects.filter(invented=True).count() == 6


def test_the_invented_polygons_are_those_of_the_invented_areas() -> None:
    areas("52.03")
    load_demo_district(DEMO, now=NOW)
    drawn = json.loads(gzip.decompress(DATA.joinpath("demo", "52.03.99.json.gz").read_bytes()))["objects"]
    codes = {g["properties"]["code"] for shapes in drawn.values() for g in shapes["geometries"]}
    assert codes == set(Area.objects.filter(invented=True).values_list("code", flat=True))


VILLAGES = {"52.03.05.2998": "Contoh Masbagik Barat", "52.03.05.2999": "Contoh Masbagik Timur"}


def test_invented_villages_of_a_real_district_come_and_go_with_the_demo() -> None:
    areas("52.03.05.2008")
    before = set(Area.objects.values_list("code"))
    load_demo_villages(DEMO, VILLAGES, now=NOW)
    found = load_demo_villages(DEMO, VILLAGES, now=NOW)
    assert [one.title for one in found] == ["Desa Contoh Masbagik Barat", "Desa Contoh Masbagik Timur"]
    assert all(one.invented and one.parent_id == "52.03.05" for one in found)
    assert Act.objects.filter(act="territory.load_demo_villages").count() == 1
    remove_demo_district(DEMO, now=NOW)
    assert set(Area.objects.values_list("code")) == before


def test_invented_villages_lie_in_districts_there_are() -> None:
    areas("52.03.05")
    with pytest.raises(NotFound):
        load_demo_villages(DEMO, {**VILLAGES, "52.03.77.2998": "Tidak Ada"}, now=NOW)
    assert not Area.objects.filter(invented=True).exists()


@denies(load_demo_district, load_demo_villages, remove_demo_district)
def test_the_demo_district_is_not_for_the_public() -> None:
    with pytest.raises(Denied):
        load_demo_district(Anonymous(), now=NOW)
    with pytest.raises(Denied):
        load_demo_villages(Anonymous(), VILLAGES, now=NOW)
    with pytest.raises(Denied):
        remove_demo_district(Anonymous(), now=NOW)


@audits(load_demo_district, load_demo_villages, remove_demo_district)
def test_the_demo_district_leaves_its_acts() -> None:
    areas("52.03.05")
    load_demo_district(DEMO, now=NOW)
    load_demo_villages(DEMO, VILLAGES, now=NOW)
    remove_demo_district(DEMO, now=NOW)
    assert list(Act.objects.order_by("id").values_list("act", flat=True)) == [
        "territory.load_demo_district",
        "territory.load_demo_villages",
        "territory.remove_demo_district",
    ]
