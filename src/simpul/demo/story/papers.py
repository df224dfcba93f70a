"""Papers of the village group: drawn, so that nothing real is shown."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from simpul.demo.steps import DEMO
from simpul.documents.services.keeping import add_document
from simpul.documents.services.uploads import begin_upload, receive_part
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.organisations.papers import PaperKind, usual_audience

SIZE: Final = (620, 877)  # A4 at 75 dots an inch


@dataclass(frozen=True, slots=True)
class StoryPaper:
    kind: PaperKind
    title: str
    lines: tuple[str, ...]
    since: date
    as_picture: bool = False


PAPERS: Final = (
    StoryPaper(
        PaperKind.DECREE,
        "SK Kepala Desa Lentera Jati 188.45/03/DLJ/2025",
        ("Menetapkan Kelompok Konstituen Lentera", "dengan empat divisi,", "masa bakti 2025-2028."),
        date(2025, 1, 20),
    ),
    StoryPaper(
        PaperKind.BYLAWS,
        "Aturan kelompok",
        ("Rapat setiap bulan.", "Rahasia warga tetap rahasia.", "Kas dilaporkan terbuka."),
        date(2025, 2, 3),
    ),
    StoryPaper(
        PaperKind.BOARD,
        "Bagan kelompok",
        ("Hubungan Masyarakat", "Ekonomi", "Pendataan", "Pengaduan dan Pendampingan"),
        date(2025, 2, 3),
        as_picture=True,
    ),
)


def add_papers(group: Organisation) -> None:
    for paper in PAPERS:
        now = datetime(paper.since.year, paper.since.month, paper.since.day, 2, tzinfo=UTC)
        data, key = drawn(paper), uuid7()
        begin_upload(DEMO, key=key, size=len(data), now=now)
        receive_part(DEMO, key, offset=0, source=io.BytesIO(data), now=now)
        add_document(
            DEMO,
            group.ref,
            id=uuid7(),
            upload=key,
            title=paper.title,
            kind=paper.kind,
            audience=usual_audience(paper.kind),
            now=now,
        )


def drawn(paper: StoryPaper) -> bytes:
    """A page with its title, its lines, and across it what it is: an example."""
    page = Image.new("RGB", SIZE, "#fdfaf3")
    pen = ImageDraw.Draw(page)
    pen.text((60, 70), paper.title, fill="#1f3d73", font=ImageFont.load_default(20))
    for number, line in enumerate(paper.lines):
        pen.text((60, 150 + 40 * number), line, fill="#222222", font=ImageFont.load_default(18))
    pen.text((60, 800), "DATA CONTOH", fill="#9a3b26", font=ImageFont.load_default(22))
    out = io.BytesIO()
    if paper.as_picture:
        page.save(out, "PNG")
    else:
        made = paper.since.timetuple()
        page.save(out, "PDF", creationDate=made, modDate=made)
    return out.getvalue()
