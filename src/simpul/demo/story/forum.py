"""How SIMPUL LOTIM came to be, with the paper that shows that its members are ready."""

import io
from datetime import UTC, date, datetime
from typing import Final

from simpul.activities.forum_life import Stage
from simpul.activities.kinds import Visibility
from simpul.activities.models import Event
from simpul.activities.rules.forums import StagePaper
from simpul.activities.services.forums import reach_forum_stage
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.demo.story.papers import StoryPaper, drawn
from simpul.documents.services.keeping import add_document
from simpul.documents.services.uploads import begin_upload, receive_part
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.organisations.papers import PaperKind
from simpul.organisations.sectors import Sector
from simpul.organisations.services.memberships import admit_member

CHOSEN: Final = date(2024, 9, 16)
WAY: Final[tuple[tuple[Stage, str, date, str], ...]] = (
    (Stage.MAPPED, "", date(2024, 6, 10), "Peta 31 organisasi dan lima isu, dari wawancara di 21 kecamatan"),
    (Stage.READY, "", date(2024, 9, 2), "Surat pernyataan kesediaan 17 anggota, disimpan sekretariat"),
    (Stage.NAMED, "", date(2024, 9, 2), "Notulensi lokakarya pembentukan: nama disepakati SIMPUL LOTIM"),
    (Stage.PRESIDIUM, "", CHOSEN, "Berita acara pemilihan presidium, tiga organisasi"),
    (Stage.LAUNCHED, "", date(2024, 10, 21), "Undangan dan daftar hadir peluncuran di pendopo"),
    (Stage.ADVOCACY, Sector.SOCIAL_PROTECTION, date(2025, 7, 22), "Ringkasan kebijakan tentang kartu JKN nonaktif"),
)
PAPERS: Final = {
    Stage.MAPPED: StoryPaper(
        PaperKind.OTHER,
        "Peta pelaku dan isu Lombok Timur",
        ("31 organisasi, 9 OPD, 2 kampus.", "Isu: surat-surat, JKN,", "perkawinan anak, migran, air."),
        date(2024, 6, 10),
    ),
    Stage.ADVOCACY: StoryPaper(
        PaperKind.OTHER,
        "Ringkasan kebijakan: kartu JKN nonaktif",
        ("Sebelas warga satu desa datang", "dengan kartu yang mati.", "Usul: cek bersama tiap bulan."),
        date(2025, 7, 22),
    ),
}
_KINDS: Final = {Stage.MAPPED: StagePaper.MAP, Stage.ADVOCACY: StagePaper.BRIEF}


def load_forum_way() -> None:
    forum = organisation("forum")
    for key, role in (("oms-2", "coordinator"), ("oms-4", "presidium"), ("kampus", "presidium")):
        admit_member(DEMO, forum, member=organisation(key), role=role, valid_from=CHOSEN, now=at(CHOSEN))
    audience = Event.objects.get(pk=key_of("event/audiensi"))
    for stage, theme, day, evidence in WAY:
        row = reach_forum_stage(
            DEMO, forum, stage=stage, theme=theme, reached_on=day, evidence=evidence,
            event=audience if stage == Stage.ADVOCACY else None, now=at(day),
        )  # fmt: skip
        if stage in PAPERS:
            _add(row.ref, PAPERS[stage], _KINDS[stage])


def _add(subject: RecordRef, paper: StoryPaper, kind: StagePaper) -> None:
    now, data, key = at(paper.since), drawn(paper), uuid7()
    begin_upload(DEMO, key=key, size=len(data), now=now)
    receive_part(DEMO, key, offset=0, source=io.BytesIO(data), now=now)
    add_document(
        DEMO, subject, id=uuid7(), upload=key, title=paper.title, kind=kind, audience=Visibility.PUBLIC, now=now
    )


def at(day: date) -> datetime:
    """Ten in the morning in Lombok."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
