"""From an empty data folder to a Simpul somebody signs in to: the six questions, as a person meets them on a phone."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from simpul.organisations.models import Node
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, PLAIN, opened
from tests.factories.territory import areas
from tests.organisations.test_logos import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "kopi sore di berugaq"
VILLAGE = "Desa Masbagik Utara Baru, Kecamatan Masbagik, Kabupaten Lombok Timur, NTB"


@pytest.fixture(autouse=True)
def _territory(site: str) -> None:
    areas("52.03.05.2007", "52.03.05.2008", "52.03.05.2009", "52.71")


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo kelompok.jpg"
    path.write_bytes(picture())
    return path


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lanjut").click()


def answer_up_to_the_place(page: Page) -> None:
    page.goto("/")
    page.wait_for_url("**/mulai/")
    page.get_by_role("link", name="Mulai", exact=True).click()
    page.get_by_role("radio", name="Kelompok desa").check()
    go_on(page)
    page.get_by_label("Nama organisasi").fill("Kelompok Konstituen Suluh")
    page.get_by_label("Nama pendek").fill("KK Suluh")
    go_on(page)
    page.wait_for_url("**/mulai/daerah/")


def pick_the_village(page: Page) -> None:
    """By keyboard alone."""
    page.get_by_role("combobox").focus()
    page.keyboard.type("masbagik utara")
    expect(page.get_by_role("option", name="Desa Masbagik Utara Baru")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value(VILLAGE)


def test_an_empty_simpul_becomes_somebodys(site: str, chromium: Browser, logo: Path) -> None:
    with opened(chromium, site, PHONE) as page:
        answer_up_to_the_place(page)
        pick_the_village(page)
        go_on(page)
        page.get_by_label("Logo").set_input_files(logo)
        go_on(page)
        page.get_by_label("Nama Anda").fill("Budi Contoh")
        page.get_by_role("radio", name="kata sandi").check()
        page.get_by_role("textbox", name="Surel atau nomor telepon").fill("budi@contoh.id")
        go_on(page)
        page.get_by_role("radio", name="Saya", exact=True).check()
        go_on(page)

        page.wait_for_url("**/mulai/periksa/")
        summary = page.locator("main").inner_text()
        said = ("Kelompok Konstituen Suluh · KK Suluh", "Masbagik Utara Baru", "Budi Contoh · budi@contoh.id")
        assert [words for words in said if words not in summary] == []
        assert violations(page) == []
        page.get_by_label("Pilih kata sandi").fill(PASSWORD)
        page.get_by_label("Kata sandi yang sama").fill(PASSWORD)
        page.get_by_role("button", name="Buka Simpul ini").click()

        page.wait_for_url("**/mulai/selesai/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Simpul ini sudah dibuka")
        expect(page.get_by_role("banner")).to_contain_text("Kelompok Konstituen Suluh")
        assert Node.objects.get().host.seat_id == "52.03.05.2008"
        shown = page.request.get(page.locator("header img").get_attribute("src") or "")
        assert Image.open(io.BytesIO(shown.body())).format == "PNG"

        page.get_by_role("main").get_by_role("link", name="Masuk").click()
        page.get_by_label("Surel, nomor telepon").fill("budi@contoh.id")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url("**/akun/langkah-kedua/**")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto("/mulai/")
        assert "/mulai/" not in page.url, "what is somebody's is not opened again"


def test_a_mistake_is_named_and_nothing_typed_is_lost(site: str, chromium: Browser) -> None:
    with opened(chromium, site, PHONE, ["422"]) as page:
        answer_up_to_the_place(page)
        pick_the_village(page)
        go_on(page)
        go_on(page)
        page.get_by_label("Nama Anda").fill("Budi Contoh")
        page.get_by_role("radio", name="kata sandi").check()
        page.get_by_role("textbox", name="Surel atau nomor telepon").fill("budi(at)contoh")
        go_on(page)

        wrong = page.get_by_role("alert")
        expect(wrong).to_be_focused()
        assert violations(page) == []
        wrong.get_by_role("link").first.click()
        field = page.get_by_role("textbox", name="Surel atau nomor telepon")
        expect(field).to_be_focused()
        expect(field).to_have_value("budi(at)contoh")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label("Nama Anda")).to_have_value("Budi Contoh")
        field.fill("0819-0000-0001")
        go_on(page)
        page.wait_for_url("**/mulai/pengaduan/**")

        page.get_by_role("link", name="Kembali").click()
        page.get_by_role("link", name="Kembali").click()
        page.get_by_role("link", name="Kembali").click()
        expect(page.get_by_role("combobox")).to_have_value(VILLAGE)


def test_an_answer_is_changed_from_the_summary_and_leads_back_to_it(site: str, chromium: Browser) -> None:
    with opened(chromium, site, PHONE) as page:
        answer_up_to_the_place(page)
        pick_the_village(page)
        go_on(page)
        go_on(page)
        page.get_by_label("Nama Anda").fill("Budi Contoh")
        page.get_by_role("radio", name="PIN").check()
        go_on(page)
        page.get_by_role("radio", name="Orang lain").check()
        page.get_by_label("Namanya").fill("Rohani Contoh")
        go_on(page)
        page.get_by_role("link", name="Ubah").nth(1).click()
        page.get_by_label("Nama organisasi").fill("Kelompok Konstituen Lentera")
        go_on(page)
        page.wait_for_url("**/mulai/periksa/")
        expect(page.get_by_role("main")).to_contain_text("Kelompok Konstituen Lentera")
        expect(page.get_by_role("main")).to_contain_text("Rohani Contoh")

        page.get_by_role("button", name="Buka Simpul ini").click()
        page.wait_for_url("**/daftar-perangkat/**")
        page.get_by_label("Pilih PIN").fill("280974")
        page.get_by_label("Ketik PIN sekali lagi").fill("280974")
        page.get_by_role("button", name="Selesai").click()
        page.get_by_role("main").get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Yang menunggu Anda")


def test_without_javascript_the_place_is_chosen_on_the_next_page(site: str, chromium: Browser) -> None:
    with opened(chromium, site, PLAIN, ["422"]) as page:
        answer_up_to_the_place(page)
        page.get_by_label("Di mana").fill("lendang nangka")
        go_on(page)
        expect(page.get_by_role("radio")).to_have_count(2)
        page.get_by_role("radio", name="Desa Lendang Nangka Utara").check()
        go_on(page)
        page.wait_for_url("**/mulai/logo/")
