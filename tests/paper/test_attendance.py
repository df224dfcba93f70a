"""The sheet to sign, and the picture of a link."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from simpul.paper.attendance import AttendanceSheet, print_attendance
from simpul.paper.cards import Card, draw_card

SHEET = AttendanceSheet(
    language="id",
    sender="Forum Contoh",
    sender_lines=("Lombok Timur",),
    title="Daftar hadir",
    about=(("Kegiatan", "Pelatihan #1 [contoh]"), ("Tempat", "Aula desa")),
    header=("No.", "Nama", "L/P", "Tanda tangan atau cap jempol"),
    widths=(0.5, 3, 0.7, 2.6),
    rows=(("Inaq *Contoh*", "P"), ("Amaq Contoh", "L")),
    blank=3,
    note="Boleh cap jempol.",
    signers=("Mengetahui", "Panitia"),
    stamp="cap",
    footer="Dicetak 2 Juni 2025",
)
CARD = Card(
    language="id",
    title="Semidaring no. 8: #menjaga [anak]",
    kind="Webinar",
    weekday="Jumat",
    day="27",
    month="Nov 2026",
    when="27 November 2026, 09.00–11.00 WITA",
    place="Daring",
    sender="Jaringan Contoh",
)


def words(sheet: AttendanceSheet) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(print_attendance(sheet))).pages]


def test_every_line_has_its_number_and_what_is_known_of_it() -> None:
    (page,) = words(SHEET)
    for text in ("DAFTAR HADIR", "Pelatihan #1 [contoh]", "Inaq *Contoh*", "Amaq Contoh", "Mengetahui", "cap"):
        assert text in page
    lines = page.splitlines()
    assert [n for n in range(1, 7) if str(n) in " ".join(lines).split()] == [1, 2, 3, 4, 5]


def test_its_head_stands_on_every_page() -> None:
    pages = words(replace(SHEET, blank=40))
    assert len(pages) > 2
    assert all("Tanda tangan" in page for page in pages[:2])


def test_a_row_that_does_not_fit_the_columns_is_refused() -> None:
    with pytest.raises(ValueError):
        print_attendance(replace(SHEET, rows=(("Inaq Contoh",),)))


@pytest.mark.parametrize("card", [CARD, replace(CARD, stamp="Dibatalkan"), replace(CARD, title="Panjang sekali " * 10)])
def test_a_card_has_the_size_that_messengers_show(card: Card) -> None:
    drawn = draw_card(card)
    with Image.open(BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(drawn) < 300_000
    assert drawn == draw_card(card)
    assert drawn != draw_card(replace(card, title="Lain"))
