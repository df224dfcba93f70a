"""The provincial network's desk in November 2026: applications, an announcement, services, stages, the board."""

from datetime import UTC, date, datetime

from simpul.demo.keys import organisation
from simpul.demo.steps import DEMO
from simpul.kernel.localized import LocalizedText
from simpul.organisations.admission import NEEDED, Act
from simpul.organisations.models import MembershipApplication
from simpul.organisations.services.announcements import announce
from simpul.organisations.services.application_calls import open_applications
from simpul.organisations.services.applications import (
    Contact,
    check_application,
    move_application,
    submit_application,
)
from simpul.organisations.services.board import post_entry
from simpul.organisations.services.readiness import reach_stage
from simpul.organisations.services.service_records import log_service

TRAINED, READY, NOVEMBER = date(2026, 3, 12), date(2026, 5, 20), date(2026, 11, 9)
TERMS = LocalizedText(
    id="Bekerja di NTB sedikitnya setahun, netral secara politik, dan hadir dalam rapat dua bulanan.",
    en="At work in NTB for at least a year, politically neutral, and present at the meeting every second month.",
)


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def load_secretariat() -> None:
    """Nothing here is of a real person: names and numbers are invented, numbers of the kind that nobody has."""
    network = organisation("network")
    open_applications(DEMO, network, terms=TERMS, now=at(date(2026, 9, 1)))
    _applications()
    announce(
        DEMO,
        network,
        title=LocalizedText(id="Rapat tanggap banjir", en="Meeting on the flood response"),
        body=LocalizedText(
            id="Jumat, 13 November 2026, pukul 09.00 WITA. Bawa data siapa melakukan apa di mana.",
            en="Friday, 13 November 2026, 9 am. Bring who does what where.",
        ),
        levels=2,
        now=at(NOVEMBER),
    )
    for kind, day, member in (
        ("LS.05", NOVEMBER, "forum"),
        ("LS.07", date(2026, 10, 6), "jaringan-1"),
        ("LS.12", date(2026, 4, 14), "jaringan-2"),
        ("LS.08", date(2026, 8, 18), "forum"),
    ):
        served = [organisation(member)]
        log_service(DEMO, network, kind=kind, served_on=day, outcome="done", members=served, now=at(day))
    log_service(DEMO, network, kind="LS.03", served_on=date(2026, 9, 11), outcome="done", now=at(date(2026, 9, 11)))
    _stages()
    _board()


def _applications() -> None:
    waiting = _apply("Perkumpulan Nelayan Teluk Awang", "OT.P", "Mendampingi nelayan kecil dan keluarganya.", 2)
    move_application(DEMO, waiting, act=Act.BEGIN, now=at(NOVEMBER, 3))
    check_application(DEMO, waiting, dict.fromkeys(NEEDED, True), now=at(NOVEMBER, 4))
    move_application(DEMO, waiting, act=Act.VERIFY, now=at(NOVEMBER, 5))
    asked = _apply("Komunitas Guru Honorer Praya", "OT.T", "Belajar bersama guru honorer di dua kecamatan.", 4)
    move_application(DEMO, asked, act=Act.BEGIN, now=at(NOVEMBER, 5))
    move_application(DEMO, asked, act=Act.ASK, words="Sejak kapan komunitas ini bertemu rutin?", now=at(NOVEMBER, 6))
    _apply("Yayasan Suara Sasak", "OT.Y", "Pengawasan anggaran desa.", 6)


def _apply(name: str, kind: str, does: str, hour: int) -> MembershipApplication:
    return submit_application(
        DEMO,
        organisation("network"),
        receipt=f"CNTH-2222-2222-222{hour}",  # the demo is the same everywhere, and guards nothing
        kind=kind,
        name=f"{name} (contoh)",
        does=does,
        contact=Contact("Narahubung Contoh", email="narahubung@contoh.invalid", position="Sekretaris"),
        consents=True,
        now=at(NOVEMBER, hour),
    )


def _stages() -> None:
    network, forum = organisation("network"), organisation("forum")
    for one, until in ((forum, 2), (organisation("jaringan-1"), 2), (organisation("jaringan-4"), 1)):
        stages = (("trained", TRAINED, "Daftar hadir pelatihan"), ("ready", READY, "Surat kesediaan"))
        for stage, day, evidence in stages[:until]:
            reach_stage(DEMO, network, organisation=one, stage=stage, reached_on=day, evidence=evidence, now=at(day))


def _board() -> None:
    network, forum = organisation("network"), organisation("forum")
    contact = "Sekretariat, 0800-000-0042"
    need, offer = "Perahu karet untuk dua minggu", "Aula untuk 60 orang di Selong"
    for one, side, kind, title in ((network, "need", "tools", need), (forum, "offer", "place", offer)):
        post_entry(
            DEMO, network, organisation=one, side=side, kind=kind, title=title, contact=contact, now=at(NOVEMBER)
        )
