"""A month that is over, till everybody reads it: proposed, looked at, agreed to by two, on a phone and on a desk."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from simpul.releases.models import Approval, PublishedCell
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Screen, opened
from tests.browser.test_dewis_day import at, press
from tests.cast import Cast, Played
from tests.factories.releases import a_month, at_home, decided, over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = over("2025-01")
SEEN, WHY = "Tabel negara dan provinsi sudah saya lihat.", "Tidak ada selisih yang membuka angka kecil."


@contextmanager
def signed_in(chromium: Browser, site: str, who: Played, screen: Screen) -> Iterator[Page]:
    """The browser says of a form that is answered with what is missing that it answered 422."""
    with opened(chromium, site, screen, allowed=["422"]) as page:
        cookies = who.client().cookies.items()
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in cookies])
        yield page


def looked_at(page: Page, heading: str) -> None:
    arrived(page, heading)
    assert violations(page) == []
    assert fits(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["laptop", "phone"])
def test_two_people_look_at_a_month_and_agree_to_publish_it(
    chromium: Browser, site: str, cast: Cast, screen: Screen
) -> None:
    at_home(cast)
    a_month()
    decided(cast, now=LATER)
    with signed_in(chromium, site, cast.fitri, screen) as page:
        page.goto("/data/rilis/")
        looked_at(page, "Januari 2025 menunggu Anda")
        page.get_by_role("link", name="Lihat", exact=True).click()
        looked_at(page, "Yang akan terbit untuk Januari 2025")
        page.get_by_role("link", name="Provinsi", exact=True).click()
        looked_at(page, "angka akan terbit")
        expect(page.get_by_text("Belum terbit. Jangan diteruskan.")).to_be_visible()
        page.go_back()
        arrived(page, "Yang akan terbit untuk Januari 2025")
        press(page, "Setujui")
        looked_at(page, "Yang akan terbit untuk Januari 2025")
        expect(page.get_by_role("alert")).to_contain_text("mengapa boleh terbit")
        page.locator("[name=reason]").first.fill(SEEN)
        page.get_by_label("Saya sudah melihat apa yang akan terbit").check()
        press(page, "Setujui")
        expect(page.get_by_text("Orang kedua harus setuju juga")).to_be_visible()
        expect(page.get_by_text("Orang lain harus setuju juga")).to_be_visible()
    assert not PublishedCell.objects.exists()
    with at(chromium, site, cast.dewi, screen) as page:
        page.goto("/data/rilis/")
        arrived(page, "Januari 2025 menunggu Anda").get_by_role("link", name="Lihat", exact=True).click()
        arrived(page, "Yang akan terbit untuk Januari 2025")
        expect(page.get_by_text(SEEN)).to_be_visible()
        page.locator("[name=reason]").first.fill(WHY)
        page.get_by_label("Saya sudah melihat apa yang akan terbit").check()
        press(page, "Setujui dan terbitkan untuk selamanya")
        expect(page.get_by_text("Terbit, untuk selamanya.")).to_be_visible()
        looked_at(page, "Yang terbit untuk Januari 2025")
        expect(page.get_by_text(WHY)).to_be_visible()
    assert set(Approval.objects.values_list("reason", flat=True)) == {SEEN, WHY}
    told = PublishedCell.objects.get(table="nation-month", type="", sex="").count
    with opened(chromium, site, screen) as page:
        page.goto("/data/kasus/")
        looked_at(page, f"{told} orang didampingi: Indonesia, Januari 2025")


def test_somebody_refuses_with_a_reason_that_the_next_one_reads(chromium: Browser, site: str, cast: Cast) -> None:
    at_home(cast)
    a_month()
    decided(cast, now=LATER)
    with at(chromium, site, cast.dewi, PHONE) as page:
        page.goto("/data/rilis/")
        arrived(page, "Januari 2025 menunggu Anda").get_by_role("link", name="Lihat", exact=True).click()
        arrived(page, "Yang akan terbit untuk Januari 2025").get_by_text("Tolak, atau tarik kembali").click()
        page.get_by_label("Mengapa sebaiknya tidak terbit?").fill("Satu kelompok mencatat dua kali.")
        press(page, "Jangan terbitkan")
        expect(page.get_by_text("Tidak ada yang terbit.")).to_be_visible()
    with at(chromium, site, cast.fitri, PHONE) as page:
        page.goto("/data/rilis/")
        arrived(page, "Januari 2025").get_by_role("link", name="Januari 2025").click()
        looked_at(page, "Yang akan terbit untuk Januari 2025")
        expect(page.get_by_text("Satu kelompok mencatat dua kali.")).to_be_visible()
        expect(page.get_by_role("button", name="Setujui", exact=True)).to_have_count(0)
    assert not PublishedCell.objects.exists()
