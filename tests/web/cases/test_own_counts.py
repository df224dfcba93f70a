"""The page and the sheet of a group's own counts: nothing hidden, marked as what they are, kept nowhere."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from simpul.audit.models import Act
from simpul.cases.kinds import CASE_TYPES
from simpul.releases.models import PublishedCell
from tests.cast import Cast
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
APRIL = datetime(2025, 4, 8, 2, tzinfo=UTC)


def grown(cast: Cast, number: int) -> None:
    for place in range(number):
        make_case(cast.lentera, types=["K.S.2"], victim={"sex": "P", "age_stated": 15 + place}, now=APRIL)


def page_of(cast: Cast) -> str:
    return reverse("owncounts:page", args=[cast.lentera.pk])


def paper(cast: Cast, language: str = "id") -> list[str]:
    browser = cast.budi.client()
    browser.cookies["bahasa"] = language
    answer = browser.get(reverse("owncounts:sheet", args=[cast.lentera.pk, 2025]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "lentera" not in answer.headers["Content-Disposition"].lower()
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def test_the_coordinator_reads_small_counts_on_the_page(cast: Cast) -> None:
    grown(cast, 2)
    answer = cast.budi.client().get(page_of(cast))
    text = re.sub(r"\s+", " ", answer.content.decode())
    assert "2 orang didampingi, 2025" in text
    assert "tidak untuk dipublikasikan" in text
    assert "Perkawinan anak" not in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert reverse("owncounts:sheet", args=[cast.lentera.pk, 2025]) in text
    assert Act.objects.filter(act="cases.read_own_counts").count() == 1


def test_the_only_group_is_opened_at_once_and_the_desk_leads_there(cast: Cast) -> None:
    browser = cast.budi.client()
    assert browser.get("/kasus/angka-kelompok/")["Location"] == page_of(cast)
    assert page_of(cast) in browser.get(reverse("deskrules:desk", args=[cast.lentera.pk])).content.decode()
    assert "Belum ada kasus" in browser.get(page_of(cast)).content.decode()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sheet_is_one_page_marked_and_without_hidden_numbers(cast: Cast, language: str) -> None:
    grown(cast, 2)
    (text,) = paper(cast, language)
    mark, blank = {
        "id": ("TIDAK UNTUK DIPUBLIKASIKAN", "disembunyikan."),
        "en": ("NOT FOR PUBLICATION", "below the threshold"),
    }[language]
    assert mark in text
    assert "di bawah ambang" not in text
    assert language == "id" or blank not in text
    assert re.search(r"\b2 (orang didampingi|people accompanied)", text)


def test_a_sheet_with_every_matter_in_many_places_is_one_page(cast: Cast) -> None:
    make_case(cast.lentera, types=[code for code in CASE_TYPES if code.startswith(("K", "PA"))], now=APRIL)
    make_case(cast.lentera, types=[code for code in CASE_TYPES if not code.startswith(("K.", "PA"))], now=APRIL)
    (text,) = paper(cast)
    assert "perkara lain" in text


def test_nothing_of_it_is_cached_nor_published(cast: Cast) -> None:
    grown(cast, 3)
    cache.clear()
    cast.budi.client().get(page_of(cast))
    paper(cast)
    assert "K.S" not in str(getattr(cache, "_cache", {}))
    assert not PublishedCell.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grown(cast, number)
    browser = cast.budi.client()
    browser.get(page_of(cast))
    with django_assert_num_queries(12):
        browser.get(page_of(cast))


@pytest.mark.parametrize("asked", ["1999", "x", "", "20250", "٢٠٢٥"])
def test_a_year_that_is_not_there_is_the_latest(cast: Cast, asked: str) -> None:
    grown(cast, 1)
    make_case(cast.lentera, types=["AD.1"], now=APRIL - timedelta(days=400))
    text = cast.budi.client().get(page_of(cast), {"tahun": asked}).content.decode()
    assert "didampingi, 2025" in text
