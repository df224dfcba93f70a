"""Dewi brings in the cluster's 4W sheet: what is wrong is told in its cell and mended there; nothing comes in twice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from simpul.activities.models import ResponseActivity
from tests.browser.arriving import arrived
from tests.browser.conftest import DESK, PHONE, Screen, opened
from tests.browser.test_desk import sits_down
from tests.browser.test_dewis_day import XLSX, press
from tests.browser.test_eko_online import looked_at, merged_and_entered
from tests.cast import Cast
from tests.factories.imports import sheet
from tests.factories.responses import DANGER, make_line, make_response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD = ("Nama Lembaga", "Klaster", "Kegiatan", "Kode wilayah", "Status", "Per tanggal", "Perempuan", "Total")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["laptop", "phone"])
def test_a_sheet_with_mistakes_is_mended_and_entered(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    response = make_response(cast.network)
    there = make_line(response, cast.lentera)
    today = datetime.now(UTC).date() - timedelta(days=1)
    who, day = cast.lentera.name, today.strftime("%d-%m-%Y")
    rows = (
        (who, "Logistik", "Paket pangan", DANGER, "Selesai", day, 40, 60),  # it is there already
        (who, "Kesehatan", "Klinik keliling", DANGER, "Berjalan", day, 12, 20),
        (who, "Kluster Sihir", "Dapur umum", DANGER, "Berjalan", day, 30, 20),  # two mistakes
    )
    with opened(chromium, site, screen, allowed=["422"]) as page:  # what is refused is told so
        sits_down(page, site, cast.dewi)
        page.goto("/impor/")
        arrived(page, "Pindahkan Excel").get_by_role("link", name="Pilih berkas Kegiatan tanggap bencana (4W)").click()
        arrived(page, "Berkas yang mana?")
        page.get_by_label("Berkasnya").set_input_files(
            {"name": "4w.xlsx", "mimeType": XLSX, "buffer": sheet(HEAD, *rows)}
        )
        press(page, "Baca berkasnya")
        looked_at(page, "Apa arti kolom-kolom ini?")
        press(page, "Periksa barisnya")
        looked_at(page, "3 baris terbaca")
        expect(page.get_by_text("Simpul tidak mengenal kata ini di sini")).to_be_visible()
        page.get_by_role("link", name="Perbaiki baris ini").click()
        looked_at(page, "Perbaiki baris 4")
        page.get_by_label(re.compile("^Klaster")).fill("Logistik")
        press(page, "Simpan")
        expect(page.get_by_text("Rinciannya berjumlah 30, lebih dari totalnya").first).to_be_visible()
        expect(page.get_by_label(re.compile("^Klaster"))).to_have_value("Logistik")
        page.get_by_label(re.compile("^Terjangkau seluruhnya")).fill("45")
        press(page, "Simpan")
        arrived(page, "3 baris terbaca").get_by_role("link", name="Lihat berdampingan").first.click()
        arrived(page, "1 baris mungkin sudah ada")
        expect(page.get_by_text("isi baris Anda menggantikan isinya")).to_be_visible()
        looked_at(page, "1 baris mungkin sudah ada")
        merged_and_entered(page)
    told = ResponseActivity.objects.filter(superseded_at=None).order_by("activity")
    assert [(row.activity, row.women, row.untold) for row in told] == [
        ("Dapur umum", 30, 15), ("Klinik keliling", 12, 8), ("Paket pangan", 40, 20),
    ]  # fmt: skip
    assert told[2].corrects == there
