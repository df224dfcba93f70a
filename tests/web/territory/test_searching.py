import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.territory import areas

pytestmark = pytest.mark.django_db


def ask(client: Client, **query: str) -> list[str]:
    return [found["code"] for found in client.get("/wilayah/cari", query).json()["results"]]


def test_search_tells_code_title_and_path_and_may_be_kept(client: Client) -> None:
    areas("52.03.17.2002")
    answer = client.get("/wilayah/cari", {"q": "penedagandor"})
    assert answer.json() == {
        "results": [
            {
                "code": "52.03.17.2002",
                "title": "Desa Peneda Gandor",
                "path": "Desa Peneda Gandor, Kecamatan Labuhan Haji, Kabupaten Lombok Timur, NTB",
            }
        ],
        "more": False,
    }
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_search_narrows_by_place_and_kind(client: Client) -> None:
    areas("52.03.05.2008", "52.71")
    assert ask(client, q="masbagik", jenis="district") == ["52.03.05"]
    assert ask(client, q="masbagik", dalam="52.03.05", jenis="village") == ["52.03.05.2008"]
    assert ask(client, q="masbagik", dalam="52.71") == []


@pytest.mark.parametrize(
    "query",
    [{}, {"q": ""}, {"q": "x"}, {"q": "masbagik", "jenis": "planet"}, {"q": "masbagik", "dalam": "' OR 1=1"}],
)
def test_search_of_what_it_does_not_know_finds_nothing(client: Client, query: dict[str, str]) -> None:
    areas("52.03.05.2008")
    assert ask(client, **query) == []


@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_as_often_for_one_as_for_three(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    areas(*[f"52.03.05.{2000 + n}" for n in range(1, count + 1)])
    with django_assert_num_queries(2):
        ask(client, q="52.03.05")
