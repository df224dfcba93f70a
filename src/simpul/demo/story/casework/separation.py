"""3 March 2025: a girl of fourteen and a boy of seventeen are brought together to be married, and are not."""

from datetime import date
from typing import Any, Final

from simpul.cases.consent_kinds import refer_to
from simpul.cases.service_kinds import ServiceKind
from simpul.cases.services.consents import note_assent
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.opening import open_case
from simpul.cases.services.parties import add_party
from simpul.cases.services.planning import plan_step, record_visit, settle_step
from simpul.cases.services.police import decide_police_report
from simpul.cases.services.progress import close_case, correct_case, move_case, triage_case
from simpul.cases.services.referrals import draft_referral, finish_referral, send_referral
from simpul.cases.services.sight import assign_companion, exclude_person
from simpul.demo.keys import key_of, organisation
from simpul.demo.story.casework.acts import (
    FIGURES,
    RECORD,
    acting,
    answered_by_link,
    board_member,
    office,
    person,
    spoken,
    victim,
    watch,
    wita,
)
from simpul.demo.story.organisations import LENTERA_JATI
from simpul.territory.queries.areas import area

REPORTED: Final = wita(2025, 3, 3, 6, 40)
VISITS: Final = (
    (1, date(2025, 4, 9), "better", "Masuk sekolah tiap hari. Temannya tahu, gurunya menjaga."),
    (3, date(2025, 6, 10), "better", "Naik kelas."),
    (6, date(2025, 9, 9), "same", "Ayah masih marah, ibu menemani."),
)


def load_separation() -> None:
    case = _reported()
    melati = victim(case)
    _agreed(case, melati)
    _sent(case, melati)
    _separated(case, melati)
    _followed(case)


def _reported() -> Any:
    now = wita(2025, 3, 3, 6, 55)
    case = open_case(
        acting("budi", now), organisation("lentera"), area=area(LENTERA_JATI), branch="violence", types=["PA.2"],
        victim={"name": "Melati", "alias": "Melati", "sex": "P", "age_stated": 14, "phone": "0800-000-1403",
                "education": "lower", "disability": "none",
                "safe_contact": {"safe_to_call": False, "hours": "08.00-12.00", "may_leave_message": False,
                                 "via": "Bu guru Hidayati"}},
        narrative="Kepala dusun mengirim pesan: anak perempuan 14 tahun dibawa ke rumah pihak laki-laki tadi malam, "
        "keluarga hendak menikahkan hari ini juga.",
        channel="whatsapp", relation="hamlet_head", received_at=REPORTED, now=now, id=key_of("case/melati"),
    )  # fmt: skip
    budi = acting("budi", now)
    add_party(
        budi, case, role="victim", types=["PA.2"], details={"name": "Bayu", "sex": "L", "age_stated": 17},
        now=wita(2025, 3, 3, 7, 0),
    )  # fmt: skip
    kawil = {"name": "Kepala dusun Montong Ara", "phone": "0800-000-1404"}
    add_party(budi, case, role="reporter", details=kawil, now=wita(2025, 3, 3, 7, 1))
    watch(wita(2025, 3, 3, 7, 2))
    exclude_person(budi, case, board_member("Herman"), reason="Paman pihak laki-laki.", now=wita(2025, 3, 3, 7, 4))
    assign_companion(budi, case, person("ani"), now=wita(2025, 3, 3, 7, 5))
    triage_case(budi, case, risk="RK.T", authority="regency", now=wita(2025, 3, 3, 7, 10))
    return case


def _agreed(case: Any, melati: Any) -> None:
    """The mother agrees; the father presses for the marriage, so from then on no parent is asked."""
    now = wita(2025, 3, 3, 7, 40)
    purposes = [RECORD, FIGURES, *(refer_to(office(key).pk) for key in ("uptd", "kua"))]
    spoken(
        "ani", melati, purposes, now, capacity="parent", given_by="Ibu Melati",
        withheld_from=["Ayah", "keluarga pihak laki-laki"],
    )  # fmt: skip
    note_assent(acting("ani", now), melati, agrees=True, language="sas", now=wita(2025, 3, 3, 7, 45))
    case.refresh_from_db()
    correct_case(acting("budi", now), case, {"guardian_conflict": True}, seen=case.version, now=wita(2025, 3, 3, 7, 50))


def _sent(case: Any, melati: Any) -> None:
    """Called at 07.55; the officer on duty opens the letter with the PIN that was told by telephone, and comes."""
    now = wita(2025, 3, 3, 7, 55)
    budi = acting("budi", now)
    need = add_need(budi, melati, kind=ServiceKind.SEPARATION, time_frame="now", now=now)
    drafted = draft_referral(
        budi, case, melati, office("uptd"), need=need, urgent=True, now=now, id=key_of("referral/melati-uptd"),
        request="Mohon datang hari ini untuk pemisahan. Anak berumur 14 tahun, akan dinikahkan siang ini.",
        fields=["name", "age", "sex", "phone", "types"],
    )  # fmt: skip
    sent = send_referral(budi, drafted, basis="consent", now=now)
    answered_by_link(
        "budi",
        sent,
        (wita(2025, 3, 3, 8, 4), "acknowledge", ""),
        (wita(2025, 3, 3, 8, 10), "accept", "Petugas berangkat."),
        (wita(2025, 3, 3, 11, 20), "progress", "Petugas tiba di rumah kepala dusun."),
        (wita(2025, 3, 3, 19, 30), "feed_back", "Anak sudah bersama ibunya. Pendampingan psikologis mulai besok."),
    )
    finish_referral(budi, sent, now=wita(2025, 3, 5, 9))


def _separated(case: Any, melati: Any) -> None:
    now = wita(2025, 3, 3, 20, 15)
    ani = acting("ani", now)
    kua = draft_referral(
        acting("budi", now), case, melati, office("kua"), fields=["name", "age"], now=wita(2025, 3, 3, 9, 5),
        request="Mohon tidak mencatat atau menghadiri pernikahan anak ini.", id=key_of("referral/melati-kua"),
    )  # fmt: skip
    sent = send_referral(acting("budi", now), kua, basis="consent", now=wita(2025, 3, 3, 9, 10))
    answered_by_link(
        "budi",
        sent,
        (wita(2025, 3, 3, 9, 40), "accept", "Kami tidak menghadiri dan memberi tahu penghulu dusun."),
        (wita(2025, 3, 7, 9), "feed_back", "Tidak ada pencatatan."),
    )
    finish_referral(acting("budi", now), sent, now=wita(2025, 3, 10, 9))
    provide_service(
        ani, melati, kind=ServiceKind.SEPARATION, provided_on=date(2025, 3, 3), result="done", provider=office("uptd"),
        note="Kedua keluarga bertemu, bukan mediasi. Anak pulang ke ibunya malam itu.", now=now,
    )  # fmt: skip
    school = plan_step(
        ani, case, what="Kembali ke sekolah", who="Ani dan Bu guru Hidayati", due_on=date(2025, 3, 10),
        now=wita(2025, 3, 4, 8),
    )  # fmt: skip
    watch(wita(2025, 3, 4, 6, 41))
    decide_police_report(
        acting("budi", now), case, will_report=False, now=wita(2025, 3, 4, 9, 30),
        reason="Dibicarakan dengan anak, ibu, dan UPTD PPA: tidak sekarang. Melapor bila diulangi.",
    )  # fmt: skip
    settle_step(ani, school, done=True, now=wita(2025, 3, 10, 12))


def _followed(case: Any) -> None:
    now = wita(2025, 3, 10, 13)
    move_case(acting("ani", now), case, act="monitor", now=now)
    for month, day, wellbeing, note in VISITS:
        at = wita(day.year, day.month, day.day, 16)
        visit = case.visits.get(month=month)
        record_visit(acting("ani", at), visit, wellbeing=wellbeing, on=day, note=note, now=at)
    done = wita(2025, 9, 12, 10)
    close_case(acting("budi", done), case, outcome="separated", now=done, reason="Enam bulan, dan sekolah berjalan.")
