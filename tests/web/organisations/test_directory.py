"""The directory as a page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.kernel.time import PartialDate, Zone, local_date
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.services.names import add_former_name
from simpul.organisations.services.standing import confirm_active
from tests.cast import Cast
from tests.factories.networks import admit, make_network
from tests.factories.organisations import NOW, SYSTEM, make_organisation
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas

pytestmark = pytest.mark.django_db


def read(path: str = "/jejaring/", **asked: str) -> str:
    answer = Client().get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def confirm(organisation: Organisation, *, days_ago: int) -> None:
    day = local_date(timezone.now(), Zone.WIB) - timedelta(days=days_ago)
    confirm_active(SYSTEM, organisation, confirmed_on=day, now=timezone.now())


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_long(django_assert_num_queries: Any, many: int) -> None:
    network = make_network("Jaringan Contoh")
    for number in range(many):
        one = make_organisation(name=f"Yayasan {number}", seat="52.03")
        admit(network, one)
        confirm(one, days_ago=3)
    with django_assert_num_queries(6):
        page = read()
    assert page.count('<th scope="row"') == many + 1


@pytest.mark.parametrize("key", ["ani", "dewi", "joko"])
def test_a_narrowed_list_stays_within_twelve_queries_signed_in(
    cast: Cast, django_assert_max_num_queries: Any, key: str
) -> None:
    areas(MASBAGIK_UTARA_BARU)
    network = make_network("Jaringan Contoh")
    admit(network, make_organisation(name="Yayasan Contoh Masbagik", seat=MASBAGIK_UTARA_BARU))
    browser = getattr(cast, key).client()
    browser.get("/jejaring/")
    everything = {
        "q": "masbagik yayasan",
        "wilayah": "52.03",
        "jenis": OrganisationKind.FOUNDATION,
        "jaringan": str(network.pk),
    }
    for asked in (
        {},
        {"q": "yayasan"},
        {"q": "contoh yayasan"},
        {"wilayah": "52.03"},
        {"wilayah": "52", "isu": "KES"},
        {"wilayah": "52.03.05", "jenis": OrganisationKind.FOUNDATION, "aktif": "12"},
        everything,
        {"wilayah": "52", "tampilan": "peta"},
    ):
        with django_assert_max_num_queries(12):
            answer = browser.get("/jejaring/", asked)
        assert answer.status_code == 200
    assert "Yayasan Contoh Masbagik" in browser.get("/jejaring/", everything).content.decode()


def test_the_finding_counts_what_is_listed_and_what_was_found_at_work() -> None:
    confirm(make_organisation(name="Yang Baru"), days_ago=12)
    confirm(make_organisation(name="Yang Lama"), days_ago=500)
    make_organisation(name="Yang Belum")
    make_organisation(name="Yang Sembunyi", hidden=True)
    page = read()
    assert "3 organisasi terdaftar · 1 dipastikan aktif dalam 12 bulan terakhir" in page
    assert "dipastikan 12 hari lalu" in page
    assert "terakhir dipastikan 16 bulan lalu" in page
    assert "belum dipastikan" in page
    assert "Yang Sembunyi" not in page


def test_a_hidden_one_is_listed_for_its_own_people_and_marked(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    assert "disembunyikan dari umum" in cast.ani.client().get("/jejaring/").content.decode()
    assert str(cast.lentera.pk) not in cast.hasan.client().get("/jejaring/").content.decode()


@pytest.mark.parametrize("typed", ["penedagandor", "Peneda Gandor", "GANDOR"])
def test_a_name_is_found_as_people_type_it(typed: str) -> None:
    wanted = make_organisation(name="KK Peneda Gandor")
    other = make_organisation(name="Yayasan Lain")
    page = read(q=typed)
    assert str(wanted.pk) in page
    assert str(other.pk) not in page


def test_former_names_stand_with_their_years() -> None:
    one = make_organisation(name="JMS Lombok")
    add_former_name(
        SYSTEM, one, name="JMS-LOBAR", since=PartialDate.parse("2008"), until=PartialDate.parse("2015"), now=NOW
    )
    assert "dahulu JMS-LOBAR (2008–2015)" in read(q="lobar")


def test_every_filter_narrows_and_is_kept_for_the_next_page() -> None:
    network = make_network("Jaringan Contoh")
    inside = [make_organisation(name=f"Yayasan {n:02}", seat="52.03") for n in range(30)]
    for one in inside:
        confirm(one, days_ago=3)
        admit(network, one)
    outside = make_organisation(name="Yayasan Luar", seat="52.01")
    asked = {"q": "yayasan", "wilayah": "52.03", "jenis": "OT.Y", "jaringan": str(network.pk), "aktif": "12"}
    first = Client().get("/jejaring/", asked)
    page = first.content.decode()
    assert "30 organisasi terdaftar · 30 dipastikan aktif" in page
    assert str(outside.pk) not in page
    assert all(f"{name}=" in first.context["older"] for name in asked)
    second = read("/jejaring/" + first.context["older"])
    assert str(inside[-1].pk) in second
    assert str(inside[0].pk) not in second
    assert "Ke awal daftar" in second


@pytest.mark.parametrize(
    "asked",
    [
        {"wilayah": "99.99"},
        {"wilayah": "x"},
        {"isu": "tidak-ada"},
        {"jenis": "'; --"},
        {"jaringan": "bukan-id"},
        {"aktif": "selamanya"},
        {"setelah": "bukan-penanda"},
        {"q": "\x00"},
        {"q": "a" * 5000},
    ],
)
def test_a_question_that_makes_no_sense_still_gets_a_page(asked: dict[str, str]) -> None:
    make_organisation(name="Yayasan Contoh")
    assert Client().get("/jejaring/", asked).status_code == 200


def test_an_area_that_may_be_several_is_asked_about() -> None:
    areas(MASBAGIK_UTARA_BARU, "52.03.05.2001")
    page = read(**{"wilayah-teks": "masbagik"})
    assert "Ada beberapa wilayah yang cocok" in page
    assert 'type="radio"' in page


def test_a_search_that_names_an_area_offers_it() -> None:
    areas(MASBAGIK_UTARA_BARU)
    page = read(q="masbagik utara baru")
    assert f'href="?wilayah={MASBAGIK_UTARA_BARU}"' in page


def test_empty_states_teach() -> None:
    assert "Belum ada organisasi terdaftar" in read()
    make_organisation(name="Yayasan Contoh")
    assert "Tidak ada yang cocok" in read(q="zzzz")


def test_gaps_are_the_areas_where_nobody_was_found_at_work() -> None:
    areas("52.01", "52.02", "52.03")
    confirm(make_organisation(name="Aktif", seat="52.03"), days_ago=3)
    confirm(make_organisation(name="Dulu", seat="52.01"), days_ago=700)
    confirm(make_organisation(name="Sembunyi", seat="52.02", hidden=True), days_ago=3)
    answer = Client().get("/jejaring/", {"wilayah": "52"})
    assert [a.code for a in answer.context["gaps"]] == ["52.01", "52.02"]
    assert "2 dari 3 wilayah belum punya" in answer.content.decode()


@pytest.mark.parametrize(
    ("wilayah", "level", "code", "towards"),
    [
        ("", "regencies", "52.03", "wilayah=52.03&amp;tampilan=peta"),
        ("52", "regencies", "52.03", "wilayah=52.03&amp;tampilan=peta"),
        ("52.03", "districts", "52.03.05", "wilayah=52.03.05&amp;tampilan=peta"),
        ("52.03.05", "villages", MASBAGIK_UTARA_BARU, f"wilayah={MASBAGIK_UTARA_BARU}"),
        (MASBAGIK_UTARA_BARU, "villages", MASBAGIK_UTARA_BARU, f"wilayah={MASBAGIK_UTARA_BARU}"),
    ],
)
def test_the_map_goes_one_level_further_in(wilayah: str, level: str, code: str, towards: str) -> None:
    make_organisation(name="Yayasan Contoh", seat=MASBAGIK_UTARA_BARU)
    make_organisation(name="Sembunyi", seat=MASBAGIK_UTARA_BARU, hidden=True)
    answer = Client().get("/jejaring/", {"tampilan": "peta", "wilayah": wilayah})
    drawn = answer.context["map"]
    assert {row.code: row.value for row in drawn.rows} == {code: 1}
    assert f"?{towards}" in answer.content.decode()
    assert drawn.drawn["sources"][0]["object"] == level


def test_the_map_says_how_many_are_registered_and_how_many_active(client: Client) -> None:
    areas("52.01")
    confirm_active(SYSTEM, make_organisation(seat="52.01"), now=timezone.now())
    make_organisation(seat="52.01")
    page = client.get("/jejaring/", {"tampilan": "peta"}).content.decode()
    assert "2 organisasi terdaftar · 1 dipastikan aktif dalam 12 bulan terakhir" in page
