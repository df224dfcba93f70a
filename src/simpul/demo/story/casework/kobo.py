"""What volunteers wrote down in KoboCollect on their round through the hamlets: Budi has brought it in and decides."""

import hashlib
from typing import Final

from simpul.demo.keys import key_of, organisation
from simpul.demo.story.casework.acts import acting, ago
from simpul.interop.reading import read_book
from simpul.interop.services.checking import check_rows
from simpul.interop.services.staging import map_columns, receive_import
from simpul.interop.services.suggesting import suggest_by_form
from simpul.interop.writing import Page, write_xlsx

HEADS: Final = ("p1", "p2", "p3", "k1", "k2", "k3", "k4", "s1", "s2", "_uuid", "_submission_time", "_submitted_by")
# As the tool writes it, named by the form below. Nobody's: the village is invented.
ROWS: Final = (
    ("Inaq Rumilah", "P", 58, "1", "Lentera Jati", "2", "1", "ya", "Kader Sumiati"),
    ("Amaq Jumahir", "L", 63, "2 3", "Lentera Jati", "1", "1", "ya", "Kader Sumiati"),
    ("Inaq Sarinah", "P", 62, "4", "Lentera Jati", "2", "1", "ya", "Kader Sumiati"),
    ("Inaq Mahnim", "P", 45, "3", "Aik Bening", "2", "2", "ya", "Kader Sumiati"),
    ("Amaq Sapoan", "L", 39, "1", "Lentera Jati", "2", "1", "tidak", "Kader Sumiati"),
)
SURVEY: Final = (
    ("text", "p1", "Nama korban atau pemohon"), ("select_one jk", "p2", "Jenis kelamin"), ("integer", "p3", "Umur"),
    ("select_multiple jenis", "k1", "Jenis kasus"), ("text", "k2", "Desa"),
    ("select_one saluran", "k3", "Bagaimana laporan diterima?"),
    ("select_one hubungan", "k4", "Siapa yang melapor?"), ("select_one ya", "s1", "Apakah setuju dicatat?"),
    ("text", "s2", "Saksi persetujuan"),
)  # fmt: skip
CHOICES: Final = (
    ("jk", "P", "Perempuan"), ("jk", "L", "Laki-laki"), ("jenis", "1", "KTP"), ("jenis", "2", "Kartu Keluarga"),
    ("jenis", "3", "Akta kelahiran"), ("jenis", "4", "PKH"), ("saluran", "1", "Datang langsung"),
    ("saluran", "2", "Kunjungan rumah"), ("hubungan", "1", "Diri sendiri"),
    ("hubungan", "2", "Tetangga"), ("ya", "ya", "Ya"), ("ya", "tidak", "Tidak"),
)  # fmt: skip


def load_kobo() -> None:
    """Named by the form itself. Of one row the person said no, so it is not entered; one is perhaps known already."""
    now = ago(hours=3)
    budi = acting("budi", now)
    rows = [
        (*told, str(key_of(f"kobo/{number}")), ago(days=2, hours=number).isoformat(), "relawan_contoh")
        for number, told in enumerate(ROWS)
    ]
    data = write_xlsx([Page("Laporan", list(HEADS), rows)])
    batch = receive_import(
        budi, recipe="cases", organisation_id=organisation("lentera").pk, file_name="laporan-keliling.xlsx",
        book=read_book(data), sha256=hashlib.sha256(data).hexdigest(), now=now, id=key_of("import/kobo"),
    )  # fmt: skip
    form = [Page("survey", ["type", "name", "label"], SURVEY), Page("choices", ["list_name", "name", "label"], CHOICES)]
    suggest_by_form(budi, batch, read_book(write_xlsx(form)), now=now)
    batch.refresh_from_db()
    map_columns(budi, batch, mapping=dict(batch.places), options={}, now=now)
    check_rows(budi, batch, now=now)
