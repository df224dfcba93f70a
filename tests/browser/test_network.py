"""A network across its levels on a past day: the date field changes who is in it."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Membership, Organisation, Programme
from tests.browser.arriving import fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, PLAIN
from tests.factories.networks import make_network
from tests.factories.organisations import NOW, make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tie(network: Organisation, member: Organisation, start: date, until: date | None = None) -> None:
    """Not through the service: acts of the audit could not be flushed again."""
    Membership.objects.create(
        network=network, member=member, valid_from=start, valid_until=until, recorded_at=NOW, is_confirmed=True
    )


@pytest.fixture
def national(transactional_db: None) -> Organisation:
    """Through the province: one from 2010 to the end of 2015, one since 2020."""
    national, province = make_network("Jaringan Nasional"), make_network("Jaringan Provinsi")
    tie(national, province, date(2008, 1, 1))
    before = make_organisation(name="Yayasan Dahulu", seat="52.03")
    tie(province, before, date(2010, 1, 1), date(2016, 1, 1))
    tie(province, make_organisation(name="Yayasan Sekarang", seat="52.01"), date(2020, 1, 1))
    return national


@pytest.mark.parametrize("screen", [PHONE, PLAIN, DESK], ids=["phone", "plain", "desk"])
def test_a_past_day_lists_the_members_of_that_day(page: Page, national: Organisation) -> None:
    page.goto(f"/jejaring/{national.pk}/")
    page.get_by_role("navigation", name="Tentang organisasi ini").get_by_role("link", name="Anggota").click()
    now, past = (page.get_by_role("link", name=name, exact=True) for name in ("Yayasan Sekarang", "Yayasan Dahulu"))
    expect(now).to_be_visible()
    expect(past).to_have_count(0)
    page.get_by_label("Pada tanggal").fill("2015-06-30")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_text("Keadaan pada 30\u00a0Juni 2015.")).to_be_visible()
    expect(past).to_be_visible()
    expect(now).to_have_count(0)
    assert page.get_by_label("Pada tanggal").input_value() == "2015-06-30"
    page.get_by_label("Lewat").select_option("1")
    page.get_by_role("button", name="Tampilkan").click()
    expect(past).to_have_count(0)
    expect(page.get_by_role("rowheader").get_by_role("link", name="Jaringan Provinsi")).to_be_visible()
    expect(page).to_have_url(re.compile("pada=2015-06-30"))


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, national: Organisation) -> None:
    found: dict[str, list[str]] = {}
    programme = Programme.objects.create(owner=national, name=LocalizedText(id="Program Contoh", en="Programme"))
    for address in (f"/jejaring/{national.pk}/", f"/jejaring/{national.pk}/anggota/", f"/program/{programme.pk}/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if wrong := violations(page) + ([] if fits(page) else ["wider than the screen"]):
            found[address] = wrong
    assert found == {}
