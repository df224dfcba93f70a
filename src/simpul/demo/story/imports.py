"""Two lists that the provincial secretariat brought: one in, one that still waits for Dewi's decisions."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils import timezone

from simpul.demo.keys import organisation
from simpul.demo.steps import DEMO
from simpul.interop.models import ImportBatch
from simpul.interop.reading import read_book
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.checking import check_rows
from simpul.interop.services.deciding import confirm_import
from simpul.interop.services.staging import map_columns, receive_import
from simpul.interop.writing import Page, write_xlsx

HEADS: Final = ("Nama lembaga", "Jenis", "Kab/Kota", "No HP", "Anggaran", "Tahun berdiri")
# Nobody's: names are invented, numbers of the kind that nobody has.
ENTERED: Final = (
    ("Sanggar Tenun Kembang Kuning (contoh)", "Komunitas", "Kab. Lombok Timur", "0800 000 0101", "Rp45 juta", "2016"),
    ("Yayasan Mata Air Sembalun (contoh)", "Yayasan", "Kab. Lombok Timur", "0800 000 0102", "Rp310 juta", "2011"),
    ("Perkumpulan Jurnalis Warga Tambora (contoh)", "Perkumpulan", "Kab. Bima", "0800 000 0103", "Rp90 juta", "2019"),
)
WAITING: Final = (
    ("Kelompok Sadar Hukum Batulayar (contoh)", "Komunitas", "Kab. Lombok Barat", "0800 000 0111", "Rp20 juta", "2020"),
    ("Yys. Suara Sasak (contoh)", "Yayasan", "Lombok Timur", "0800 000 0112", "Rp1,3 M", "2009"),
    ("Komunitas Teater Jerami (contoh)", "Komunitas", "Kota Mataram", "0800 000 0113", "", "2018"),
    ("LBH Rinjani (contoh)", "Perkumpulan", "Lombok Timur", "0800 000 0114", "Rp650 juta", "2013"),
    ("Perkumpulan Petani Garam Bolo (contoh)", "Perkumpulan", "Kab. Bima", "0800 000 0115", "Rp75 juta", "2017"),
    ("Rumah Baca Kokoksegara (contoh)", "Komunitas", "Lombok Timur", "0800 000 0116", "", "2021"),
    ("Lingkar Ibu Dompu (contoh)", "Entah", "Kab. Dompu", "0800 000 0117", "", "2022"),
    ("Koperasi Mutiara Sekotong (contoh)", "Komunitas", "Kab. Lombok Tenggara", "0800 000 0118", "", "2015"),
)


def load_imports() -> None:
    """What is decided about an import is decided within days: these count from the day the demo is loaded."""
    network = {"network": str(organisation("network").pk)}
    done = _checked("Daftar lembaga baru.xlsx", ENTERED, {})
    confirm_import(DEMO, done, now=timezone.now())
    while apply_rows(DEMO, done, now=timezone.now()):
        pass
    _checked("Anggota jaringan 2026.xlsx", WAITING, network)


def _checked(name: str, rows: Sequence[Sequence[str]], options: Mapping[str, str]) -> ImportBatch:
    now = timezone.now()
    batch = receive_import(
        DEMO,
        recipe="organisations",
        organisation_id=organisation("network").pk,
        file_name=name,
        book=read_book(write_xlsx([Page("Data", HEADS, rows)])),
        sha256=hashlib.sha256(repr(rows).encode()).hexdigest(),
        options=options,
        now=now,
    )
    map_columns(DEMO, batch, mapping=dict(batch.places), options={}, now=now)
    return check_rows(DEMO, batch, now=now)
