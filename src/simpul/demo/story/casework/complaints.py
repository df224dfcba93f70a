"""Complaints as they came in by the public form and by telephone, and what was said back."""

from datetime import datetime, timedelta
from typing import Any, Final

from simpul.cases.complaint_drafting import keep_answers
from simpul.cases.complaint_kinds import Face
from simpul.cases.queries.complaint_drafts import receipt_of_sent
from simpul.cases.queries.complaints import secret_by_receipt
from simpul.cases.services.complaint_cases import open_case_from_complaint
from simpul.cases.services.complaint_decisions import decide_complaint
from simpul.cases.services.complaint_desk import assign_complaint, note_complaints_read, pass_down, read_complaint
from simpul.cases.services.complaint_talk import answer_reporter, confirm_outcome, write_to_desk
from simpul.cases.services.complaints import give_words, submit_complaint
from simpul.cases.services.satisfaction import give_face
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.casework.acts import acting, ago, person, wita
from simpul.demo.story.organisations import LENTERA_JATI
from simpul.kernel.actor import Actor, Anonymous
from simpul.territory.queries.areas import area

PUBLIC: Final = Anonymous()
NO_GROUP: Final = "52.03.99.2003"  # an invented village, like the others of its district
# What lies in a cookie elsewhere: written down here, so that everybody can open the receipt of one invented complaint.
OPEN_KEY: Final = "data-contoh-resi-yang-boleh-dibuka-siapa-saja"


def load_complaints() -> None:
    _rejected()
    _became_a_case()
    _about_the_group()
    _anonymous()
    _unread()
    _given_down()


def _sent(key: str, now: datetime, **said: Any) -> tuple[Any, str]:
    """Typed into the four steps of the form and sent; the complaint and its sixteen digits."""
    keep_answers(key, {"area": LENTERA_JATI, **said}, now=now)
    submit_complaint(PUBLIC, key=key, now=now)
    return receipt_of_sent(key, now=now)


def _reading(key: str, complaint: Any, now: datetime) -> Actor:
    """One of the cast, who has read it; that it was read in time is noted, as the worker does within a minute."""
    actor = acting(key, now)
    read_complaint(actor, complaint.pk, now=now)
    note_complaints_read(DEMO, now=now)
    return actor


def _rejected() -> None:
    now = wita(2025, 8, 4, 19, 12)
    complaint, digits = _sent(
        "data-contoh-bantuan-tetangga", now, matter="BS", about="nobody", reported_by="self", wish="none",
        narrative="Tetangga saya dapat BLT, saya tidak. Saya minta diganti.",
    )  # fmt: skip
    read = now + timedelta(hours=14)
    budi = _reading("budi", complaint, read)
    decide_complaint(
        budi, complaint, id=key_of("decision/bantuan"), verdict="rejected", now=read + timedelta(days=2),
        words="Daftar BLT sudah diputuskan musyawarah desa bulan Juni dan sesuai syaratnya. Kami bantu mengusulkan "
        "Ibu/Bapak untuk tahun depan; datanglah ke posko hari Selasa.",
        reason="Syarat penerima diperiksa dengan daftar musdes.",
    )  # fmt: skip
    secret = secret_by_receipt(digits)
    confirm_outcome(PUBLIC, secret, solved="partly", now=read + timedelta(days=5))
    give_face(PUBLIC, secret, receipt=digits, face=Face.PLAIN, now=read + timedelta(days=5))


def _became_a_case() -> None:
    """By telephone: Ani typed it in while her caller spoke, and gave four words for a receipt."""
    now = wita(2026, 9, 7, 13, 40)
    key = "data-contoh-lewat-telepon"
    complaint, _digits = _sent(
        key, now, matter="DS", about="nobody", reported_by="other", relation="child", channel="phone", wish="phone",
        narrative="Ayah saya lumpuh setelah jatuh, belum pernah dapat kursi roda.", name="Rahmi",
        phone="0800-000-1907", safe_to_call="yes",
    )  # fmt: skip
    give_words(PUBLIC, key=key, now=now)
    later = wita(2026, 9, 8, 9)
    budi = _reading("budi", complaint, later)
    open_case_from_complaint(
        budi, complaint, area=area(LENTERA_JATI), types=["DS.1"], now=later,
        words="Terima kasih sudah menelepon. Ani akan datang hari Kamis untuk mengukur kursi roda.",
    )  # fmt: skip


def _about_the_group() -> None:
    """About a volunteer: it goes past the group, to the supervisor above."""
    now = wita(2026, 10, 26, 20, 5)
    complaint, _digits = _sent(
        "data-contoh-tentang-kelompok", now, matter="LP", about="group", reported_by="anonymous", wish="none",
        narrative="Ada relawan yang minta uang bensin Rp20.000 untuk mengurus KTP.",
    )  # fmt: skip
    read = wita(2026, 10, 27, 8, 30)
    kartika = _reading("kartika", complaint, read)
    answer_reporter(
        kartika, complaint, id=key_of("message/kelompok"), now=wita(2026, 10, 27, 8, 45),
        words="Terima kasih. Layanan kelompok selalu gratis. Bolehkah kami tahu kapan itu terjadi? Nama tidak perlu.",
    )  # fmt: skip


def _anonymous() -> None:
    """Somebody who says no name, and comes back to read with the receipt."""
    now = wita(2026, 11, 10, 22, 14)
    complaint, digits = _sent(
        OPEN_KEY, now, matter="K", about="person", reported_by="anonymous", wish="none",
        narrative="Saya dengar anak tetangga dipukul hampir tiap malam. Saya takut ketahuan melapor.",
    )  # fmt: skip
    read = wita(2026, 11, 11, 6, 50)
    budi = _reading("budi", complaint, read)
    assign_complaint(budi, complaint, person("ani"), now=wita(2026, 11, 11, 6, 55))
    secret = secret_by_receipt(digits)
    talk: tuple[tuple[str, datetime, str], ...] = (
        ("desk", wita(2026, 11, 11, 7, 10),
         "Terima kasih sudah berani. Tidak ada yang tahu siapa Anda. Kira-kira umur anaknya berapa?"),
        ("reporter", wita(2026, 11, 11, 21, 40), "Sekitar sembilan tahun. Ibunya kerja di luar."),
        ("desk", wita(2026, 11, 12, 7, 20),
         "Kami bicarakan dengan UPTD PPA hari ini. Bila keadaan gawat, telepon 129 atau 110 dulu."),
    )  # fmt: skip
    for number, (side, at, words) in enumerate(talk):
        key = key_of(f"message/{number}")
        if side == "desk":
            answer_reporter(acting("ani", at), complaint, id=key, words=words, now=at)
        else:
            write_to_desk(PUBLIC, secret, id=key, words=words, now=at)


def _given_down() -> None:
    """From a village without a group: it came to Kartika, who gave it to the group of the mother's village."""
    now = ago(hours=50)
    complaint, _digits = _sent(
        "data-contoh-desa-sebelah", now, area=NO_GROUP, matter="JK", about="nobody", reported_by="other",
        relation="child", wish="phone", name="Lina", phone="0800-000-1910", safe_to_call="yes",
        narrative="Ibu saya di Lentera Jati, kartu BPJS-nya mati. Saya di desa sebelah, tidak tahu harus ke mana.",
    )  # fmt: skip
    kartika = _reading("kartika", complaint, ago(hours=44))
    pass_down(kartika, complaint, organisation("lentera"), now=ago(hours=43, minutes=50))
    complaint.refresh_from_db()
    budi = _reading("budi", complaint, ago(hours=40))
    answer_reporter(
        budi, complaint, id=key_of("message/desa-sebelah"), now=ago(hours=39, minutes=50),
        words="Terima kasih, Lina. Ibu kami datangi besok pagi, lalu kami cek kartunya di puskesmas.",
    )  # fmt: skip


def _unread() -> None:
    _sent(
        "data-contoh-belum-dibaca", ago(hours=20), matter="JK", about="nobody", reported_by="self",
        wish="via", via="ketua RT", narrative="Kartu BPJS anak saya ditolak di puskesmas.", name="Inaq Sahni",
    )  # fmt: skip
