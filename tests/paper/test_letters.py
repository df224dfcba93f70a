"""Letters come out as PDF: one page, the same each time, with nothing in them that was not handed in."""

import re
import subprocess
import sys
import zlib
from dataclasses import replace
from itertools import pairwise

import pytest

from simpul.paper.letters import Letter, print_letter
from simpul.paper.pictures import qr_svg
from simpul.paper.typesetting import typeset

LETTER = Letter(
    language="id",
    sender="KK Lentera",
    sender_lines=["Desa Contoh"],
    place_and_day="Desa Contoh, 3 Maret 2025",
    number="Nomor K7Q2-M4TD",
    recipient="Kepada Kantor Contoh",
    title="Surat rujukan",
    paragraphs=["Kami memohon bantuan.", "Isinya dibuka di alamat ini."],
    steps=["Pindai kode.", "Masukkan PIN."],
    address="https://simpul.example/surat/abc/",
    address_label="Pindai untuk membuka",
    signed="Hormat kami",
    footer="Tanpa nama",
)


def pages(pdf: bytes) -> int:
    objects = pdf + b"".join(_inflated(pdf))
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", objects))


def _inflated(pdf: bytes) -> list[bytes]:
    found = []
    for start, end in pairwise([m.start() for m in re.finditer(rb"stream\r?\n|endstream", pdf)]):
        try:
            found.append(zlib.decompressobj().decompress(pdf[start:end].split(b"\n", 1)[1]))
        except (zlib.error, IndexError):
            continue
    return found


def test_a_letter_is_one_page_of_pdf() -> None:
    printed = print_letter(LETTER)
    assert printed.startswith(b"%PDF-")
    assert pages(printed) == 1
    assert len(printed) < 60_000


def test_the_same_letter_is_the_same_file() -> None:
    assert print_letter(LETTER) == print_letter(LETTER)


@pytest.mark.parametrize("words", ["#panic()", "*tebal* $x$", "<label> @rujukan", "// komentar", 'kutip " dan \\'])
def test_words_are_words_and_never_markup(words: str) -> None:
    spoilt = replace(LETTER, paragraphs=[words], sender=words, footer=words)
    assert pages(print_letter(spoilt)) == 1


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        typeset("none", {})


def test_the_code_is_an_svg_without_text() -> None:
    assert qr_svg("https://simpul.example/surat/abc/").startswith("<svg")
    assert "simpul" not in qr_svg("https://simpul.example/surat/abc/")


def test_the_typesetter_is_loaded_at_first_use() -> None:
    code = "import sys, simpul.paper.letters; sys.exit('typst' in sys.modules or 'django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
