"""Exports in all the shapes that KoboToolbox and ODK give them, brought to one table."""

from collections.abc import Sequence

import pytest

from simpul.interop.limits import MOST_COLUMNS, WIDEST
from simpul.interop.models import ImportBatch
from simpul.interop.reading import read_book
from simpul.interop.tables import Book, Cell, Line, Sheet
from simpul.kernel.errors import Invalid
from simpul.web.cases.incoming.columns import SEVERAL
from simpul.web.cases.incoming.recipe import CaseRecipe
from simpul.web.cases.incoming.unfolding import PERSON, unfold
from tests.cast import Cast
from tests.factories.kobo import csv_of, place, received, submission, workbook

RECIPE = CaseRecipe()


def book(*rows: tuple[Cell, ...], name: str = "Laporan") -> Book:
    return Book((sheet(*rows, name=name),))


def sheet(*rows: tuple[Cell, ...], name: str) -> Sheet:
    return Sheet(name, tuple(Line(n, row) for n, row in enumerate(rows, start=1)))


def unfolded(*sheets: Sheet) -> list[list[list[Cell]]]:
    found = unfold(Book(sheets), RECIPE.guess, SEVERAL)
    return [[list(line.cells) for line in one.lines] for one in found.sheets]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("korban/nama", "name"),
        ("Data Korban/Nama lengkap", "name"),
        ("3. Siapa nama korban?", "name"),
        ("nama_penyintas", "name"),
        ("identitas/korban/jenis_kelamin", "sex"),
        ("Jenis Kelamin", "sex"),
        ("usia", "age"),
        ("pelapor/nama", "reporter_name"),
        ("Nama pelapor", "reporter_name"),
        ("hubungan_pelapor_dengan_korban", "relation"),
        ("group_kasus/jenis_kekerasan", "types"),
        ("kejadian/tgl_kejadian", "happened"),
        ("apakah_setuju", "consent"),
        ("_uuid", "number"),
        ("meta/instanceID", "number"),
        ("_submission_time", "received"),
        ("_submitted_by", "written_by"),
        # Said of somebody else, or by the tool of itself.
        ("pelaku/nama", ""),
        ("nama_pelaku", ""),
        ("terlapor/umur", ""),
        ("saksi/nama", ""),
        ("data_pelaku/identitas/nama", ""),
        ("_id", ""),
        ("_tags", ""),
        ("_status", ""),
        ("_notes", ""),
        ("_index", ""),
        ("__version__", ""),
        ("deviceid", ""),
    ],
)
def test_a_head_is_understood_by_its_path(head: str, column: str) -> None:
    assert RECIPE.guess(head) == column


def test_the_tools_own_instant_counts_before_a_question() -> None:
    heads = ["tanggal_laporan", "nama", "_submission_time", "meta/instanceID", "_uuid"]
    assert RECIPE.name_columns(heads) == ["", "name", "received", "", "number"]


def test_a_question_spread_over_its_answers_is_one_column_again() -> None:
    heads = ("nama", "kasus/jenis_kasus", "kasus/jenis_kasus/ktp", "kasus/jenis_kasus/kk", "umur")
    [rows] = unfolded(
        sheet(heads, ("A", "ktp kk", 1, 1, 7), ("B", "kk", 0, "1", 8), ("C", None, None, None, 9), name="L")
    )
    assert rows[0] == ["nama", "kasus/jenis_kasus", "umur"]
    assert [row[1] for row in rows[1:]] == ["ktp; kk", "kk", None]


def test_labels_that_can_not_be_told_apart_by_spaces_are_by_their_columns() -> None:
    heads = ("Jenis kasus", "Jenis kasus/Kekerasan fisik", "Jenis kasus/Kekerasan psikis")
    [rows] = unfolded(sheet(heads, ("Kekerasan fisik Kekerasan psikis", "1", "1"), name="L"))
    assert rows[1] == ["Kekerasan fisik; Kekerasan psikis"]


def test_without_the_whole_question_its_answers_are_enough() -> None:
    [rows] = unfolded(sheet(("jenis/fisik", "nama", "jenis/psikis"), (True, "A", False), (0, "B", 0), name="L"))
    assert rows == [["jenis", "nama"], ["fisik", "A"], [None, "B"]]


def test_a_group_of_questions_answered_by_one_and_nought_stays_a_group() -> None:
    heads = ("korban/disabilitas", "korban/boleh_ditelepon")
    assert unfolded(sheet(heads, (1, 0), name="L")) == [[list(heads), [1, 0]]]


def test_a_plain_table_stays_as_it_is() -> None:
    rows = [["Nama", "Umur"], ["A", 7]]
    assert unfolded(sheet(*map(tuple, rows), name="L")) == [rows]
    assert unfold(Book((Sheet("kosong", ()),)), RECIPE.guess, SEVERAL).sheets[0].lines == ()


def test_people_of_a_repeated_group_stand_beside_their_report() -> None:
    reports = sheet(("desa", "_index"), ("Satu", 1), ("Dua", 2), ("Tiga", 3), name="Laporan")
    people = sheet(
        ("nama", "_index", "_parent_table_name", "_parent_index"),
        ("A", 1, "Laporan", 1), ("B", 2, "Laporan", 1), ("C", 3, "Laporan", 3), name="korban",
    )  # fmt: skip
    [rows] = unfolded(reports, people)
    assert rows == [
        [PERSON, "nama", "desa", "_index"], [1, "A", "Satu", 1], [2, "B", "Satu", 1], [None, None, "Dua", 2],
        [3, "C", "Tiga", 3],
    ]  # fmt: skip


def test_a_group_within_a_group_and_a_second_group_are_not_read() -> None:
    reports = sheet(("desa", "_index"), ("Satu", 1), name="Laporan")
    heads = ("nama", "_index", "_parent_table_name", "_parent_index")
    parts = [sheet(heads, ("X", 1, parent, 1), name=name)
             for name, parent in (("korban", "anggota"), ("pelaku", "Laporan"), ("barang", "Laporan"))]  # fmt: skip
    found = unfold(Book((reports, *parts)), RECIPE.guess, SEVERAL)
    assert [(one.name, one.notes) for one in found.sheets] == [("Laporan", {"unread": 3})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_of_any_encoding_is_read(encoding: str) -> None:
    data = csv_of(submission(nama="Inaq José")).decode().encode(encoding)
    found = unfold(read_book(data), RECIPE.guess, SEVERAL)
    assert "Inaq José" in found.sheets[0].lines[1].cells


def wide(answers: int) -> list[Sequence[Cell]]:
    """A question with so many answers, each in a column of its own, as KoboToolbox may export it."""
    heads = ["nama", "kasus/jenis_kasus", *(f"kasus/jenis_kasus/a{n}" for n in range(answers))]
    return [heads, ["A", "a1", *(int(n == 1) for n in range(answers))]]


@pytest.mark.parametrize("is_csv", [True, False])
def test_a_file_is_as_wide_as_it_is_once_its_answers_are_folded(cast: Cast, is_csv: bool) -> None:
    place()
    rows = wide(300)
    data = "\n".join(";".join(map(str, row)) for row in rows).encode() if is_csv else workbook(Laporan=rows)
    with pytest.raises(Invalid) as refused:
        read_book(data)
    assert refused.value.code == "too_wide"
    found = unfold(read_book(data, widest=WIDEST), RECIPE.guess, SEVERAL)
    assert [list(line.cells) for line in found.sheets[0].lines] == [["nama", "kasus/jenis_kasus"], ["A", "a1"]]


def test_what_is_still_too_wide_is_refused_and_leaves_nothing(cast: Cast) -> None:
    place()
    heads = [f"k{n}" for n in range(MOST_COLUMNS + 1)]
    with pytest.raises(Invalid) as refused:
        received(cast.budi, cast.lentera, workbook(Laporan=[heads, heads]), widest=WIDEST)
    assert refused.value.code == "too_wide"
    assert not ImportBatch.objects.exists()
