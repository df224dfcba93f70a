"""Invented names of organisations, plausible to the ear and tied to nobody."""

from collections.abc import Iterator
from random import Random

FORMS = {
    "OT.Y": ("Yayasan",),
    "OT.P": ("Perkumpulan", "Lembaga"),
    "OT.S": ("Lembaga", "Forum Warga"),
    "OT.T": ("Komunitas", "Sahabat", "Rumah"),
    "OT.R": ("Majelis", "Lingkar Doa"),
    "OT.SP": ("Serikat",),
}
WEIGHTS = (5, 4, 3, 4, 2, 1)  # of the forms, in their order above
FIRST = (
    "Ambal", "Angsoka", "Batang", "Bayu", "Bening", "Bestari", "Cempaka", "Damar", "Embun", "Fajar", "Gema", "Gaharu",
    "Hulu", "Ijuk", "Jembar", "Kelana", "Kemuning", "Lembayung", "Lontar", "Mahoni", "Mata Air", "Nyiur", "Obor",
    "Padi", "Pelita", "Rimbun", "Sawah", "Selasar", "Suluh", "Tanjung", "Tapak", "Titian", "Tunas", "Ulin", "Wangi",
    "Waringin",
)  # fmt: skip
SECOND = (
    "Bersama", "Desa", "Hening", "Ibu", "Kampung", "Karsa", "Lestari", "Mandiri", "Merdesa", "Muda", "Nalar", "Peduli",
    "Perempuan", "Pesisir", "Rukun", "Sejati", "Setara", "Tani", "Warga", "Wicara",
)  # fmt: skip
NETWORK_OF = (
    "Advokasi Anggaran", "Bantuan Hukum Rakyat", "Data Warga", "Desa Inklusif", "Difabel Setara", "Ekonomi Solidaritas",
    "Hak Anak", "Hutan Adat", "Identitas Hukum", "Kemanusiaan", "Kesehatan Ibu", "Lansia Bermartabat",
    "Literasi Digital", "Lumbung Pangan", "Nelayan Kecil", "Pekerja Migran", "Pendidikan Rakyat",
    "Perempuan Pedesaan", "Perlindungan Sosial", "Tangguh Bencana",
)  # fmt: skip


def organisation_names(random: Random) -> Iterator[tuple[str, str]]:
    """Endless (form, name) pairs without a repetition; some 4,000 before a number has to be added."""
    seen: set[str] = set()
    forms = list(FORMS)
    while True:
        form = random.choices(forms, weights=WEIGHTS)[0]
        stem = f"{random.choice(FORMS[form])} {random.choice(FIRST)} {random.choice(SECOND)}"
        name, number = stem, 1
        while name in seen:
            number += 1
            name = f"{stem} {number}"
        seen.add(name)
        yield form, name
