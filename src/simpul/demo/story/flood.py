"""The flood of November 2026: five organisations at work, two needs that nobody is on, one place with two of the same.

Everything lies in the invented district; nothing of it happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from simpul.activities.models import ActivityStatus, NeedStatus, Response
from simpul.activities.reaching import Reached
from simpul.activities.response_drafts import LineDraft, NeedDraft
from simpul.activities.services.lines import correct_activity, record_activity
from simpul.activities.services.needs import report_need
from simpul.activities.services.responses import open_response, publish_response
from simpul.activities.services.situation import Said, publish_report, write_report
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.kernel.localized import LocalizedText
from simpul.territory.queries.areas import area

DISTRICT, JATI, BENING = "52.03.99", "52.03.99.2001", "52.03.99.2002"
THIRD, FOURTH, FIFTH = "52.03.99.2003", "52.03.99.2004", "52.03.99.2005"
BEGAN, REPORTED, LATEST = date(2026, 11, 3), date(2026, 11, 9), date(2026, 11, 13)
ONGOING, DONE, PLANNED = ActivityStatus.ONGOING.value, ActivityStatus.DONE.value, ActivityStatus.PLANNED.value


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line of the 4W. `as_of` is the day of its newest figures; earlier ones are told on the 5th."""

    key: str
    lead: str
    sub_cluster: str
    activity: str
    unit: str
    planned: int
    done: int
    where: str
    as_of: date
    status: str = ONGOING
    reached: Reached = field(default_factory=Reached)
    partners: Sequence[str] = ()
    funder: str = ""
    note: str = ""


LINES: Final = (
    StoryLine("tents-1", "oms-2", "protection.shelter", "Terpal dan tenda", "lembar", 120, 90, JATI, LATEST,
              reached=Reached(41, 38, 96, 88, 17, 12, with_disability=9), partners=("lentera",),
              funder="Iuran anggota"),
    StoryLine("tents-2", "dinsos", "protection.shelter", "Terpal dan tenda", "lembar", 80, 80, JATI, REPORTED,
              reached=Reached(untold=310), note="Dari gudang kabupaten."),
    StoryLine("kitchen", "dinsos", "logistics.food", "Dapur umum", "porsi", 9000, 6400, BENING, LATEST,
              reached=Reached(120, 118, 201, 190, 33, 29, with_disability=14)),
    StoryLine("water", "oms-9", "protection.water", "Air bersih", "liter", 60000, 42000, BENING, LATEST,
              reached=Reached(88, 90, 170, 160, 21, 18, with_disability=7), funder="Zakat warga"),
    StoryLine("kits", "oms-7", "protection.vulnerable", "Perlengkapan kebersihan", "paket", 60, 35, THIRD,
              date(2026, 11, 4), reached=Reached(4, 3, 12, 9, 5, 2, with_disability=28)),
    StoryLine("clinic", "support", "health.medical", "Klinik keliling", "kunjungan", 6, 2, DISTRICT, REPORTED,
              PLANNED, Reached(untold=84)),
)  # fmt: skip
# Of whom nobody is on the last two.
NEEDS: Final = (
    ("need-tents", JATI, "protection.shelter", "Terpal", 30, "lembar", 120, NeedStatus.PARTLY),
    ("need-water", FOURTH, "protection.water", "Air bersih", 4000, "liter", 260, NeedStatus.OPEN),
    ("need-latrines", FIFTH, "protection.vulnerable", "Jamban darurat yang bisa dipakai penyandang disabilitas", 6,
     "unit", 45, NeedStatus.OPEN),
)  # fmt: skip
WORDS: Final = {
    "": Said(
        "Semua desa sudah bisa dijangkau kendaraan roda empat sejak 6 November.",
        "Dua desa belum melaporkan jumlah pengungsi menurut umur.",
        "Rapat 4W setiap Jumat pukul 09.00 WITA sampai masa darurat berakhir.",
    ),
    "protection": Said(
        "170 lembar terpal terpasang di Lentera Jati.",
        "Dua lembaga membagikan terpal di desa yang sama, sementara air bersih dan jamban belum ada yang menangani.",
        "Sisa terpal dialihkan; satu lembaga diminta mengambil air bersih.",
    ),
    "logistics": Said(
        "Dapur umum melayani dua kali makan sehari.", "Gas habis dua hari sekali.", "Pinjam tungku desa."
    ),
}


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def load_flood() -> None:
    response = open_response(
        DEMO,
        organisation("network"),
        name="Banjir Kecamatan Contoh, Lombok Timur 2026",
        areas=[area(DISTRICT)],
        valid_from=BEGAN,
        summary=LocalizedText(
            id="Hujan tiga hari merendam lima desa. Data ini seluruhnya contoh.",
            en="Three days of rain flooded five villages. All of this is example data.",
        ),
        response_id=key_of("response/flood"),
        now=at(BEGAN),
    )
    response = publish_response(DEMO, response, now=at(BEGAN, 4))
    for one in LINES:
        _tell(response, one)
    for need in NEEDS:
        _report_need(response, need)
    _reports(response)


def _tell(response: Response, one: StoryLine) -> None:
    """What was told at first and, where the newest figures are later, what they are now."""
    first = min(one.as_of, date(2026, 11, 5))
    row = record_activity(
        DEMO,
        response,
        _draft(one, first, one.done // 3),
        line=key_of(f"response/flood/{one.key}"),
        now=at(date(2026, 11, 5)),
    )
    if one.as_of > first:
        told = max(one.as_of, date(2026, 11, 6))
        correct_activity(
            DEMO, row, _draft(one, one.as_of, one.done), next_id=key_of(f"response/flood/{one.key}/newer"), now=at(told)
        )


def _draft(one: StoryLine, as_of: date, done: int) -> LineDraft:
    return LineDraft(
        lead=organisation(one.lead),
        cluster=one.sub_cluster.partition(".")[0],
        sub_cluster=one.sub_cluster,
        activity=one.activity,
        unit=one.unit,
        planned=Decimal(one.planned),
        done=Decimal(done),
        area=area(one.where),
        starts_on=date(2026, 11, 4),
        status=one.status,
        as_of=as_of,
        reached=one.reached,
        partners=[organisation(key) for key in one.partners],
        funder_words=one.funder,
        note=one.note,
    )


def _report_need(response: Response, need: tuple[str, str, str, str, int, str, int, NeedStatus]) -> None:
    key, where, sub_cluster, what, quantity, unit, people, status = need
    lentera = organisation("lentera") if where == JATI else None
    draft = NeedDraft(
        area=area(where),
        cluster=sub_cluster.partition(".")[0],
        sub_cluster=sub_cluster,
        what=what,
        quantity=Decimal(quantity),
        unit=unit,
        people=people,
        reported_by=lentera,
        reporter="" if lentera else "Pemerintah desa",
        reported_on=date(2026, 11, 8),
        status=status.value,
    )
    report_need(DEMO, response, draft, line=key_of(f"response/flood/{key}"), now=at(date(2026, 11, 8)))


def _reports(response: Response) -> None:
    first = write_report(
        DEMO,
        response,
        valid_from=BEGAN,
        valid_until=date(2026, 11, 10),
        author="Dewi, sekretariat",
        lead_words="Pekan pertama: lima lembaga bekerja, dua kebutuhan belum ada yang menangani.",
        sections=WORDS,
        report_id=key_of("response/flood/report-1"),
        now=at(REPORTED),
    )
    publish_report(DEMO, first, seen=first.version, now=at(date(2026, 11, 10)))
