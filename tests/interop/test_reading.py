"""Files of strangers: whatever is in them, a table or a sentence that says what to do."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from simpul.interop.limits import MOST_BYTES, MOST_ROWS
from simpul.interop.reading import read_book
from simpul.interop.reading.headers import Header, find_header, names_of
from simpul.interop.tables import Line
from simpul.kernel.errors import Invalid

Workbook = openpyxl.Workbook
KNOWN = {"Nama", "Desa", "Kecamatan", "Anggaran", "Kabupaten"}


def saved(fill: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> bytes:
    book = Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        read_book(data)
    assert str(refusal.value.message)
    assert refusal.value.field == "file"
    return refusal.value.code


def test_a_sheet_is_read_with_the_numbers_of_its_rows() -> None:
    book = read_book(saved(lambda sheet: [sheet.append(r) for r in ([], ["Nama", "Tahun"], [], ["Lentera", 2008.0])]))
    assert book.sheets[0].lines == (Line(2, ("Nama", "Tahun")), Line(4, ("Lentera", 2008)))


def test_merged_cells_are_filled_and_told() -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(["Kabupaten", "Nama"])
        sheet.append(["Lombok Timur", "Satu"])
        sheet.append(["", "Dua"])
        sheet.merge_cells("A2:A3")

    [sheet] = read_book(saved(fill)).sheets
    assert sheet.lines[2].cells == ("Lombok Timur", "Dua")
    assert sheet.notes == {"merged": 1}


def test_a_formula_is_read_as_it_was_last_calculated_and_told() -> None:
    [sheet] = read_book(saved(lambda sheet: [sheet.append(r) for r in (["Nama", "Jumlah"], ["Satu", "=1+2"])])).sheets
    assert sheet.lines[1].cells == ("Satu",)  # never calculated: nothing was saved
    assert sheet.notes == {"formulas": 1}


def test_two_rows_of_names_below_a_title_are_found() -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(["Data anggota jaringan 2024"])
        sheet.append(["Nama", "Alamat", "", "Anggaran"])
        sheet.append(["", "Desa", "Kecamatan", ""])
        sheet.append(["Yayasan A", "Danger", "Masbagik", "Rp1,3 M"])
        for merged in ("A1:D1", "B2:C2", "A2:A3", "D2:D3"):
            sheet.merge_cells(merged)

    lines = read_book(saved(fill)).sheets[0].lines
    header = find_header(lines, KNOWN.__contains__)
    assert header == Header(3, 2)
    assert names_of(lines, header) == ["Nama", "Alamat / Desa", "Alamat / Kecamatan", "Anggaran"]


def test_names_in_one_row_below_titles_are_found() -> None:
    lines = [Line(1, ("Daftar OMS",)), Line(2, ("per 2024",)), Line(4, ("No", "Nama", "Desa")), Line(5, (1, "A", "B"))]
    assert find_header(lines, KNOWN.__contains__) == Header(4, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_letters_and_signs(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in (["Nama", "Tahun"], ["Désa Café", "2008"], ["Satu", "2009"]))
    book = read_book(text.encode(encoding))
    assert [line.cells for line in book.sheets[0].lines] == [("Nama", "Tahun"), ("Désa Café", "2008"), ("Satu", "2009")]
    assert book.delimiter == delimiter


def test_the_line_by_which_excel_tells_its_delimiter_is_no_row() -> None:
    book = read_book(b"sep=;\r\nNama;Alamat, lengkap\r\nSatu;Jl. A, No. 1\r\n")
    assert book.sheets[0].lines == (Line(1, ("Nama", "Alamat, lengkap")), Line(2, ("Satu", "Jl. A, No. 1")))


def test_a_cell_over_several_lines_stays_one_cell() -> None:
    assert read_book(b'Nama,Alamat\r\nSatu,"Jl. A\r\nNo. 1"\r\n').sheets[0].lines[1].cells == ("Satu", "Jl. A\r\nNo. 1")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x00\x00  \r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old_or_locked"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\x89PNG\r\n...", "not_a_table"),
        (b"PK\x03\x04 and then nothing of a zip", "broken"),
        (b"Nama\x01\x02,Satu", "broken"),
        (b"x" * (MOST_BYTES + 1), "too_big"),
    ],
)
def test_what_is_no_table_is_refused_with_words(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_file_with_macros_is_refused() -> None:
    data = saved(lambda sheet: sheet.append(["Nama"]))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"...")
    assert refused(out.getvalue()) == "macros"


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(saved(lambda sheet: [sheet.append([f"Yayasan {n}", "x" * 50]) for n in range(200)]))
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = b"\xff" * 40
    assert refused(bytes(data)) == "broken"


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return out.getvalue()


def test_a_file_that_unfolds_without_end_is_refused_before_it_does() -> None:
    assert refused(zipped("xl/worksheets/sheet1.xml", bytes(400 * 2**20))) == "unpacks_too_large"


def test_two_hundred_thousand_rows_are_refused_before_they_are_read() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    sheet = "<worksheet><sheetData>" + "".join(row.format(n) for n in range(1, 200_001)) + "</sheetData></worksheet>"
    assert refused(zipped("xl/worksheets/sheet1.xml", sheet.encode())) == "too_many_rows"
    assert refused(b"\n".join(b"Satu;Dua" for _ in range(200_000))) == "too_many_rows"


def test_as_many_rows_as_promised_are_read() -> None:
    lines = "\n".join(["Nama;Jenis", *(f"Yayasan {n};Yayasan" for n in range(MOST_ROWS))])
    assert len(read_book(lines.encode()).sheets[0].lines) == MOST_ROWS + 1


@pytest.mark.parametrize(("cell", "code"), [("A1048576", "too_many_rows"), ("XFD2", "too_wide")])
def test_a_lonely_cell_far_away_is_refused(cell: str, code: str) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"] = "Nama"
        sheet[cell] = "jauh"

    assert refused(saved(fill)) == code


def test_rows_that_are_only_coloured_are_no_rows() -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(["Nama"])
        sheet.append(["Satu"])
        sheet["B70000"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")

    assert len(read_book(saved(fill)).sheets[0].lines) == 2
