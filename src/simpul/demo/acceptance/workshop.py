"""A workshop as the source documents tell of one: three speakers, online, feedback by party, agreed schemes."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from simpul.activities.details import Details
from simpul.activities.kinds import EventKind, Mode, Part, Question, Visibility
from simpul.activities.queries.events import sessions_of
from simpul.activities.result_kinds import Group, OutcomeKind, Scheme
from simpul.activities.services.attendance import walk_in
from simpul.activities.services.events import create_event
from simpul.activities.services.life import hold_event, publish_event
from simpul.activities.services.programme import add_contribution
from simpul.activities.services.results import note_input, note_outcome, note_voice
from simpul.demo.acceptance.plan import PlannedForum
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.kernel.localized import LocalizedText
from simpul.territory.queries.areas import area

REGENCY: Final = "36.02"
DAY: Final = date(2021, 9, 14)
SPEAKERS: Final = (
    ("Kepala badan perencanaan daerah", "Perencanaan daerah dan tata kelola yang kolaboratif."),
    ("Ketua organisasi keagamaan", "Pengalaman organisasi bekerja sama dengan pemerintah daerah dan swasta."),
    ("Pendamping perempuan kepala keluarga", "Peran organisasi dalam pembangunan: kesempatan dan tantangan."),
)
VOICES: Final = (
    (0, Group.GOVERNMENT, "Data organisasi aktif perlu satu pintu."),
    (0, Group.CIVIL_SOCIETY, "Libatkan kami sejak rancangan awal, bukan saat pengesahan."),
    (1, Group.BUSINESS, "CSR bisa disatukan dengan rencana desa."),
    (2, Group.ACADEMIA, "Kampus bisa mendampingi penulisan laporan."),
    (2, Group.CIVIL_SOCIETY, "Pelatihan pembukuan paling dibutuhkan."),
)
SCHEMES: Final = (
    (Scheme.INSTITUTION, "Pendampingan tata kelola untuk organisasi anggota forum."),
    (Scheme.TRAINING, "Pelatihan pembukuan dan pelaporan kinerja."),
    (Scheme.MOVEMENT, "Kerja sama lintas sektor lewat forum pembelajaran."),
    (Scheme.DIGITAL, "Kelas literasi digital untuk pengurus."),
)


def hold_workshop(forum: PlannedForum) -> None:
    network, begin = organisation(forum.key), datetime(DAY.year, DAY.month, DAY.day, 2, tzinfo=UTC)
    event = create_event(
        DEMO, network, kind=EventKind.WORKSHOP, mode=Mode.ONLINE, visibility=Visibility.PUBLIC, area=area(REGENCY),
        title=LocalizedText(
            id="Merumuskan model pemerintahan kolaboratif", en="Drafting a model of collaborative government"
        ),
        starts_at=begin, ends_at=begin + timedelta(hours=4), now=begin - timedelta(days=14),
        asks=[Question.ORGANISATION, Question.STAKEHOLDER, Question.SEX], id=key_of("event/lokakarya-kolaboratif"),
    )  # fmt: skip
    publish_event(DEMO, event, now=begin - timedelta(days=14))
    session = sessions_of(event)[0]
    parties = ["government", "government", "government", "academia", "academia", "business", "business", "media"]
    for number, party in enumerate(parties):
        walk_in(DEMO, session, details=Details(f"Peserta {number}", stakeholder=party, sex="PL"[number % 2]), now=begin)
    for number, key in enumerate(forum.members[:9]):
        walk_in(
            DEMO, session, details=Details(f"Utusan {number}", sex="LP"[number % 2], organisation=organisation(key)),
            now=begin,
        )  # fmt: skip
    event = hold_event(DEMO, event, now=event.ends_at)
    inputs = []
    for position, words in SPEAKERS:
        by = add_contribution(DEMO, event, part=Part.SPEAKER, name="Narasumber", position=position, now=event.starts_at)
        inputs.append(note_input(DEMO, by, words=words, now=event.ends_at))
    for number, group, words in VOICES:
        note_voice(DEMO, event, group=group, words=words, answers=inputs[number], now=event.ends_at)
    for scheme, words in SCHEMES:
        note_outcome(
            DEMO, event, kind=OutcomeKind.SCHEME, scheme=scheme, words=words, organisation=network, now=event.ends_at
        )
