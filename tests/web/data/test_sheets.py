"""Sheets of paper for officials: one page each, of published numbers and nothing else."""

import io
import re

import pytest
from pypdf import PdfReader

from simpul.releases.kinds import FORMS
from simpul.releases.models import PublishedCell
from simpul.releases.tables import TABLES
from simpul.web.data.paper import MOST_BARS
from tests.cast import Cast, Played
from tests.factories.published import a_year, publish
from tests.factories.territory import MASBAGIK_UTARA_BARU, PENEDA_GANDOR
from tests.matrix.data import at_home

pytestmark = pytest.mark.django_db
BLANK = "di bawah ambang atau disembunyikan"
VILLAGE, QUARTER = f"/data/lembar/{MASBAGIK_UTARA_BARU}/2025.pdf", "/data/lembar/52.03/2025-Q2.pdf"
ALL = (VILLAGE, QUARTER, f"/data/lembar/{PENEDA_GANDOR}/2025.pdf", "/data/lembar/52.02/2025-Q1.pdf")


def pages(reader: Played, address: str, language: str = "id") -> list[str]:
    browser = reader.client()
    browser.cookies["bahasa"] = language
    answer = browser.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def words(reader: Played, address: str) -> str:
    (page,) = pages(reader, address)
    return re.sub(r"\s+", " ", page)


def numbers(text: str) -> set[int]:
    return {int(one.replace(".", "")) for one in re.findall(r"(?<![\w’.])\d[\d.]*(?![\w…’])", text) if one[-1] != "."}


@pytest.fixture
def year(cast: Cast) -> Cast:
    at_home(cast)
    a_year()
    return cast


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("address", ALL)
def test_a_sheet_is_one_page_in_both_languages(year: Cast, address: str, language: str) -> None:
    (page,) = pages(year.budi, address, language)
    assert page.strip()


def test_a_sheet_with_all_there_can_be_on_it_is_one_page(cast: Cast) -> None:
    """Eleven years, every kind and every number large; names as long as they come."""
    at_home(cast)
    families = list(dict.fromkeys(code.partition(".")[0] for code in FORMS))
    assert len(families) >= MOST_BARS
    for old in range(2014, 2026):
        publish("village-year", str(old), {(MASBAGIK_UTARA_BARU, kind, "", ""): 12_345 for kind in ("", *families)})
        publish(
            "village-year-sex",
            str(old),
            {(MASBAGIK_UTARA_BARU, kind, sex, ""): 12_345 for kind in ("", "violence", "social") for sex in "PL"},
        )
    for language in ("id", "en"):
        assert len(pages(cast.budi, VILLAGE, language)) == 1


def test_every_number_on_a_sheet_is_a_published_one_of_that_place(year: Cast) -> None:
    for address, code, period in ((VILLAGE, MASBAGIK_UTARA_BARU, "2025"), (QUARTER, "52.03", "2025-Q2")):
        said = words(year.budi, address).partition("http")[0]
        cells = PublishedCell.objects.filter(area=code, period__lte=period)
        told = set(cells.values_list("count", flat=True))
        assert told & numbers(said)
        assert {one for one in numbers(said) if one >= 10} <= told | {2025, 2026, 18}  # the last: an age


def test_child_marriage_of_a_village_stays_hidden_below_ten(year: Cast) -> None:
    said = words(year.budi, VILLAGE)
    assert re.search(r"Perkawinan anak(?! \d)", said)
    assert BLANK in said
    assert TABLES["village-year"].depth == 2


def test_an_office_reads_less_of_a_village_than_the_village_does(year: Cast) -> None:
    """By sex there is nothing for the agency of the regency, and 14 women for who accompanies the village."""
    assert 14 in numbers(words(year.budi, VILLAGE))
    assert 14 not in numbers(words(year.indah, VILLAGE))


def test_a_place_of_which_nothing_is_told_says_the_same_words(year: Cast) -> None:
    said = words(year.budi, f"/data/lembar/{PENEDA_GANDOR}/2025.pdf")
    assert BLANK in said
    assert numbers(said.partition("http")[0]) <= {2025, 2026, 5, 10}
