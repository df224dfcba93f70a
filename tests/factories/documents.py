"""Files of every kind, and documents made of them as a person would."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from simpul.documents.models import Document
from simpul.documents.services.keeping import add_document
from simpul.documents.services.uploads import begin_upload, receive_part
from simpul.kernel.actor import Actor
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from tests.cast import NOW

MARKER = b"SEKAR-KENANGA-7731"  # looked for on disk, where it must never be


def pdf(size: int = 3000, marker: bytes = MARKER) -> bytes:
    """A PDF of so many bytes; equal sizes and markers are equal files."""
    begin, end = b"%PDF-1.7\n1 0 obj <<>> endobj\n% " + marker + b"\n%", b"\ntrailer <<>>\n%%EOF\n"
    return begin + b"x" * (size - len(begin) - len(end)) + end


def varied_pdf(size: int) -> bytes:
    """A PDF of so many bytes, in which no stretch is like another: a piece at a wrong place is seen."""
    return pdf(size, b" ".join(b"%d" % number for number in range(size // 9)))


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), *, tell: str = "", **options: object) -> bytes:
    """A picture; `tell` goes into its EXIF, beside a place on earth."""
    image = Image.new("RGB", size, (40, 90, 160))
    exif = image.getexif()
    if tell:
        exif[0x010E] = tell
        exif.get_ifd(0x8825)[2] = (IFDRational(8), IFDRational(35), IFDRational(0))
    out = io.BytesIO()
    image.save(out, kind, **({"exif": exif} if tell else {}), **options)
    return out.getvalue()


def packed(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
)


def docx(**more: bytes) -> bytes:
    return packed({"[Content_Types].xml": CONTENT_TYPES.format(""), "word/document.xml": "<w/>", **more})


def send(actor: Actor, data: bytes, *, key: UUID | None = None, now: datetime = NOW) -> UUID:
    """Upload it whole; the sender's key."""
    key = key or uuid7()
    begin_upload(actor, key=key, size=len(data), now=now)
    receive_part(actor, key, offset=0, source=io.BytesIO(data), now=now)
    return key


def make_document(
    actor: Actor,
    subject: RecordRef,
    data: bytes | None = None,
    *,
    title: str = "Akta pendirian",
    kind: str = "deed",
    audience: str = "public",
    now: datetime = NOW,
) -> Document:
    sent = send(actor, pdf(marker=str(uuid7()).encode()) if data is None else data, now=now)
    return add_document(actor, subject, id=uuid7(), upload=sent, title=title, kind=kind, audience=audience, now=now)
