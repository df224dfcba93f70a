"""What a file is, whatever it is called: taken, or refused in words."""

import io

import pytest

from simpul.documents import kinds
from simpul.documents.sniffing import glance, recognise
from simpul.kernel.errors import Invalid
from tests.factories.documents import CONTENT_TYPES, docx, packed, pdf, picture

ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
M4A = b"\x00\x00\x00\x20ftypM4A \x00\x00\x02\x00M4A mp42isom\x00\x00\x00\x00"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf(), kinds.PDF),
        (picture("JPEG"), kinds.JPEG),
        (picture("PNG"), kinds.PNG),
        (picture("WEBP"), kinds.WEBP),
        (docx(), kinds.DOCX),
        (packed({"[Content_Types].xml": CONTENT_TYPES.format(""), "xl/workbook.xml": "<w/>"}), kinds.XLSX),
        (packed(ODT), kinds.ODT),
        (packed({**ODT, "mimetype": kinds.ODS.media}), kinds.ODS),
        (b"nama;umur\nSari;31\nBudi;40\n", kinds.CSV),
        (b"nama,umur\nSari,31\n", kinds.CSV),
        ("Notulensi rapat — 7 Februari".encode(), kinds.PLAIN),
        ("Catatan".encode("utf-16"), kinds.PLAIN),
        (b"caf\xe9 di desa\n", kinds.PLAIN),
        (b"ID3\x04\x00" + b"\x00" * 50, kinds.MP3),
        (b"\xff\xfb\x90\x64" + b"\x00" * 50, kinds.MP3),
        (b"OggS\x00\x02" + b"\x00" * 50, kinds.OGG),
        (M4A, kinds.M4A),
    ],
)
def test_what_is_taken_is_known_by_its_bytes(data: bytes, found: kinds.FileType) -> None:
    assert recognise(io.BytesIO(data), len(data)) is found
    glance(data[:4096], len(data))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00", "file_type"),
        (b"\x7fELF\x02\x01", "file_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file_type"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html></html>", "file_type"),
        ("<html>".encode("utf-16"), "file_type"),
        (b"<?xml version='1.0'?><x/>", "file_type"),
        (b"GIF89a" + b"\x00" * 20, "file_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "file_type"),
        (MP4, "file_type"),
        (HEIC, "file_type"),
        (b"text with \x00 in it", "file_type"),
        (pdf()[:-40], "file_cut"),
        (docx()[:-30], "file_cut"),
        (b"PK\x03\x04" + b"\x00" * 100, "file_cut"),
        (packed({"a.txt": "x"}), "file_type"),
        (docx(**{"word/vbaProject.bin": b"x"}), "file_macros"),
        (packed({"[Content_Types].xml": CONTENT_TYPES.format("macroEnabled"), "word/document.xml": ""}), "file_macros"),
        (packed({**ODT, "Basic/Standard/Module1.xml": "<x/>"}), "file_macros"),
        (packed({"[Content_Types].xml": "", **{f"m{n}": "" for n in range(5001)}}), "file_type"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Invalid, match=code) as refused:
        recognise(io.BytesIO(data), len(data))
    assert refused.value.field == "file"
    assert str(refused.value.message)


def test_an_archive_that_unpacks_to_far_more_is_not_unpacked() -> None:
    bomb = packed({"[Content_Types].xml": CONTENT_TYPES.format(""), "word/document.xml": b"\x00" * 201_000_000})
    assert len(bomb) < 500_000
    with pytest.raises(Invalid, match="file_type"):
        recognise(io.BytesIO(bomb), len(bomb))


def test_each_family_has_its_limit(settings: object) -> None:
    settings.FILE_LIMITS = {**settings.FILE_LIMITS, "pdf": 2000, "text": 10}
    for data in (pdf(2001), b"eleven byte"):
        with pytest.raises(Invalid, match="file_size"):
            recognise(io.BytesIO(data), len(data))
        with pytest.raises(Invalid, match="file_size"):
            glance(data, len(data))
    assert recognise(io.BytesIO(pdf(2000)), 2000) is kinds.PDF
