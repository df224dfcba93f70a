"""Papers and cards: Inaq Sarinah's way to three documents, a list for the mobile service, and eleven inactive cards."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from simpul.cases.service_kinds import ServiceKind
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.opening import open_case
from simpul.cases.services.outreach import count_outreach
from simpul.cases.services.planning import need_document, note_cost, plan_step, settle_document, settle_step
from simpul.cases.services.progress import close_case, move_case, triage_case
from simpul.cases.services.tickets import add_to_ticket, open_ticket, settle_queue
from simpul.demo.keys import key_of, organisation
from simpul.demo.story.casework.acts import FIGURES, RECORD, acting, office, spoken, victim, wita
from simpul.demo.story.organisations import AIK_BENING, LENTERA_JATI
from simpul.territory.queries.areas import area

MOBILE: Final = date(2025, 2, 20)
# Name, sex, age, the papers they came for, whether each was made that day.
QUEUE: Final = (
    ("Inaq Sarinah", "P", 61, {"identity_card": "done", "birth_certificate": "done", "family_card": "done"}),
    ("Amaq Kertasih", "L", 66, {"identity_card": "done"}),
    ("Baiq Surayani", "P", 34, {"family_card": "done", "birth_certificate": "under_way"}),
    ("Lalu Mahrip", "L", 41, {"family_card": "refused"}),
    ("Inaq Nurmah", "P", 52, {"identity_card": "done"}),
    ("Sahdan", "L", 19, {"identity_card": "done", "birth_certificate": "done"}),
)
# Eleven in four weeks: alias, age, sex, day of June 2025, and whether the card works again.
INACTIVE: Final = (
    ("Amaq Ripah", 58, "L", 2, True), ("Inaq Sumiah", 63, "P", 4, True), ("Mahnim", 27, "P", 5, True),
    ("Inaq Jamilah", 70, "P", 9, True), ("Sukri", 45, "L", 10, True), ("Baiq Handayani", 31, "P", 11, False),
    ("Amaq Saleh", 66, "L", 16, True), ("Rusni", 22, "P", 17, True), ("Inaq Kalsum", 54, "P", 23, True),
    ("Lalu Sukardi", 39, "L", 24, False), ("Inaq Marsiah", 48, "P", 26, True),
)  # fmt: skip


def load_inaq_sarinah() -> None:
    """Sixty-one, without identity card, birth certificate and insurance; reported by herself on 12 February 2025."""
    told = wita(2025, 2, 12, 8, 20)
    case = open_case(
        acting("ani", told), organisation("lentera"), area=area(LENTERA_JATI), branch="social",
        types=["AD.1", "AD.3", "JK.2"],
        victim={"name": "Inaq Sarinah", "alias": "Inaq S.", "sex": "P", "age_stated": 61, "phone": "0800-000-1212",
                "address": "Dusun Montong Ara", "education": "none", "disability": "none",
                "safe_contact": {"safe_to_call": True, "hours": "pagi, sebelum ke kebun", "may_leave_message": True}},
        narrative="Belum pernah punya KTP. Lahir di rumah, tidak ada akta. Berobat selalu bayar sendiri.",
        channel="in_person", relation="self", now=told, id=key_of("case/sarinah"),
    )  # fmt: skip
    one = victim(case)
    spoken("ani", one, [RECORD, FIGURES], told + timedelta(minutes=10))
    triage_case(acting("budi", told), case, risk="RK.R", authority="village", now=wita(2025, 2, 12, 13))
    ani = acting("ani", told)
    papers = add_need(ani, one, kind=ServiceKind.DOCUMENTS, time_frame="month", now=wita(2025, 2, 12, 14))
    card = add_need(ani, one, kind=ServiceKind.INSURANCE, time_frame="quarter", now=wita(2025, 2, 12, 14))
    step = plan_step(
        ani, case, what="Ikut layanan keliling Dukcapil di balai desa", who="Ani menjemput pukul 07.30",
        due_on=MOBILE, need=papers, now=wita(2025, 2, 12, 14, 5),
    )  # fmt: skip
    needed = [need_document(ani, one, kind=kind, now=wita(2025, 2, 13)) for kind in QUEUE[0][3]]
    move_case(ani, case, act="assist", now=wita(2025, 2, 19))
    done = wita(2025, 2, 20, 15)
    provide_service(
        ani, one, kind=ServiceKind.MOBILE, provided_on=MOBILE, result="done", provider=office("dukcapil"), need=papers,
        note="Tiga dokumen jadi hari itu juga.", now=done,
    )  # fmt: skip
    for document in needed:
        settle_document(ani, document, had=True, issued_on=MOBILE, now=done)
    settle_step(ani, step, done=True, now=done)
    note_cost(ani, case, kind="transport", amount=30_000, paid_by="group", on=MOBILE, now=done)
    provide_service(
        ani, one, kind=ServiceKind.SOCIAL_AID, provided_on=date(2025, 4, 24), result="done", need=card,
        note="Diusulkan PBI; lewat DTSEN juga PKH.", now=wita(2025, 4, 24, 10, 30),
    )  # fmt: skip
    close_case(ani, case, outcome="document_issued", now=wita(2025, 4, 24, 11))


def load_mobile_service() -> None:
    """The list that Ani kept for the mobile service of 20 February, and how many came in both villages."""
    before, day = wita(2025, 2, 17, 16), wita(2025, 2, 20, 14)
    group = organisation("lentera")
    ticket = open_ticket(
        acting("ani", before), group, area=area(LENTERA_JATI), service_on=MOBILE, place="Balai Desa Lentera Jati",
        provider=office("dukcapil"), now=before, id=key_of("ticket/dukcapil"),
    )  # fmt: skip
    for name, sex, age, papers in QUEUE:
        who = {"name": name, "sex": sex, "age_stated": age}
        entry = add_to_ticket(acting("ani", before), ticket, person=who, documents=list(papers), now=before)
        settle_queue(acting("ani", day), entry, results=papers, on=MOBILE, seen=entry.version, now=day)
    for code, women, men in ((LENTERA_JATI, 71, 52), (AIK_BENING, 49, 42)):
        here = organisation("lentera" if code == LENTERA_JATI else "aik-bening")
        key = "ani" if code == LENTERA_JATI else "hasan"
        count_outreach(
            acting(key, day), here, area=area(code), held_on=MOBILE, topic="documents", women=women, men=men,
            children=38 if code == LENTERA_JATI else 21, disabled=6, now=day,
        )  # fmt: skip


def load_inactive_cards() -> None:
    """Eleven people whose card did not work, in one month: a pattern, not eleven accidents."""
    for number, (name, age, sex, day, works) in enumerate(INACTIVE, start=1):
        _card(number, {"name": name, "sex": sex, "age_stated": age}, wita(2025, 6, day, 9, 3 * number), works=works)


def _card(number: int, who: dict[str, Any], told: datetime, *, works: bool) -> None:
    ani = acting("ani", told)
    case = open_case(
        ani, organisation("lentera"), area=area(LENTERA_JATI), branch="social", types=["JK.4"], victim=who,
        narrative="Kartu JKN ternyata tidak aktif waktu berobat.", channel="in_person" if number % 3 else "phone",
        relation="self", now=told, id=key_of(f"case/card-{number}"),
    )  # fmt: skip
    one = victim(case)
    spoken("ani", one, [RECORD, FIGURES], told + timedelta(minutes=5))
    triage_case(ani, case, risk="RK.R", authority="regency", now=told + timedelta(hours=3))
    move_case(ani, case, act="assist", now=told + timedelta(hours=4))
    after = told + timedelta(days=12)
    provide_service(
        ani, one, kind=ServiceKind.INSURANCE, provided_on=after.date(), result="done" if works else "refused",
        provider=office("bpjs"), now=after,
    )  # fmt: skip
    close_case(ani, case, outcome="met" if works else "refused", now=after)


def load_hasan() -> None:
    """The other village's group keeps its own: what Hasan sees is this, and nothing of Lentera's."""
    told = wita(2026, 11, 3, 10)
    open_case(
        acting("hasan", told), organisation("aik-bening"), area=area(AIK_BENING), branch="social", types=["AD.4"],
        victim={"name": "Lalu Arya", "sex": "L", "age_stated": 7}, narrative="Belum punya KIA untuk masuk sekolah.",
        channel="in_person", relation="parent", now=told, id=key_of("case/aik-bening"),
    )  # fmt: skip
