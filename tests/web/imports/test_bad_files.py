"""The sentence a person reads, for each kind of file that goes wrong or is odd."""

import io
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simpul.interop.models import ImportBatch, ImportRow
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import BudgetBand
from tests.cast import Cast
from tests.factories.imports import sheet

pytestmark = pytest.mark.django_db
ROW = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
LONG = "<worksheet><sheetData>" + "".join(ROW.format(n) for n in range(1, 200_001)) + "</sheetData></worksheet>"


@pytest.fixture
def dewi(cast: Cast) -> Client:
    return cast.dewi.client()


def sent(browser: Client, cast: Cast, data: bytes) -> tuple[int, str, str]:
    """Status, where it leads to, and the words of the page."""
    file = SimpleUploadedFile("anggota.xlsx", data)
    answer = browser.post(
        "/impor/organisations/baru/", {"key": str(uuid7()), "home": str(cast.network.pk), "file": file}
    )
    return answer.status_code, answer.headers.get("Location", ""), words(answer.content)


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode().partition("<main")[2]))


def workbook() -> bytes:
    return sheet(("Nama", "Jenis"), *((f"Yayasan {n}", "x" * 50) for n in range(200)))


def with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def damaged() -> bytes:
    data = bytearray(workbook())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


def alone(name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Berkas ini kosong"),
        (workbook()[:300], "Berkas ini rusak, atau bukan seperti namanya"),
        (damaged(), "Berkas ini rusak, atau bukan seperti namanya"),
        (b"Nama\x01\x02;Satu", "Berkas ini rusak, atau bukan seperti namanya"),
        (b"%PDF-1.7 ...", "Ini bukan tabel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "Ini Excel lama, atau terkunci kata sandi"),
        (with_part("xl/vbaProject.bin", b"..."), "Berkas ini berisi makro"),
        (b"Nama;Jenis\nD\x81sa \x8d\x90;Yayasan\n", "Huruf di berkas ini tidak terbaca"),
        (alone("xl/worksheets/sheet1.xml", LONG), "lebih dari 50.000 baris"),
        (b"\n".join([b"a;b"] * 200_000), "lebih dari 50.000 baris"),
        (b";".join([b"a"] * 400) + b"\n" + b";".join([b"b"] * 400), "lebih dari 200 kolom"),
        (b"Nama;Jenis\n", "Di bawah nama kolom tidak ada baris satu pun"),
    ],
    ids=[
        "empty", "malformed", "damaged inside", "control characters", "no table", "old or locked", "macros",
        "letters of no encoding", "200,000 rows", "200,000 lines", "too wide", "names of columns alone",
    ],
)  # fmt: skip
def test_what_can_not_be_taken_says_why_and_what_to_do(cast: Cast, dewi: Client, data: bytes, told: str) -> None:
    status, _to, page = sent(dewi, cast, data)
    assert status == 422
    assert told in page
    assert not ImportBatch.objects.exists()


def odd() -> bytes:
    """A title, two rows of names, merged cells and a formula."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Data anggota jaringan 2024"])
    page.append(["Nama", "Alamat", "", "Jenis", "Anggaran"])
    page.append(["", "Desa", "Kecamatan", "", ""])
    page.append(["Yayasan Satu Sekali", "", "", "Yayasan", "Rp1,3 M"])
    page.append(["Yayasan Dua Kali Lipat", "", "", "", "banyak"])
    page.append(["Yayasan Tiga Serangkai", "", "", "Yayasan", "=1+2"])
    for merged in ("A1:E1", "B2:C2", "A2:A3", "D4:D5"):
        page.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_as_people_make_it_is_read_and_what_was_done_to_it_is_told(cast: Cast, dewi: Client) -> None:
    _status, to, _page = sent(dewi, cast, odd())
    page = words(dewi.get(to).content)
    assert "1 sel berisi rumus" in page
    assert "sel gabungan sudah diisi" in page
    batch = ImportBatch.objects.get()
    assert (batch.header_row, batch.header_depth) == (3, 2)
    assert {0: "name", 1: "village", 2: "district", 3: "kind", 4: "budget_band"}.items() == batch.places.items()


def test_an_amount_as_people_write_it_is_its_band_and_another_word_is_asked_again(cast: Cast, dewi: Client) -> None:
    _status, to, _page = sent(dewi, cast, odd())
    batch = ImportBatch.objects.get()
    named = {f"kolom-{place}": name for place, name in batch.places.items()}
    assert dewi.post(to, {**named, "default_kind": ""}).status_code == 302
    wrong = ImportRow.objects.get(batch=batch, state="faulty")
    assert wrong.number == 5
    page = words(dewi.get(f"/impor/{batch.pk}/baris/{wrong.pk}/").content)
    assert "Tulis salah satu" in page or "Rp1,3 M" in page
    dewi.post(f"/impor/{batch.pk}/simpan/")
    made = Organisation.objects.get(name="Yayasan Satu Sekali")
    assert made.budget_band == BudgetBand.UNDER_5_BILLION


def test_letters_of_old_windows_are_read_and_told(cast: Cast, dewi: Client) -> None:
    _status, to, _page = sent(dewi, cast, "Nama;Jenis\nYayasan Café Désa;Yayasan\n".encode("cp1252"))
    page = words(dewi.get(to).content)
    assert "Yayasan Café Désa" in page
    assert "Huruf CSV ini memakai cara Windows lama" in page
