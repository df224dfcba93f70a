"""The library of the story: a handbook for village groups in two languages with a recording of each, a guide, and who
has read them.

The recordings were spoken by a machine (espeak-ng with its Indonesian voice, 10 kbit/s Opus): nobody's voice is in the
demo.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import FileKind, ItemKind, Readers, Tongue
from simpul.activities.models import LibraryEdition, LibraryItem
from simpul.activities.services.library import add_item, note_reading, publish_item, write_edition
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.documents.services.keeping import add_document
from simpul.documents.services.uploads import begin_upload, receive_part
from simpul.kernel.localized import LocalizedText
from simpul.organisations.sectors import Sector

SOUNDS: Final = Path(__file__).with_name("sounds")
WRITTEN, READ = date(2025, 2, 10), date(2025, 2, 21)
HANDBOOK: Final = """# Untuk apa kelompok ini ada

Kelompok konstituen mendampingi siapa pun di desa yang sulit menjangkau layanan. Kelompok tidak menghakimi,
tidak menagih, dan tidak menjanjikan hasil.

# Divisi Hubungan Masyarakat

- memberi tahu warga layanan apa yang ada, kapan, dan apa yang harus dibawa
- meluruskan kabar bohong dengan sumber yang bisa diperiksa
- tidak pernah menyebut nama orang yang didampingi

# Divisi Ekonomi

- membantu izin usaha dan mencari modal yang wajar
- mengingatkan bahaya pinjaman berbunga tinggi

# Divisi Pendataan

- menjaga daftar layanan dan nomor kontak tetap benar
- mencatat seperlunya: yang tidak perlu tidak ditanyakan

# Divisi Pengaduan dan Pendampingan

- mendengar dulu, mencatat kemudian, dan meminta persetujuan sebelum merujuk
- menelepon UPTD PPA hari itu juga bila ada kekerasan
- tidak pernah memediasi kekerasan seksual dan perkawinan anak
"""
SASAK: Final = """# Kadu ape kelompok niki

Kelompok niki nulung sai doang leq desa saq susah bedait layanan. Ndeq naen tagih kepeng,
ndeq naen janjiang hasil.

# Divisi Pengaduan

- dengahang juluk, baruq catet
- tendok rahasie dengan
- tilpun UPTD PPA jelo nike endah lamun araq kekerasan
"""
BUDGET: Final = """# Tiga pertanyaan untuk APBDes

Minta papan informasi APBDes, lalu baca bersama tiga hal ini.

- Berapa untuk layanan dasar, dan berapa untuk bangunan?
- Apa yang tahun lalu direncanakan tetapi tidak dikerjakan?
- Adakah ongkos rujukan dan operasional kelompok?

# Kapan bersuara

Musyawarah desa untuk RKPDes mulai bulan Juni. Usulan yang datang dengan angka lebih sering diterima.
"""
BUDGET_EN: Final = """# Three questions to a village budget

Ask for the budget board of the village, then read these three things in it together.

- How much is for basic services, and how much for buildings?
- What was planned last year and not done?
- Does it pay for the way to an office, and for the group's own costs?

# When to speak up

The village meets on next year's plan from June on. A proposal that comes with numbers is taken up more often.
"""


@dataclass(frozen=True, slots=True)
class StoryItem:
    key: str
    owner: str
    kind: str
    title: LocalizedText
    about: LocalizedText
    readers: str
    sector: str
    texts: Mapping[str, str]


ITEMS: Final = (
    StoryItem(
        "buku-saku",
        "support",
        ItemKind.HANDBOOK,
        LocalizedText(id="Buku saku kelompok: tugas dan fungsi", en="A group's handbook: who does what"),
        LocalizedText(
            id="Tugas tiap divisi, dan yang tidak boleh dilakukan.",
            en="What each division does, and what nobody may do.",
        ),
        Readers.VILLAGE_GROUPS,
        Sector.WOMEN_AND_CHILDREN,
        {Tongue.INDONESIAN: HANDBOOK, Tongue.SASAK: SASAK},
    ),
    StoryItem(
        "membaca-apbdes",
        "forum",
        ItemKind.GUIDE,
        LocalizedText(id="Membaca APBDes bersama warga", en="Reading a village budget with residents"),
        LocalizedText(id="Tiga pertanyaan yang cukup untuk mulai.", en="Three questions that are enough to begin."),
        Readers.EVERYBODY,
        Sector.BUDGET_TRANSPARENCY,
        {Tongue.INDONESIAN: BUDGET, Tongue.ENGLISH: BUDGET_EN},
    ),
)
READINGS: Final = (
    ("buku-saku", "lentera", Tongue.SASAK, 21),
    ("buku-saku", "aik-bening", Tongue.INDONESIAN, 9),
    ("membaca-apbdes", "lentera", Tongue.INDONESIAN, 12),
)


def load_library() -> None:
    items = {one.key: _item(one) for one in ITEMS}
    for key, group, language, people in READINGS:
        note_reading(
            DEMO, items[key], organisation=organisation(group), language=language, read_on=READ, people=people,
            now=at(READ),
        )  # fmt: skip


def _item(one: StoryItem) -> LibraryItem:
    item = add_item(
        DEMO, organisation(one.owner), kind=one.kind, title=one.title, about=one.about, readers=one.readers,
        sector=one.sector, visibility=Visibility.PUBLIC, id=key_of(f"library/{one.key}"), now=at(WRITTEN),
    )  # fmt: skip
    for language, words in one.texts.items():
        edition = write_edition(DEMO, item, language=language, text=words, now=at(WRITTEN))
        add_recording(edition, SOUNDS / f"{one.key}.{language}.ogg")
    return publish_item(DEMO, item, now=at(WRITTEN))


def add_recording(edition: LibraryEdition, file: Path) -> None:
    """Where there is one."""
    if not file.exists():
        return
    data, key = file.read_bytes(), key_of(f"library/{file.name}")
    begin_upload(DEMO, key=key, size=len(data), now=at(WRITTEN))
    receive_part(DEMO, key, offset=0, source=io.BytesIO(data), now=at(WRITTEN))
    title = "Dibacakan" if edition.language == Tongue.INDONESIAN else "Tebace"
    add_document(
        DEMO, edition.ref, id=key, upload=key, title=title, kind=FileKind.AUDIO, audience=Visibility.PUBLIC,
        now=at(WRITTEN),
    )  # fmt: skip


def at(day: date) -> datetime:
    """Ten in the morning in Lombok."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
