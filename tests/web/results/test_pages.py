"""Figures on pages: the finding in the heading, what it is counted from below, on any day."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from simpul.kernel.actor import System
from simpul.organisations.models import Organisation
from simpul.organisations.presets import Preset
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.declared_reach import declare_reach
from simpul.organisations.services.node import Headlines, change_node, open_node
from simpul.organisations.services.safety import set_safety_mode
from tests.factories.networks import admit, make_network, make_programme
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
LOADED = datetime(2020, 1, 15, 3, tzinfo=UTC)
ON = "pada=2024-09-30"


def world(*codes: str, members: int = 2) -> Organisation:
    """A node with a programme in these regencies and a network of networks; the network."""
    programme = make_programme(valid_until=None)
    for code in codes:
        cover_area(SYSTEM, programme, area=areas(code)[-1], valid_from=date(2020, 1, 1), now=LOADED)
    top, network = make_network("Antar-Jaringan", kind="OT.NN"), make_network("Jaringan Satu")
    admit(top, network, now=LOADED)
    admit(network, *(make_organisation() for _ in range(members)), now=LOADED)
    node = open_node(SYSTEM, host=network, preset=Preset.NETWORK, now=LOADED)
    headlines = Headlines(programme=programme, network=top, organisation=network)
    change_node(SYSTEM, node, version=1, pillars=node.pillars, complaints_to=None, headlines=headlines)
    return top


def html(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def test_index_says_each_finding_and_leads_into_it(client: Client) -> None:
    world("52.03", "36.02")
    page = html(client, f"/hasil/?{ON}")
    assert "2 kabupaten/kota: Program MADANI" in page
    assert re.search(r'href="/hasil/F1/\?pada=2024-09-30"', page)


def test_index_without_subjects_teaches_what_will_appear(client: Client) -> None:
    assert "Belum ada angka" in html(client, "/hasil/")


def test_figure_opens_into_its_records_and_narrows_to_a_group(client: Client) -> None:
    world("52.03", "52.71", "36.02")
    page = html(client, f"/hasil/F1/?{ON}")
    assert "Kabupaten Lebak" in page
    assert "Kabupaten Lombok Timur" in page
    narrowed = html(client, f"/hasil/F1/?{ON}&menurut=province&nilai=36")
    records = narrowed[narrowed.index('id="catatan"') :]
    assert "Kabupaten Lebak" in records
    assert "Lombok Timur" not in records


def test_figure_on_another_day_counts_what_was_known_then(client: Client) -> None:
    world("52.03")
    assert "0 kabupaten/kota" in html(client, "/hasil/F1/?pada=2019-12-31")
    assert "1 kabupaten/kota" in html(client, f"/hasil/F1/?{ON}")


def test_figure_shows_what_was_stated_apart_from_what_was_counted(client: Client) -> None:
    top = world("52.03")
    declare_reach(SYSTEM, top, count=500, declared_on=date(2024, 3, 1), now=datetime(2024, 3, 1, tzinfo=UTC))
    page = html(client, f"/hasil/F17/?{ON}")
    assert "sekitar 500" in page
    assert "1 Maret 2024" in page


def test_hidden_organisations_are_neither_counted_nor_listed_and_the_definition_says_so(client: Client) -> None:
    world("52.03", members=3)
    hidden = Organisation.objects.filter(kind="OT.Y", memberships__isnull=False).first()
    assert hidden is not None
    set_safety_mode(SYSTEM, hidden, on=True, reason_code="threat", now=LOADED)
    page = html(client, f"/hasil/F17/?{ON}&bagian=reach")
    assert hidden.name not in page
    assert "tidak ikut dihitung; jumlah sebenarnya bisa lebih tinggi" in page
    assert "tidak ditampilkan" not in page


def test_wrong_date_is_said_and_nothing_breaks(client: Client) -> None:
    world("52.03")
    page = html(client, "/hasil/F1/?pada=kemarin", 422)
    assert 'value="kemarin"' in page
    assert 'href="#id_pada"' in page


@pytest.mark.parametrize("tail", ["setelah=x", "menurut=province", "nilai=52", "tentang=x"])
def test_what_can_not_be_read_in_an_address_breaks_nothing(client: Client, tail: str) -> None:
    world("52.03")
    assert client.get(f"/hasil/F1/?{ON}&{tail}").status_code in {200, 422}


@pytest.mark.parametrize("tail", ["bagian=x", "menurut=colour&nilai=red"])
def test_parts_and_dimensions_that_are_not_declared_are_not_found(client: Client, tail: str) -> None:
    world("52.03")
    assert client.get(f"/hasil/F1/?{ON}&{tail}").status_code == 404


def test_figure_turns_its_pages(client: Client) -> None:
    world("52.03", members=55)
    first = html(client, f"/hasil/F17/?{ON}&bagian=reach")
    older = re.search(r'href="(\?[^"]*setelah=[^"]*)" rel="next"', first)
    assert older
    second = html(client, "/hasil/F17/" + older[1].replace("&amp;", "&"))
    assert first.count("Yayasan Contoh") == 50
    assert second.count("Yayasan Contoh") == 5


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_often_however_many_rows(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world(*(f"52.0{n}" for n in range(1, rows + 1)), members=rows)
    with django_assert_num_queries(5):  # whose Simpul, the subjects, all figures at once, and one a number stated
        client.get(f"/hasil/?{ON}")
    with django_assert_num_queries(8):
        client.get(f"/hasil/F1/?{ON}")
    with django_assert_num_queries(9):
        client.get(f"/hasil/F17/?{ON}&bagian=reach")


def test_front_page_shows_the_headline_figures(client: Client) -> None:
    world("52.03", "36.02")
    page = html(client, "/")
    assert 'href="/hasil/F1/"' in page
    assert 'href="/hasil/F17/"' in page
