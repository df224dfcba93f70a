import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings

from tests.browser.conftest import DESK, PHONE, PHONE_DARK, PLAIN
from tests.factories.territory import areas

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MASBAGIK = ("52.03.05", "52.03.05.2007", "52.03.05.2008", "52.03.05.2009", "52.03.17.2002", "52.71")


@pytest.fixture(autouse=True)
def _pages(settings: Settings, transactional_db: None) -> None:
    settings.ROOT_URLCONF = "tests.browser.pages"
    areas(*MASBAGIK)


def begin(page: Page, text: str = "") -> None:
    page.goto("/uji/pemilih/")
    page.get_by_label("Judul").fill("Lentera")
    if text:
        page.locator("#id_area").press_sequentially(text)


@pytest.mark.parametrize("screen", [PHONE, PHONE_DARK, DESK], ids=["phone", "dark", "desk"])
def test_picker_by_keyboard_alone(page: Page) -> None:
    begin(page, "utara baru")
    field = page.get_by_role("combobox", name="Wilayah")
    option = page.get_by_role("option", name="Desa Masbagik Utara Baru")
    expect(option).to_be_visible()
    expect(option).to_contain_text("Kecamatan Masbagik, Kabupaten Lombok Timur, NTB")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Desa Masbagik Utara Baru, Kecamatan Masbagik, Kabupaten Lombok Timur, NTB")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("status")).to_contain_text("Dipilih: Desa Masbagik Utara Baru")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_have_text("52.03.05.2008 Lentera")


def test_picker_says_how_many_and_closes_with_escape(page: Page) -> None:
    begin(page, "lendang")
    expect(page.get_by_role("status")).to_have_text("2 wilayah ditemukan.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#id_area")).to_have_value("lendang")
    page.keyboard.press("Escape")
    expect(page.locator("#id_area")).to_have_value("")


def test_picker_by_touch_with_targets_large_enough(page: Page) -> None:
    begin(page, "penedagandor")
    option = page.get_by_role("option")
    expect(option).to_have_count(1)
    box = option.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    option.tap()
    page.get_by_role("button", name="Kirim").tap()
    expect(page.locator("#chosen")).to_have_text("52.03.17.2002 Lentera")


def test_picker_forgets_its_choice_when_the_text_changes(page: Page) -> None:
    begin(page, "mataram")
    page.get_by_role("option").first.tap()
    expect(page.locator('input[name="area"]')).to_have_value("52.71")
    page.locator("#id_area").press_sequentially(" x")
    expect(page.locator('input[name="area"]')).to_have_value("")


def test_picker_of_nothing_says_so(page: Page) -> None:
    begin(page, "xqzzy")
    expect(page.get_by_role("status")).to_have_text("Wilayah tidak ditemukan. Periksa ejaannya.")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("allowed", [["net::ERR_FAILED"]])
def test_picker_without_a_network_lets_one_go_on(page: Page) -> None:
    page.route("**/wilayah/cari*", lambda route: route.abort())
    begin(page, "masbagik utara baru")
    expect(page.get_by_role("status")).to_contain_text("Daftar tidak terjangkau")
    page.get_by_role("button", name="Kirim").tap()
    expect(page.locator("#chosen")).to_have_text("52.03.05.2008 Lentera")


def test_picker_on_a_slow_network_shows_the_last_answer_asked_for(page: Page) -> None:
    def answer(route: Route) -> None:
        if "q=lendang" in route.request.url and "utara" not in route.request.url:
            page.wait_for_timeout(900)
        route.continue_()

    page.route("**/wilayah/cari*", answer)
    begin(page, "lendang")
    page.wait_for_timeout(400)
    page.locator("#id_area").press_sequentially(" nangka utara")
    expect(page.get_by_role("option")).to_have_count(1)
    page.unroute_all(behavior="wait")  # the slow answer has come by now, and changed nothing
    expect(page.get_by_role("option")).to_contain_text("Lendang Nangka Utara")


@pytest.mark.parametrize("screen", [PLAIN], ids=["plain"])
def test_picker_without_javascript_keeps_everything_and_offers_a_choice(page: Page) -> None:
    begin(page)
    page.locator("#id_area").fill("lendang nangka")
    page.get_by_label("Catatan").fill("Jangan hilang")
    page.get_by_role("button", name="Kirim").tap()
    expect(page.get_by_label("Judul")).to_have_value("Lentera")
    expect(page.get_by_label("Catatan")).to_have_value("Jangan hilang")
    expect(page.get_by_role("radio")).to_have_count(2)
    page.get_by_role("radio", name="Desa Lendang Nangka Utara").check()
    page.get_by_role("button", name="Kirim").tap()
    expect(page.locator("#chosen")).to_have_text("52.03.05.2009 Lentera")
