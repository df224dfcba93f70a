import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.arriving import fits
from tests.browser.conftest import DESK, PHONE, PHONE_DARK, PLAIN
from tests.factories.territory import areas

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REGENCIES = [f"52.{n:02d}" for n in range(1, 9)] + ["52.71", "52.72"]
VILLAGES = [f"52.03.05.{n}" for n in range(2001, 2011)]


@pytest.fixture(autouse=True)
def _pages(settings: Settings, transactional_db: None) -> None:
    settings.ROOT_URLCONF = "tests.browser.pages"
    areas(*REGENCIES, *VILLAGES)


def drawn(page: Page, path: str = "regencies/52") -> None:
    page.goto(f"/uji/peta/{path}/")
    page.wait_for_selector("figure[data-drawn]")


@pytest.mark.parametrize("screen", [PHONE, PHONE_DARK, DESK], ids=["phone", "dark", "desk"])
def test_map_draws_every_area_in_the_shade_of_its_row(page: Page) -> None:
    drawn(page)
    expect(page.locator("path.map-area")).to_have_count(10)
    expect(page.get_by_role("link", name="Kabupaten Lombok Utara: 64")).to_have_class(
        "map-area shade-5 leaflet-interactive"
    )
    empty = page.get_by_role("link", name="Kabupaten Dompu: belum ada data")
    assert (empty.get_attribute("fill") or "").startswith("url(#")
    assert fits(page)
    fills = page.evaluate("[...document.querySelectorAll('path.map-area')].map(p => getComputedStyle(p).fill)")
    assert len(set(fills)) == 6


def test_map_by_keyboard_moves_reads_and_opens(page: Page) -> None:
    drawn(page)
    expect(page.locator('path.map-area[tabindex="0"]')).to_have_count(1)
    page.get_by_role("link", name="Kabupaten Lombok Tengah: 4").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Kabupaten Lombok Timur: 9")).to_be_focused()
    expect(page.locator(".map-said")).to_have_text("Kabupaten Lombok Timur 9")
    expect(page.locator('path.map-area[tabindex="0"]')).to_have_attribute("aria-label", "Kabupaten Lombok Timur: 9")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/libur/?dari=52.03")


def test_map_by_touch_reads_first_and_opens_second(page: Page) -> None:
    drawn(page)
    area = page.get_by_role("link", name="Kabupaten Sumbawa: 16")
    area.tap()
    expect(page.locator(".map-said")).to_have_text("Kabupaten Sumbawa 16")
    assert "/uji/peta/" in page.url
    area.tap()
    page.wait_for_url("**/wilayah/libur/?dari=52.04")


def test_map_has_its_table_behind_it(page: Page) -> None:
    drawn(page)
    expect(page.get_by_role("table")).to_be_hidden()
    page.get_by_text("Tabel di balik peta").tap()
    expect(page.get_by_role("row", name="Kabupaten Lombok Timur 9")).to_be_visible()


def test_map_of_villages_of_one_district(page: Page) -> None:
    drawn(page, "villages/52.03.05")
    expect(page.locator("path.map-area")).to_have_count(10)
    expect(page.get_by_role("link", name="Desa Masbagik Utara Baru: 2")).to_have_count(1)


def test_map_shows_points_one_can_reach(page: Page) -> None:
    drawn(page)
    point = page.get_by_role("link", name="Kantor contoh").first
    point.focus()
    expect(page.locator(".map-said")).to_have_text("Kantor contoh")


@pytest.mark.parametrize("screen", [PLAIN], ids=["plain"])
def test_map_without_javascript_is_its_table_and_legend(page: Page) -> None:
    page.goto("/uji/peta/regencies/52/")
    expect(page.get_by_role("row", name="Kabupaten Lombok Timur 9")).to_be_visible()
    expect(page.get_by_role("list", name="Legenda").get_by_role("listitem")).to_have_count(6)
    expect(page.locator("[data-frame]")).to_be_hidden()


@pytest.mark.parametrize("allowed", [["net::ERR_FAILED"]])
def test_map_that_can_not_be_loaded_leaves_the_table_open(page: Page) -> None:
    page.route("**/wilayah/batas/**", lambda route: route.abort())
    page.goto("/uji/peta/regencies/52/")
    expect(page.get_by_text("Peta tidak bisa dimuat")).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()


def test_map_page_stays_within_its_budget_and_asks_no_other_host(page: Page) -> None:
    sizes: dict[str, int] = {}
    hosts: set[str] = set()

    def heard(response: object) -> None:
        address = response.url  # type: ignore[attr-defined]
        hosts.add(address.split("/")[2])
        sizes[address] = response.request.sizes()["responseBodySize"]  # type: ignore[attr-defined]

    page.on("requestfinished", lambda request: heard(request.response()))
    drawn(page)
    assert len(hosts) == 1
    shapes = {url: size for url, size in sizes.items() if "/wilayah/batas/" in url}
    assert len(shapes) == 1
    assert sum(shapes.values()) < 160_000


@pytest.mark.parametrize("screen", [DESK], ids=["desk"])
def test_map_is_whole_on_paper_with_the_table_behind_it(page: Page) -> None:
    drawn(page)
    frame, before = page.locator("[data-frame]"), page.locator("[data-frame]").bounding_box()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    printed = frame.bounding_box()
    assert printed
    assert printed["width"] == 630
    for path in page.locator("path.map-area").all():
        box = path.bounding_box()
        assert box
        assert printed["x"] <= box["x"] <= box["x"] + box["width"] <= printed["x"] + printed["width"]
    expect(page.locator("[data-table] tbody tr").first).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert frame.bounding_box() == before
