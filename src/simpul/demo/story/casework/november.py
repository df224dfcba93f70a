"""What waits at the desk: an office that was asked, an appointment; and a consent taken back the day before."""

from datetime import date
from typing import Final

from simpul.cases.consent_kinds import refer_to
from simpul.cases.service_kinds import ServiceKind
from simpul.cases.services.consents import withdraw_consent
from simpul.cases.services.helping import add_need
from simpul.cases.services.opening import open_case
from simpul.cases.services.planning import make_appointment, need_document, plan_step
from simpul.cases.services.progress import move_case, triage_case
from simpul.cases.services.referral_answers import answer_referral, note_opened
from simpul.cases.services.referral_links import issue_link, open_link
from simpul.cases.services.referrals import draft_referral, send_referral
from simpul.demo.keys import key_of, organisation
from simpul.demo.story.casework.acts import FIGURES, RECORD, acting, ago, answered_by_link, office, spoken, victim, wita
from simpul.demo.story.casework.signing import signed
from simpul.demo.story.organisations import LENTERA_JATI
from simpul.territory.queries.areas import area

SCHOOL: Final = "Bawa Kartu Keluarga"


def load_withdrawn_consent() -> None:
    """She was referred, and changed her mind: the office sees nothing more, and three days run."""
    now = ago(days=13)
    ani = acting("ani", now)
    case = open_case(
        ani, organisation("lentera"), area=area(LENTERA_JATI), branch="violence", types=["K.P"], settings=["domestic"],
        victim={"name": "Inaq Kenanga", "alias": "Kenanga", "sex": "P", "age_stated": 37, "phone": "0800-000-1102"},
        narrative="Tiap hari dihina dan dilarang keluar rumah.", channel="phone", relation="self", now=now,
        id=key_of("case/kenanga"),
    )  # fmt: skip
    one = victim(case)
    spoken("ani", one, [RECORD, FIGURES], now)
    agreed = spoken("ani", one, [refer_to(office("uptd").pk)], now)
    triage_case(acting("budi", now), case, risk="RK.S", authority="regency", now=ago(days=12, hours=21))
    sent = ago(days=12, hours=20)
    letter = draft_referral(
        ani, case, one, office("uptd"), request="Mohon konseling.", fields=["name", "phone"], now=sent,
        id=key_of("referral/kenanga-uptd"),
    )  # fmt: skip
    letter = send_referral(ani, letter, basis="consent", now=sent)
    answered_by_link("ani", letter, (ago(days=11, hours=20), "accept", "Konselor kami hubungi lewat kakaknya."))
    withdraw_consent(ani, agreed, capacity="self", now=ago(hours=20))


def load_answered_referral() -> None:
    """Opened on Citra's device with the PIN that Budi told her by telephone, and taken."""
    now = wita(2026, 11, 9, 8, 30)
    budi = acting("budi", now)
    case = open_case(
        budi, organisation("lentera"), area=area(LENTERA_JATI), branch="violence", types=["PA.1"],
        victim={"name": "Cempaka", "alias": "Cempaka", "sex": "P", "age_stated": 16, "phone": "0800-000-1109",
                "safe_contact": {"safe_to_call": False, "via": "Kader posyandu Sumiati"}},
        narrative="Guru BK mendengar rencana menikah setelah ujian.", channel="in_person", relation="teacher",
        now=now, id=key_of("case/cempaka"),
    )  # fmt: skip
    one = victim(case)
    spoken("budi", one, [RECORD, FIGURES, refer_to(office("uptd").pk)], wita(2026, 11, 9, 10), capacity="guardian",
           given_by="Nenek Cempaka")  # fmt: skip
    triage_case(budi, case, risk="RK.S", authority="regency", now=wita(2026, 11, 9, 10, 10))
    need = add_need(budi, one, kind=ServiceKind.FAMILY_EDUCATION, time_frame="week", due_on=date(2026, 11, 27),
                    now=wita(2026, 11, 9, 10, 15))  # fmt: skip
    letter = draft_referral(
        budi, case, one, office("uptd"), need=need, request="Mohon pendampingan keluarga sebelum ujian.",
        fields=["name", "age", "sex", "phone", "types"], now=wita(2026, 11, 9, 10, 20),
        id=key_of("referral/cempaka-uptd"),
    )  # fmt: skip
    sent = send_referral(budi, letter, basis="consent", now=wita(2026, 11, 9, 10, 25))
    issued = issue_link(budi, sent, now=wita(2026, 11, 9, 10, 26))
    seen = wita(2026, 11, 9, 14, 2)
    citra = acting("citra", seen)
    bearer = open_link(issued.token, pin=issued.pin, held_secrets={}, now=seen)
    note_opened(citra, sent, now=seen, bearer=bearer)
    answer_referral(citra, sent, act="accept", words="Kami jadwalkan kunjungan.", bearer=bearer,
                    now=wita(2026, 11, 9, 14, 10))  # fmt: skip


def load_appointment() -> None:
    """A family card that is on its way; he signed with his finger on Ani's telephone."""
    now = wita(2026, 11, 12, 9)
    ani = acting("ani", now)
    case = open_case(
        ani, organisation("lentera"), area=area(LENTERA_JATI), branch="social", types=["AD.2", "BS.8"],
        victim={"name": "Amaq Suhaili", "sex": "L", "age_stated": 44, "phone": "0800-000-1112"},
        narrative="Kartu Keluarga masih gabung dengan orang tua, jadi tidak masuk DTSEN.", channel="outreach",
        relation="self", now=now, id=key_of("case/suhaili"),
    )  # fmt: skip
    one = victim(case)
    signed("ani", one, [RECORD, FIGURES], wita(2026, 11, 12, 9, 5))
    triage_case(ani, case, risk="RK.R", authority="village", now=wita(2026, 11, 12, 9, 20))
    move_case(ani, case, act="assist", now=wita(2026, 11, 12, 9, 25))
    add_need(ani, one, kind=ServiceKind.DOCUMENTS, time_frame="month", now=wita(2026, 11, 12, 9, 30))
    for kind in ("family_card", "village_letter"):
        need_document(ani, one, kind=kind, now=wita(2026, 11, 12, 9, 32))
    plan_step(
        ani, case, what="Surat pengantar dari kantor desa", who="Amaq Suhaili", due_on=date(2026, 11, 20),
        now=wita(2026, 11, 12, 9, 35),
    )  # fmt: skip
    make_appointment(
        ani, one, at=wita(2026, 12, 1, 8, 30), place="Kantor Dukcapil Selong", to_bring=[SCHOOL, "Buku nikah"],
        now=wita(2026, 11, 12, 9, 40),
    )  # fmt: skip
