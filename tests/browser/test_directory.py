"""The directory and its map on a phone of 360 px, and with nothing but HTML."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Confirmation, Membership, Organisation
from tests.browser.arriving import fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, PLAIN, Screen
from tests.factories.networks import make_group, make_network
from tests.factories.organisations import NOW, make_organisation
from tests.factories.territory import areas

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def lentera(transactional_db: None) -> Organisation:
    # Not through services: acts of the audit could not be flushed again.
    areas(*(f"52.{n:02}" for n in range(1, 9)), "52.03.05.2008", "52.03.17.2002")
    lentera = make_organisation(name="Kelompok Konstituen Peneda Gandor", kind="OT.K", seat="52.03.17.2002")
    Membership.objects.create(member=lentera, network=make_network("Jaringan Provinsi Contoh"), recorded_at=NOW)
    make_group("Kelompok Lain")
    make_organisation(name="Yayasan Contoh yang Panjang Sekali Namanya untuk Layar Kecil", seat="52.03.05")
    make_organisation(name="Yayasan Pulau Sumbawa", seat="52.04")
    day = local_date(timezone.now(), Zone.WIB) - timedelta(days=12)
    Confirmation.objects.create(organisation=lentera, confirmed_on=day, recorded_at=NOW)
    return lentera


def test_an_organisation_is_found_by_its_name_run_together(page: Page) -> None:
    page.goto("/jejaring/")
    expect(page.locator(".finding").get_by_text("5 organisasi terdaftar · 1 dipastikan aktif")).to_be_visible()
    assert fits(page)
    page.get_by_role("searchbox", name="Nama").fill("penedagandor")
    page.get_by_role("button", name="Cari").tap()
    page.wait_for_url("**q=penedagandor**")
    expect(page.locator(".finding").get_by_text("1 organisasi terdaftar · 1 dipastikan aktif")).to_be_visible()
    expect(page.get_by_text("dipastikan 12 hari lalu")).to_be_visible()
    page.get_by_role("link", name="Kelompok Konstituen Peneda Gandor").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kelompok Konstituen Peneda Gandor")
    expect(page.get_by_role("link", name="Jaringan Provinsi Contoh")).to_be_visible()
    assert fits(page)


def test_the_map_leads_from_a_regency_to_its_districts_and_to_a_list(page: Page) -> None:
    page.goto("/jejaring/?wilayah=52")
    page.get_by_role("navigation", name="Cara menampilkan").get_by_role("link", name="Peta").tap()
    page.wait_for_selector("figure[data-drawn]")
    assert fits(page)
    regency = page.get_by_role("link", name="Kabupaten Lombok Timur: 2")
    regency.tap()
    expect(page.locator(".map-said")).to_have_text("Kabupaten Lombok Timur 2")
    regency.tap()
    page.wait_for_url("**wilayah=52.03&**")
    page.wait_for_selector("figure[data-drawn]")
    page.get_by_text("Tabel di balik peta").tap()
    page.get_by_role("row", name="Kecamatan Masbagik 1").get_by_role("link").tap()
    page.wait_for_url("**wilayah=52.03.05&**")
    page.get_by_role("navigation", name="Cara menampilkan").get_by_role("link", name="Daftar").tap()
    expect(page.get_by_role("link", name="Yayasan Contoh yang Panjang")).to_be_visible()
    expect(page.get_by_text("Yayasan Pulau Sumbawa")).to_have_count(0)


@pytest.mark.parametrize("screen", [PLAIN], ids=["plain"])
def test_without_javascript_an_area_is_typed_and_chosen(page: Page) -> None:
    page.goto("/jejaring/")
    page.get_by_label("Daerah").fill("Sumbawa")
    page.get_by_role("button", name="Cari").tap()
    expect(page.get_by_role("alert")).to_contain_text("Ada beberapa wilayah yang cocok")
    page.get_by_role("radio", name="Kabupaten Sumbawa Kabupaten Sumbawa, NTB").check()
    page.get_by_role("button", name="Cari").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Organisasi di Kabupaten Sumbawa")
    expect(page.get_by_role("link", name="Yayasan Pulau Sumbawa")).to_be_visible()
    expect(page.get_by_text("Peneda Gandor")).to_have_count(0)


@pytest.mark.parametrize(
    "screen",
    [PHONE, PHONE_DARK, DESK, Screen(1280, 900, dark=True, language="en", touch=False)],
    ids=["phone", "dark", "desk", "desk-dark-en"],
)
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, lentera: Organisation) -> None:
    found: dict[str, list[str]] = {}
    for address in (
        "/jejaring/",
        "/jejaring/?jenis=OT.K",
        "/jejaring/?q=zzz",
        "/jejaring/?wilayah=52&tampilan=peta",
        f"/jejaring/{lentera.pk}/",
        f"/jejaring/{lentera.pk}/kiprah/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        wrong = violations(page) + ([] if fits(page) else ["wider than the screen"])
        if wrong:
            found[address] = wrong
    assert found == {}
