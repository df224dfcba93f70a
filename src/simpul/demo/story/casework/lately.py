"""What goes on when the demo is loaded: reckoned from that instant, so that no deadline of it is years over."""

from typing import Any

from simpul.cases.consent_kinds import refer_to
from simpul.cases.export_kinds import Format, Part
from simpul.cases.pausing import PauseReason
from simpul.cases.queries.clocks import clocks_in
from simpul.cases.service_kinds import ServiceKind
from simpul.cases.services.consents import confirm_stopped, withdraw_consent
from simpul.cases.services.exports import collect_export, prepare_export, recall_export, request_export
from simpul.cases.services.helping import add_need
from simpul.cases.services.opening import open_case
from simpul.cases.services.pausing import wait_for_person
from simpul.cases.services.progress import move_case, triage_case
from simpul.cases.services.referral_answers import note_unanswered
from simpul.cases.services.referrals import draft_referral, send_referral
from simpul.cases.services.sight import escalate_case, log_opening
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.casework.acts import FIGURES, RECORD, acting, ago, office, spoken, victim, watch
from simpul.demo.story.organisations import LENTERA_JATI
from simpul.territory.queries.areas import area

# Opens two files of invented people, and nothing else anywhere.
PASSWORD = "DATA-CONTOH-REGISTER"  # noqa: S105


def load_three_days() -> None:
    """Told yesterday: three days run in which the police have to hear of it, or it is decided that they don't."""
    now = ago(hours=26)
    ani = acting("ani", now)
    case = open_case(
        ani, organisation("lentera"), area=area(LENTERA_JATI), branch="violence", types=["K.S.2"],
        settings=["school"],
        victim={"name": "Teratai", "alias": "Teratai", "sex": "P", "age_stated": 20, "phone": "0800-000-1120",
                "safe_contact": {"safe_to_call": True, "hours": "sesudah 19.00", "may_leave_message": False}},
        narrative="Dipegang-pegang atasan magang, sudah dua kali.", channel="whatsapp", relation="self", now=now,
        id=key_of("case/teratai"),
    )  # fmt: skip
    spoken("ani", victim(case), [RECORD, FIGURES], now)
    watch(ago(hours=25), ago(hours=1))
    triage_case(acting("budi", now), case, risk="RK.S", authority="regency", now=ago(hours=22))


def load_brought_up() -> None:
    """The police have not answered for days: it was brought to Kartika, who has looked at it."""
    now = ago(days=9)
    budi = acting("budi", now)
    case = open_case(
        budi, organisation("lentera"), area=area(LENTERA_JATI), branch="violence", types=["K.F"], settings=["domestic"],
        victim={"name": "Inaq Anggrek", "alias": "Anggrek", "sex": "P", "age_stated": 33, "phone": "0800-000-1121"},
        narrative="Dipukul suami di depan anak-anak.", channel="in_person", relation="self", now=now,
        id=key_of("case/anggrek"),
    )  # fmt: skip
    one = victim(case)
    spoken("budi", one, [RECORD, FIGURES, refer_to(office("unit-ppa").pk)], now)
    triage_case(budi, case, risk="RK.T", authority="regency", now=now)
    sent = ago(days=8, hours=22)
    need = add_need(budi, one, kind=ServiceKind.LAW_ENFORCEMENT, time_frame="week", now=sent)
    letter = draft_referral(
        budi, case, one, office("unit-ppa"), need=need, request="Mohon menerima laporan hari ini.", urgent=True,
        fields=["name", "age", "sex", "phone", "types"], now=sent, id=key_of("referral/anggrek-polres"),
    )  # fmt: skip
    send_referral(budi, letter, basis="consent", now=sent)
    over = ago(days=2)
    watch(over)
    note_unanswered(DEMO, now=over)
    escalate_case(
        acting("budi", over), case, to=organisation("support"), now=ago(days=1, hours=22),
        reason="Unit PPA belum menjawab sejak pekan lalu. Mohon bantu menghubungi Kanit.",
    )  # fmt: skip
    log_opening(acting("kartika", over), case, page="case", now=ago(days=1, hours=20))


def load_waiting_for_her() -> None:
    """The office has to answer, and waits for a paper that she fetches: that deadline stands still. A consent that she
    took back is done with, by word and deed.
    """
    now = ago(days=6)
    ani = acting("ani", now)
    case = open_case(
        ani, organisation("lentera"), area=area(LENTERA_JATI), branch="social", types=["AD.6"],
        victim={"name": "Inaq Seruni", "sex": "P", "age_stated": 52, "phone": "0800-000-1122"},
        narrative="Menikah 1994 tanpa buku nikah, anaknya perlu akta.", channel="in_person", relation="self", now=now,
        id=key_of("case/seruni"),
    )  # fmt: skip
    one = victim(case)
    spoken("ani", one, [RECORD, refer_to(office("kua").pk)], now)
    counted = spoken("ani", one, [FIGURES], now)
    triage_case(ani, case, risk="RK.R", authority="regency", now=now)
    move_case(ani, case, act="assist", now=now)
    _stopped(ani, counted)
    sent = ago(days=3)
    letter = draft_referral(
        ani, case, one, office("kua"), request="Mohon isbat nikah didaftarkan.", fields=["name", "age"],
        now=sent, id=key_of("referral/seruni-kua"),
    )  # fmt: skip
    send_referral(ani, letter, basis="consent", now=sent)
    running = next(clock for clock in clocks_in(case) if clock.about_id == letter.pk)
    wait_for_person(ani, case, running.pk, reason=PauseReason.BRINGS, now=ago(days=1))


def _stopped(ani: Any, consent: Any) -> None:
    taken_back = withdraw_consent(ani, consent, capacity="self", now=ago(days=5))
    confirm_stopped(ani, taken_back, now=ago(days=4, hours=6))


def load_register() -> None:
    """Budi took the register out for the yearly report; another one he called back before anybody had it."""
    for key, reason, hours, is_kept in (
        ("laporan", "Laporan tahunan kepada DP3AKB, tanpa nama", 9, True),
        ("salah", "Rapat koordinasi, salah pilih wilayah", 4, False),
    ):
        now = ago(hours=hours)
        budi = acting("budi", now)
        export = request_export(
            budi, organisation("lentera"), kind=Format.XLSX, part=Part(), reason=reason, password=PASSWORD, now=now,
            id=key_of(f"export/{key}"),
        )  # fmt: skip
        prepare_export(budi, export, now=now)
        if is_kept:
            collect_export(budi, export, now=ago(hours=hours - 1))
        else:
            recall_export(budi, export, now=ago(hours=hours - 1))
