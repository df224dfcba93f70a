"""What was asked in the village and answered, what the mobile service handled, what a dialogue found."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from simpul.activities.kinds import EventKind, Part, Visibility
from simpul.activities.models import Consultation, Event
from simpul.activities.result_kinds import Group, OutcomeKind, Reply, Served
from simpul.activities.services.consultations import (
    add_consultation_meeting,
    ask_question,
    give_answer,
    hear_voice,
    publish_consultation,
)
from simpul.activities.services.programme import add_contribution
from simpul.activities.services.results import Bulk, count_served, note_input, note_outcome, note_voice
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.events import Gathering, at, came, guests, held, text
from simpul.demo.story.organisations import AIK_BENING, LENTERA_JATI, LOTIM
from simpul.kernel.localized import LocalizedText
from simpul.territory.queries.areas import area

# 251 papers for residents of two villages.
SERVED: Final = (
    (Served.IDENTITY_CARD, LENTERA_JATI, 58),
    (Served.FAMILY_CARD, LENTERA_JATI, 37),
    (Served.BIRTH, LENTERA_JATI, 31),
    (Served.CHILD_CARD, LENTERA_JATI, 24),
    (Served.IDENTITY_CARD, AIK_BENING, 41),
    (Served.FAMILY_CARD, AIK_BENING, 26),
    (Served.BIRTH, AIK_BENING, 19),
    (Served.CHILD_CARD, AIK_BENING, 15),
)
DISCUSSION: Final = Gathering(
    "diskusi-rkpdes", "lentera", EventKind.VILLAGE_DISCUSSION,
    text("Diskusi warga: apa yang didahulukan desa?", "Residents discuss what the village puts first"),
    date(2025, 6, 14), hour=19, lasts=2, area=LENTERA_JATI, venue="Balai desa",
)  # fmt: skip
DIALOGUE: Final = Gathering(
    "dialog-antariman", "jaringan-12", EventKind.INTERFAITH_DIALOGUE,
    text("Dialog pemuda lintas iman: rumah ibadah tetangga", "Young people of all faiths: our neighbours' prayers"),
    date(2026, 10, 3), area="52.06", venue="Aula kelurahan",
)  # fmt: skip
VOICES: Final = (
    (Group.WOMEN, "Ongkos ke kota untuk mengurus kasus ditanggung desa, jangan dari kantong relawan.", 14),
    (Group.DISABILITY, "Jalan dari dusun timur ke posyandu diratakan, kursi roda tidak bisa lewat.", 3),
    (Group.YOUTH, "Ada ruang belajar dengan internet di balai desa.", 11),
    (Group.FARMERS, "Saluran irigasi dibersihkan sebelum tanam.", 9),
    (Group.OLDER, "Posyandu lansia setiap bulan, bukan dua kali setahun.", None),
)


def load_voices() -> None:
    _service()
    _village_question()
    _overdue_question()
    _dialogue()


def _service() -> None:
    event = Event.objects.get(pk=key_of("event/layanan-keliling"))
    rows = [Bulk(kind, number, area(code)) for kind, code, number in SERVED]
    count_served(DEMO, event, rows=rows, now=event.ends_at)


@dataclass(frozen=True, slots=True)
class Asked:
    key: str
    host: str
    question: LocalizedText
    asked: str
    opens: date
    closes: date
    due: date
    area: str


def _ask(one: Asked) -> Consultation:
    row = ask_question(
        DEMO, organisation(one.host), question=one.question, asked=one.asked, opens_on=one.opens, closes_on=one.closes,
        answer_due_on=one.due, area=area(one.area), visibility=Visibility.PUBLIC,
        id=key_of(f"consultation/{one.key}"), now=at(one.opens, 8),
    )  # fmt: skip
    return publish_consultation(DEMO, row, now=at(one.opens, 9))


def _village_question() -> None:
    question = text("Apa yang harus didahulukan dalam RKPDes 2026?", "What should the village plan for 2026 put first?")
    days = date(2025, 6, 2), date(2025, 6, 20), date(2025, 9, 30)
    row = _ask(Asked("rkpdes", "lentera", question, "Pemerintah Desa Lentera Jati", *days, LENTERA_JATI))
    met = held(DISCUSSION)
    came(met, guests(["lentera"] * 6))
    add_consultation_meeting(DEMO, row, event=met, now=met.ends_at)
    for group, words, people in VOICES:
        hear_voice(DEMO, row, group=group, words=words, people=people, event=met, now=met.ends_at)
    answer = text(
        "RKPDes ditetapkan 26 September: Rp45.000.000 untuk operasional kelompok dan ongkos rujukan, jalan dusun timur "
        "masuk tahap pertama. Ruang belajar dibahas lagi tahun depan.",
        "The village plan was enacted on 26 September: Rp45,000,000 for the group and for the way to offices, the road "
        "of the eastern hamlet comes first. The room for learning is looked at again next year.",
    )
    day = date(2025, 9, 27)
    give_answer(
        DEMO, row, reply=Reply.PARTLY, words=answer, answered_on=day, answered_by="Pemerintah Desa Lentera Jati",
        now=at(day, 10),
    )  # fmt: skip


def _overdue_question() -> None:
    question = text(
        "Bagaimana warga diberi tahu sebelum kartu JKN dimatikan?",
        "How are residents told before their insurance card is switched off?",
    )
    days = date(2026, 8, 3), date(2026, 9, 15), date(2026, 10, 15)
    row = _ask(Asked("jkn", "forum", question, "Dinas Sosial Lombok Timur (contoh)", *days, LOTIM))
    for group, words in (
        (Group.POOR, "Kartu mati baru diketahui di loket puskesmas, saat sudah sakit."),
        (Group.VILLAGE, "Desa tidak pernah menerima daftar nama yang dinonaktifkan."),
        (Group.CIVIL_SOCIETY, "Cek bersama setiap bulan, hasilnya ditempel di balai desa."),
    ):
        hear_voice(DEMO, row, group=group, words=words, now=at(date(2026, 8, 20), 10))


def _dialogue() -> None:
    met = held(DIALOGUE)
    came(met, guests(["jaringan-12", "oms-6", "radio", "kampus", "oms-5"]))
    speaker = add_contribution(
        DEMO, met, part=Part.SPEAKER, name="Narasumber", position="Tokoh agama", now=met.starts_at
    )
    said = note_input(
        DEMO, speaker, words="Rumah ibadah kecil di kelurahan ini sudah dua kali dilempari; tetangga ikut berjaga.",
        now=met.ends_at,
    )  # fmt: skip
    for group, words in (
        (Group.YOUTH, "Kami belum pernah masuk ke rumah ibadah itu. Bulan depan kami datang membantu bersih-bersih."),
        (Group.FAITH, "Pengurus siap menerima kunjungan dan menjelaskan."),
    ):
        note_voice(DEMO, met, group=group, words=words, answers=said, now=met.ends_at)
    young = organisation("jaringan-12")
    for kind, words, due in (
        (
            OutcomeKind.CLEARED,
            "Kabar bahwa rumah ibadah itu menerima anak tanpa izin orang tua ternyata tidak benar.",
            None,
        ),
        (OutcomeKind.JOINT, "Bersih-bersih bersama dan jaga malam bergilir.", date(2026, 11, 7)),
        (OutcomeKind.STATEMENT, "Pernyataan bersama: kampung ini milik semua.", None),
    ):
        note_outcome(DEMO, met, kind=kind, words=words, organisation=young, due_on=due, now=met.ends_at)
