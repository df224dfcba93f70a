"""Tables as files, which any Excel opens and which run nothing."""

import io
import os
import sys
import time
import zipfile
from datetime import date

import pytest

from simpul.interop.reading import read_book
from simpul.interop.writing import Page, write_csv, write_xlsx

RISKY = ["=1+1", "+62", "-5", "@SUM(A1)", "\tx"]


def test_what_is_written_is_read_again() -> None:
    rows = [["Yayasan A", 2008, 3.5, date(2024, 1, 12), None], ["Désa", 1, 0.5, None, True]]
    [sheet] = read_book(write_xlsx([Page("Data: a/b", list("ABCDE"), rows)])).sheets
    assert [line.cells for line in sheet.lines[1:]] == [
        ("Yayasan A", 2008, 3.5, "2024-01-12"),
        ("Désa", 1, 0.5, None, True),
    ]


def test_a_workbook_is_written_without_touching_the_disk() -> None:
    opened: list[object] = []
    listening = True
    # What is opened to be written, by whatever library. An audit hook can't be taken away again, only told to be quiet.
    sys.addaudithook(
        lambda event, args: (
            opened.append(args[0])
            if listening and event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
            else None
        )
    )
    data = write_xlsx([Page("Warga", ["Nama"], [["Inaq Sarinah"]] * 2_000), Page("Lain", ["Nama"], [])])
    listening = False
    assert opened == []
    assert [len(sheet.lines) for sheet in read_book(data).sheets] == [2_001, 1]


def test_text_that_looks_like_a_formula_stays_text_in_a_workbook() -> None:
    [sheet] = read_book(write_xlsx([Page("Data", ["=A"], [[text] for text in RISKY])])).sheets
    assert [line.cells[0] for line in sheet.lines] == ["=A", "=1+1", "+62", "-5", "@SUM(A1)", "x"]
    assert "formulas" not in sheet.notes


@pytest.mark.parametrize("text", RISKY)
def test_text_that_looks_like_a_formula_is_quoted_in_a_csv(text: str) -> None:
    written = b"".join(write_csv(Page("Data", ["A"], [[text]]))).decode()
    assert written.split("\r\n")[1].lstrip('"').startswith("'")


def test_a_number_below_zero_is_a_number_and_not_quoted() -> None:
    assert b"".join(write_csv(Page("Data", ["A"], [[-5]]))).decode() == "A\r\n-5\r\n"


def test_a_csv_for_indonesian_excel_has_its_mark_semicolons_and_commas() -> None:
    page = Page("Data", ["Nama", "Nilai"], [["Lembaga, dan mitra", 3.5]])
    assert b"".join(write_csv(page, for_excel=True)) == "\ufeffNama;Nilai\r\nLembaga, dan mitra;3,5\r\n".encode()


def test_a_long_csv_comes_in_pieces() -> None:
    pieces = list(write_csv(Page("Data", ["A"], ([n] for n in range(1_000)))))
    assert len(pieces) == 6
    assert len(b"".join(pieces).splitlines()) == 1_001


def test_the_same_pages_are_the_same_bytes_whenever_they_are_written() -> None:
    pages = [Page("Warga", ["Nama", "Sejak"], [["Inaq Sarinah", date(2024, 1, 12)]]), Page("Lain", ["Nama"], [])]
    written = write_xlsx(pages)
    time.sleep(2.1)  # an archive counts in steps of two seconds
    assert write_xlsx(pages) == written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(date.today().year) not in archive.read("docProps/core.xml").decode()  # noqa: DTZ011
