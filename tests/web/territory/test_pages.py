"""The tables the operator keeps, as pages."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from simpul.kernel.actor import System
from simpul.kernel.localized import LocalizedText
from simpul.territory.models import Crosswalk, Holiday
from simpul.territory.services import add_crosswalk, add_holiday
from tests.cast import Cast
from tests.factories.territory import areas
from tests.territory.conftest import NOW

pytestmark = pytest.mark.django_db
BUILDER = System("tests")
OLD, NEW = "52.03.05.2006", "52.03.05.2007"
HOLIDAY = {"day": "2027-03-16", "kind": "joint_leave", "name_id": "Cuti bersama Lebaran", "basis": "SKB 3 Menteri"}
CHANGE = {"old_code": OLD, "kind": "merge", "new_code-teks": NEW, "valid_from": "2026-01-01", "basis": "Perda 3/2025"}


def enter(day: int) -> Holiday:
    name = LocalizedText(id=f"Hari {day}", en=f"Day {day}")
    return add_holiday(BUILDER, date(2026, 10, day), name=name, kind="national", basis="Keppres", now=NOW)


def test_holidays_page_is_read_by_everyone_in_both_languages(client: Client) -> None:
    enter(5)
    html = client.get("/wilayah/libur/?tahun=2026").content.decode()
    assert "Hari Kemerdekaan Republik Indonesia" in html
    assert "Hari 5" in html
    assert "Cabut" not in html
    client.cookies["bahasa"] = "en"
    assert "Day 5" in client.get("/wilayah/libur/?tahun=2026").content.decode()


@pytest.mark.parametrize("year", ["", "0", "99999", "-1", "20٢6", "abc", "9999"])
def test_holidays_page_survives_any_year(client: Client, year: str) -> None:
    assert client.get("/wilayah/libur/", {"tahun": year}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_holidays_page_asks_as_often_for_one_as_for_three(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, count + 1):
        enter(day)
    with django_assert_num_queries(2):
        client.get("/wilayah/libur/?tahun=2026")


def test_operator_adds_and_withdraws_a_holiday(cast: Cast) -> None:
    joko = cast.joko.client()
    added = joko.post("/wilayah/libur/tambah/", HOLIDAY)
    assert (added.status_code, added.headers["Location"]) == (302, "/wilayah/libur/?tahun=2027")
    row = Holiday.objects.get()
    assert (row.day, row.entered_by) == (date(2027, 3, 16), cast.joko.user.pk)  # type: ignore[union-attr]
    joko.post(f"/wilayah/libur/{row.pk}/cabut/")
    row.refresh_from_db()
    assert row.superseded_at is not None
    assert joko.get(f"/wilayah/libur/{row.pk}/cabut/").status_code == 404


def test_holiday_form_keeps_what_was_typed_and_says_what_to_mend(cast: Cast) -> None:
    joko = cast.joko.client()
    joko.post("/wilayah/libur/tambah/", HOLIDAY)
    again = joko.post("/wilayah/libur/tambah/", HOLIDAY)
    assert again.status_code == 422
    html = again.content.decode()
    assert "Hari ini sudah ada di tabel." in html
    assert "Cuti bersama Lebaran" in html
    local = joko.post("/wilayah/libur/tambah/", {**HOLIDAY, "day": "2027-03-17", "kind": "local"})
    assert 'href="#id_area"' in local.content.decode()
    assert joko.post("/wilayah/libur/tambah/", {**HOLIDAY, "day": "2027-02-30"}).status_code == 422


def test_operator_adds_corrects_and_withdraws_a_change(cast: Cast) -> None:
    areas(OLD, NEW)
    joko = cast.joko.client()
    assert joko.post("/wilayah/padanan/tambah/", CHANGE).status_code == 302
    row = Crosswalk.objects.get()
    page = joko.get(f"/wilayah/padanan/{row.pk}/betulkan/").content.decode()
    assert "Perda 3/2025" in page
    corrected = joko.post(f"/wilayah/padanan/{row.pk}/betulkan/", {**CHANGE, "share": "12,5", "kind": "split"})
    assert corrected.status_code == 302
    new = Crosswalk.objects.get(superseded_at=None)
    assert (new.corrects_id, str(new.share), new.old_code) == (row.pk, "0.1250", OLD)
    assert "12,5" in joko.get("/wilayah/padanan/").content.decode()
    joko.post(f"/wilayah/padanan/{new.pk}/cabut/")
    assert not Crosswalk.objects.filter(superseded_at=None).exists()
    assert joko.post(f"/wilayah/padanan/{row.pk}/betulkan/", CHANGE).status_code == 404


def test_change_form_refuses_beside_the_field(cast: Cast) -> None:
    areas(OLD, NEW)
    refused = cast.joko.client().post("/wilayah/padanan/tambah/", {**CHANGE, "new_code-teks": "Masbagik"})
    assert refused.status_code == 422
    other = cast.joko.client().post("/wilayah/padanan/tambah/", {**CHANGE, "old_code": "52"})
    assert 'href="#id_new_code"' in other.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_changes_page_asks_as_often_for_one_as_for_three(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    areas(OLD, NEW)
    for year in range(2020, 2020 + count):
        add_crosswalk(BUILDER, OLD, new_code=NEW, valid_from=date(year, 1, 1), kind="merge", basis="Perda", now=NOW)
    with django_assert_max_num_queries(4):
        html = client.get("/wilayah/padanan/").content.decode()
    assert html.count("Desa Danger") == count
