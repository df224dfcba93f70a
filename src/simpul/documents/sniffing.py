"""What a file is, read from its bytes. Its name and what the browser calls it are never asked.

The table is our own: a dozen types, each with the check that tells it from what only begins like it. Refusals are
`Invalid(code, "file")` with words for the person who chose the file.
"""

import codecs
import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.documents import kinds
from simpul.documents.kinds import FileType, limit
from simpul.kernel.errors import Invalid

HEAD: Final = 4096  # bytes that tell the family
_TAIL: Final = 4096
_MEMBERS: Final = 5_000
_UNPACKED: Final = 200_000_000  # bytes
_TABLE: Final = 1024 * 1024  # bytes of [Content_Types].xml that are read
_MARKUP: Final = re.compile(rb"^\s*<(?:!doctype|html|head|body|script|svg|\?xml|iframe|xht?ml)", re.IGNORECASE)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MACROS: Final = re.compile(
    r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|basic/|scripts/|macrosheets/|activex/)", re.IGNORECASE
)

CUT: Final = _("This file is cut short or damaged. Open it on your device, save it anew, and send that.")
MACROS: Final = _("This file holds macros: small programs that could do harm. Save it without macros, or as PDF.")
OLD_OFFICE: Final = _("This is an old Word or Excel file, or a locked one. Save it as DOCX, XLSX or PDF, unlocked.")
LOCKED: Final = _("This file is locked with a password. Save it without one and send that.")
MARKUP: Final = _("Web pages and SVG drawings are not taken: they can hold programs. Save it as PDF or as a picture.")
UNKNOWN: Final = _(
    "This kind of file is not taken. Send a PDF, a picture (JPEG, PNG, WebP), a DOCX, XLSX, ODT, ODS, CSV or text "
    "file, or a sound (MP3, OGG, M4A)."
)
PACKED: Final = _("This file unpacks to far more than it should hold. Save it anew, or as PDF.")


def refuse(code: str, message: str | Promise) -> Invalid:
    return Invalid(code, "file", message=message)


def glance(head: bytes, size: int) -> None:
    """Refuse what the first bytes already tell, so that nobody sends 20 MB in vain. `size` is that of the whole."""
    found = _by_head(head)
    if found is None and head.startswith(b"PK\x03\x04"):
        _check_size(kinds.DOCX, size)
    elif found is None:
        _refuse_markup(head)
        if b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise refuse("file_type", UNKNOWN)
        _check_size(kinds.PLAIN, size)
    else:
        _check_size(found, size)


def recognise(file: BinaryIO, size: int) -> FileType:
    """What the whole file is. Invalid: "file_type", "file_size", "file_cut", "file_macros", "file_locked"."""
    file.seek(0)
    head = file.read(HEAD)
    found = _by_head(head)
    if found is None and head.startswith(b"PK\x03\x04"):
        found = _office(file)
    elif found is None:
        found = _text(file, head)
    elif found is kinds.PDF:
        _check_pdf(file, size)
    _check_size(found, size)
    return found


def _by_head(head: bytes) -> FileType | None:
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise refuse("file_type", OLD_OFFICE)
    for begin, found in _BEGINNINGS:
        if head.startswith(begin):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return kinds.WEBP
    if head[4:8] == b"ftyp":
        return _iso(head)
    # An MPEG frame without a tag before it: eleven bits of sync, layer III, a bit rate and a sample rate that exist.
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in {0, 15}:
        return kinds.MP3 if head[2] >> 2 & 3 != 3 else None
    return None


_BEGINNINGS: Final = (
    (b"%PDF-", kinds.PDF),
    (b"\xff\xd8\xff", kinds.JPEG),
    (b"\x89PNG\r\n\x1a\n", kinds.PNG),
    (b"OggS\x00", kinds.OGG),
    (b"ID3", kinds.MP3),
    (b"\x1aE\xdf\xa3", kinds.WEBM),
)


def _iso(head: bytes) -> FileType:
    """M4A is one of a family of containers, most of which hold moving pictures or HEIC."""
    brands = {head[at : at + 4] for at in (8, *range(16, min(int.from_bytes(head[:4]), 64), 4))}
    if brands & {b"M4A ", b"M4B "}:
        return kinds.M4A
    if brands & {b"heic", b"heix", b"mif1", b"avif"}:
        raise refuse("file_type", _("This picture is a HEIC or AVIF file. Send it as JPEG: share or save it as such."))
    raise refuse("file_type", UNKNOWN)


def _check_pdf(file: BinaryIO, size: int) -> None:
    file.seek(max(0, size - _TAIL))
    if b"%%EOF" not in file.read(_TAIL):
        raise refuse("file_cut", CUT)


def _check_size(found: FileType, size: int) -> None:
    most = limit(found.family)
    if size > most:
        message = _("This file is too large: at most %(most)s MB for this kind. Send a smaller copy of it.")
        raise refuse("file_size", message % {"most": most // 1_000_000})


def _refuse_markup(head: bytes) -> None:
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        raise refuse("file_type", MARKUP)


def _office(file: BinaryIO) -> FileType:
    try:
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
            _check_members(members)
            return _office_of(packed, {m.filename for m in members})
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OverflowError, ValueError, KeyError) as error:
        raise refuse("file_cut", CUT) from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MEMBERS or sum(m.file_size for m in members) > _UNPACKED:
        raise refuse("file_type", PACKED)
    if any(m.flag_bits & 1 for m in members):
        raise refuse("file_locked", LOCKED)
    if any(_MACROS.search(m.filename) for m in members):
        raise refuse("file_macros", MACROS)


def _office_of(packed: zipfile.ZipFile, names: set[str]) -> FileType:
    if "[Content_Types].xml" in names:
        with packed.open("[Content_Types].xml") as table:
            types = table.read(_TABLE).decode("utf-8", "replace").lower()
        if "macroenabled" in types or "vbaproject" in types:
            raise refuse("file_macros", MACROS)
        for member, found in (("word/document.xml", kinds.DOCX), ("xl/workbook.xml", kinds.XLSX)):
            if member in names:
                return found
    if {"mimetype", "content.xml"} <= names:
        with packed.open("mimetype") as said:
            media = said.read(100).decode("ascii", "replace").strip()
        if media in {kinds.ODT.media, kinds.ODS.media}:
            return kinds.TYPES[media]
    raise refuse("file_type", UNKNOWN)


def _text(file: BinaryIO, head: bytes) -> FileType:
    """UTF-8, UTF-16 with its mark, or one of the old one-byte encodings; no control characters, no markup."""
    encoding = _encoding(head)
    _refuse_markup(head if encoding != "utf-16" else head.decode("utf-16", "replace").encode())
    file.seek(0)
    try:
        clean = _is_text(iter(lambda: file.read(1 << 16), b""), encoding)
    except UnicodeDecodeError:
        file.seek(0)
        clean = _is_text(iter(lambda: file.read(1 << 16), b""), "latin-1")
    if not clean:
        raise refuse("file_type", UNKNOWN)
    return kinds.CSV if _is_table(head) else kinds.PLAIN


def _encoding(head: bytes) -> str:
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"


def _is_text(pieces: Iterable[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in pieces:
        if _CONTROL.search(decoder.decode(piece)):
            return False
    return not _CONTROL.search(decoder.decode(b"", final=True))


def _is_table(head: bytes) -> bool:
    """Two full lines with the same number of the same separator."""
    lines = head.decode("utf-8", "replace").splitlines()[:3][:2]
    return len(lines) == 2 and any(lines[0].count(s) == lines[1].count(s) > 0 for s in (";", "\t", ","))
