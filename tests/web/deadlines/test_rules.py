"""Everybody reads the law; what is only a standard or an agreement is never shown as law."""

from django.urls import reverse
from django.utils.translation import override

from simpul.deadlines import shipped
from simpul.web.deadlines.views import how_long
from tests.cast import Cast


def test_the_public_reads_law_and_nothing_that_only_looks_like_it(cast: Cast) -> None:
    page = cast.publik.client().get(reverse("deadlines:rules")).content.decode()
    assert "UU 12/2022 Pasal 41 ayat (3)" in page
    assert "3 × 24 jam" in page
    assert "SK 301/2022" not in page
    assert "Kesepakatan kelompok" not in page


def test_the_operator_sees_standards_named_as_such(cast: Cast) -> None:
    page = cast.joko.client().get(reverse("deadlines:rules")).content.decode()
    assert "SK 301/2022" in page
    assert "Standar setempat" in page


def test_every_limit_is_said_in_words() -> None:
    with override("id"):
        said = {code: how_long(rule) for code, rule in shipped.rows().items()}
    wanted = {"D01": "3 × 24 jam", "D03.1": "segera", "D03.2": "6 jam", "D11": "5 hari kerja", "D16": "60 hari"}
    assert {code: said[code] for code in wanted} == wanted
    assert (said["D20"], said["D23"]) == ("3 bulan", "paling lambat 31\u00a0Desember setiap tahun")
