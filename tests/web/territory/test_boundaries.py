import gzip
import json

import pytest
from django.test import Client

from simpul.territory.boundaries import COUNTRY, DISTRICTS, VILLAGES
from simpul.web.territory.boundaries import DAY, YEAR, address
from tests.factories.territory import listing

COUNTRY_URL = "/wilayah/batas/indonesia.json"


def codes(client: Client, url: str, name: str) -> set[str]:
    shapes = json.loads(client.get(url).content)["objects"][name]["geometries"]
    return {shape["properties"]["code"] for shape in shapes}


def real(level: int, within: str = "") -> set[str]:
    return {row.code for row in listing().rows if row.level == level and row.code.startswith(within)}


def test_shapes_of_the_country_cover_every_province_and_regency(client: Client) -> None:
    assert codes(client, COUNTRY_URL, "provinces") == real(1)
    assert codes(client, COUNTRY_URL, "regencies") == real(2)


def test_shapes_cover_every_district_of_every_province(client: Client) -> None:
    for province in real(1):
        assert codes(client, f"/wilayah/batas/kecamatan/{province}.json", "districts") == real(3, f"{province}.")


@pytest.mark.parametrize("regency", ["36.02", "52.01", "52.02", "52.03", "52.08", "52.71"])
def test_shapes_of_villages_are_of_villages_there_are(client: Client, regency: str) -> None:
    drawn = codes(client, f"/wilayah/batas/desa/{regency}.json", "villages")
    assert drawn
    assert drawn <= real(4, f"{regency}.")


def test_shapes_are_packed_for_who_can_unpack_and_plain_for_others(client: Client) -> None:
    packed = client.get(COUNTRY_URL, headers={"accept-encoding": "gzip, br"})
    plain = client.get(COUNTRY_URL)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < 160_000
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_shapes_are_kept_for_a_year_under_the_digest_and_checked_otherwise(client: Client) -> None:
    named = address(COUNTRY)
    assert named is not None
    first = client.get(named)
    assert first.headers["Cache-Control"] == YEAR
    assert client.get(f"{COUNTRY_URL}?v=0").headers["Cache-Control"] == DAY
    again = client.get(named, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(named, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "kecamatan/99",
        "desa/11.01",
        "desa/52",
        "kecamatan/52.03",
        "negara/52",
        "contoh/52.03.05",
        "desa/..",
        "desa/52.99",
    ],
)
def test_shapes_nobody_has_are_not_found(client: Client, path: str) -> None:
    assert client.get(f"/wilayah/batas/{path}.json").status_code == 404


def test_address_of_shapes_nobody_has_is_none() -> None:
    assert address(VILLAGES, "11.01") is None
    assert address(DISTRICTS, "99") is None


def test_shapes_take_no_other_method(client: Client) -> None:
    assert client.post(COUNTRY_URL).status_code == 405
