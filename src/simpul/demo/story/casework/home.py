"""May 2025: a woman hurt at home in three ways; the police don't answer, the matter goes up, and help arrives."""

from datetime import date
from typing import Any

from simpul.cases.consent_kinds import refer_to
from simpul.cases.service_kinds import ServiceKind
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.opening import open_case
from simpul.cases.services.parties import add_party, tag_party
from simpul.cases.services.planning import note_cost, plan_step, record_visit, settle_step
from simpul.cases.services.progress import close_case, move_case, triage_case
from simpul.cases.services.referral_answers import note_unanswered
from simpul.cases.services.referrals import draft_referral, finish_referral, send_referral
from simpul.cases.services.sight import end_escalation, escalate_case, log_opening, name_coordinator
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.casework.acts import (
    FIGURES,
    RECORD,
    acting,
    answered_by_link,
    office,
    person,
    spoken,
    victim,
    watch,
    wita,
)
from simpul.demo.story.organisations import LENTERA_JATI
from simpul.territory.queries.areas import area


def load_mawar() -> None:
    case = _told()
    mawar = victim(case)
    spoken(
        "ani", mawar, [RECORD, FIGURES, *(refer_to(office(key).pk) for key in ("unit-ppa", "puskesmas", "posbankum"))],
        wita(2025, 5, 12, 15, 20), witness="Baiq Lestari", withheld_from=["Suami", "mertua"],
    )  # fmt: skip
    _helped(case, mawar)
    letter = _unanswered(case, mawar)
    _answered_after_all(case, letter)
    _on_her_feet(case)


def _told() -> Any:
    now = wita(2025, 5, 12, 15, 0)
    case = open_case(
        acting("ani", now), organisation("lentera"), area=area(LENTERA_JATI), branch="violence",
        types=["K.F", "K.P", "K.N"], settings=["domestic"], happened_on=date(2025, 5, 11),
        victim={"name": "Inaq Mawar", "alias": "Mawar", "sex": "P", "age_stated": 29, "phone": "0800-000-1512",
                "education": "primary", "disability": "none",
                "safe_contact": {"safe_to_call": True, "hours": "09.00-11.00", "may_leave_message": False,
                                 "via": "kakaknya di Dusun Gubuk Timur"}},
        narrative="Datang sendiri ke rumah Ani. Memar di lengan, sudah tiga bulan tidak diberi nafkah, diancam "
        "anaknya diambil.",
        channel="in_person", relation="self", now=now, id=key_of("case/mawar"),
    )  # fmt: skip
    budi = acting("budi", wita(2025, 5, 12, 17))
    add_party(
        budi, case, role="alleged", details={"alias": "Suami", "sex": "L", "relation": "spouse"},
        now=wita(2025, 5, 12, 17),
    )  # fmt: skip
    tag_party(acting("ani", now), victim(case), tags=["poor"], now=wita(2025, 5, 12, 15, 25))
    triage_case(budi, case, risk="RK.S", authority="regency", now=wita(2025, 5, 12, 17, 5))
    name_coordinator(budi, case, person("budi"), now=wita(2025, 5, 12, 17, 6))
    return case


def _helped(case: Any, mawar: Any) -> None:
    now = wita(2025, 5, 13, 8)
    ani = acting("ani", now)
    health = add_need(ani, mawar, kind=ServiceKind.HEALTH, time_frame="now", now=now)
    clinic = draft_referral(
        ani, case, mawar, office("puskesmas"), need=health, request="Mohon pemeriksaan dan visum.", now=now,
        fields=["name", "age", "sex"], id=key_of("referral/mawar-puskesmas"),
    )  # fmt: skip
    sent = send_referral(ani, clinic, basis="consent", now=now)
    answered_by_link("ani", sent, (wita(2025, 5, 13, 8, 20), "accept", "Silakan langsung ke ruang tindakan."))
    provide_service(
        ani, mawar, kind=ServiceKind.ACCOMPANIMENT, provided_on=date(2025, 5, 13), result="done",
        provider=office("puskesmas"), now=wita(2025, 5, 13, 12),
    )  # fmt: skip
    note_cost(
        ani, case, kind="transport", amount=50_000, paid_by="village", on=date(2025, 5, 13), now=wita(2025, 5, 13, 12)
    )
    finish_referral(ani, sent, note="Visum selesai.", now=wita(2025, 5, 14, 9))
    legal = add_need(ani, mawar, kind=ServiceKind.LEGAL_AID, time_frame="week", now=wita(2025, 5, 14, 9, 5))
    provide_service(
        ani, mawar, kind=ServiceKind.LEGAL_AID, provided_on=date(2025, 5, 16), result="done", need=legal,
        provider=office("posbankum"), note="Paralegal menjelaskan pilihan; Mawar mau melapor.",
        now=wita(2025, 5, 16, 16),
    )  # fmt: skip


def _unanswered(case: Any, mawar: Any) -> Any:
    """Sent on 19 May; five days later nobody had answered: the platform says so, and Budi brings it to Kartika."""
    sent = wita(2025, 5, 19, 10)
    budi = acting("budi", sent)
    need = add_need(budi, mawar, kind=ServiceKind.LAW_ENFORCEMENT, time_frame="week", now=sent)
    letter = draft_referral(
        budi, case, mawar, office("unit-ppa"), need=need, request="Mohon menerima laporan, didampingi paralegal.",
        fields=["name", "age", "sex", "phone", "types"], urgent=True, now=sent, id=key_of("referral/mawar-polres"),
    )  # fmt: skip
    letter = send_referral(budi, letter, basis="consent", now=sent)
    over = wita(2025, 5, 25, 8)
    watch(over)
    note_unanswered(DEMO, now=over)
    escalate_case(
        acting("budi", over), case, to=organisation("support"), now=wita(2025, 5, 25, 9),
        reason="Polres tidak menjawab lima hari. Mohon bantu menghubungi Kanit.",
    )  # fmt: skip
    log_opening(acting("kartika", over), case, page="case", now=wita(2025, 5, 25, 11, 40))
    plan_step(
        acting("budi", over), case, what="Kartika menelepon Kanit PPA", who="Kartika", due_on=date(2025, 5, 27),
        now=wita(2025, 5, 25, 12),
    )  # fmt: skip
    return letter


def _answered_after_all(case: Any, letter: Any) -> None:
    """A telephone call from above, and the report is taken; then the matter is the group's again."""
    budi = acting("budi", wita(2025, 5, 27, 15))
    settle_step(budi, case.plan.get(), done=True, now=wita(2025, 5, 27, 15))
    answered_by_link(
        "budi",
        letter,
        (wita(2025, 5, 28, 9, 15), "accept", "Mohon maaf terlambat. Pelapor kami terima Kamis pukul 09.00."),
        (wita(2025, 6, 2, 14), "feed_back", "Laporan diterima, penyidik sudah ditunjuk. Visum sudah kami ambil."),
    )
    provide_service(
        acting("ani", wita(2025, 5, 29, 13)), victim(case), kind=ServiceKind.ACCOMPANIMENT,
        provided_on=date(2025, 5, 29), result="done", provider=office("unit-ppa"), now=wita(2025, 5, 29, 13),
    )  # fmt: skip
    finish_referral(budi, letter, note="Laporan diterima.", now=wita(2025, 6, 3, 9))
    end_escalation(budi, case.escalations.get(ended_at=None), now=wita(2025, 6, 3, 9, 10))


def _on_her_feet(case: Any) -> None:
    ani = acting("ani", wita(2025, 6, 10, 10))
    move_case(ani, case, act="monitor", now=wita(2025, 6, 10, 10))
    for month, day, wellbeing, note in (
        (1, date(2025, 7, 10), "same", "Tinggal di rumah kakaknya. Anak-anak sekolah."),
        (3, date(2025, 9, 10), "better", "Mulai menjahit lagi; sidang pertama sudah."),
        (6, date(2025, 12, 10), "better", "Putusan nafkah keluar. Tidak ada ancaman lagi."),
    ):
        at = wita(day.year, day.month, day.day, 16)
        record_visit(acting("ani", at), case.visits.get(month=month), wellbeing=wellbeing, on=day, note=note, now=at)
    done = wita(2025, 12, 12, 9)
    close_case(acting("budi", done), case, outcome="met", now=done, reason="Nafkah diputus, Mawar aman dan bekerja.")
