"""Pages of published counts: what is told, what is not, and the same words for all that is not."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from simpul.releases.models import Annotation, PublishedCell, Release
from tests.architecture.source import ROOT
from tests.cast import Cast
from tests.factories.published import a_year, open_book, publish
from tests.factories.territory import MASBAGIK_UTARA_BARU, PENEDA_GANDOR, areas
from tests.matrix.data import at_home

pytestmark = pytest.mark.django_db
BLANK = "di bawah ambang atau disembunyikan"


def html(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    return re.sub(r"<[^>]*>", "", found[1]).strip()


def row_of(page: str, code: str) -> str:
    found = re.search(rf'<tr data-code="{re.escape(code)}".*?</tr>', page)
    assert found, code
    return re.sub(r"<[^>]*>", " ", found[0])


def test_nothing_published_teaches_what_will_appear(client: Client) -> None:
    areas("52.03")
    assert "Belum ada angka yang terbit di sini" in html(client, "/data/kasus/")
    assert "Belum ada angka yang terbit di sini" in html(client, "/data/kasus/?wilayah=52.03")


def test_the_country_by_its_year_is_the_sum_of_published_months(client: Client) -> None:
    told = a_year()
    page = html(client, "/data/kasus/")
    total = f"{sum(told.values()):,}".replace(",", ".")
    assert heading(page) == f"{total} orang didampingi: Indonesia, 2025"
    assert "918" in row_of(page, "52")  # 70 + month, twelve times
    assert BLANK in row_of(page, "32")  # a month of it is blank, so its year is
    assert "wilayah=52" in page


def test_a_month_is_shown_with_its_own_numbers(client: Client) -> None:
    a_year()
    page = html(client, "/data/kasus/?periode=2025-03")
    assert heading(page) == "103 orang didampingi: Indonesia, Maret 2025"
    assert BLANK in row_of(page, "32")
    assert "73" in row_of(page, "52")


def test_drilling_down_takes_the_period_along_as_far_as_it_is_told(client: Client) -> None:
    a_year()
    province = html(client, "/data/kasus/?wilayah=52&periode=2025-03")
    assert "73 orang didampingi" in heading(province)
    assert "Triwulan I 2025" in province  # regencies are told by quarter
    assert "80" in row_of(province, "52.03")
    assert "19" in row_of(province, "52.02")
    regency = html(client, "/data/kasus/?wilayah=52.03")
    assert heading(regency) == "320 orang didampingi: Kabupaten Lombok Timur, 2025"
    assert "77" in row_of(regency, "52.03.05")
    assert BLANK in row_of(regency, "52.03.17")
    district = html(client, "/data/kasus/?wilayah=52.03.05")
    assert "53" in row_of(district, MASBAGIK_UTARA_BARU)
    village = html(client, f"/data/kasus/?wilayah={MASBAGIK_UTARA_BARU}")
    assert heading(village) == "53 orang didampingi: Desa Masbagik Utara Baru, 2025"
    assert '<figure class="area-map"' not in village


def test_a_place_that_is_blank_says_so_in_its_heading(client: Client) -> None:
    a_year()
    assert heading(html(client, f"/data/kasus/?wilayah={PENEDA_GANDOR}")).endswith(f"2025: {BLANK}")


def test_a_type_is_followed_down_and_told_by_its_family_where_no_finer_is(client: Client) -> None:
    a_year()
    page = html(client, "/data/kasus/?wilayah=52&jenis=JK.4&periode=2025-01")
    assert BLANK in heading(page)
    assert "dirinci paling jauh: Jaminan" in page
    assert "41" in row_of(page, "52.03")


def test_everything_blank_says_the_same_in_both_languages(client: Client) -> None:
    a_year()
    page = html(client, "/data/kasus/")
    said = set(re.findall(r">\s*((?:di bawah|below|tidak ada data|no data)[^<]*)<", page))
    assert {one.removesuffix(" · ") for one in said} == {BLANK}
    client.cookies["bahasa"] = "en"
    english = html(client, "/data/kasus/")
    said = set(re.findall(r">\s*((?:di bawah|below|tidak ada data|no data)[^<]*)<", english))
    assert {one.removesuffix(" · ") for one in said} == {"below the threshold or hidden"}


def test_every_published_number_of_a_page_leads_to_its_address(client: Client) -> None:
    a_year()
    page = html(client, "/data/kasus/?periode=2025-03")
    keys = set(re.findall(r"/data/kasus/angka/([0-9a-f-]{36})/", page))
    assert keys
    assert PublishedCell.objects.filter(pk__in=keys).count() == len(keys)
    for key in list(keys)[:3]:
        cell = PublishedCell.objects.get(pk=key)
        assert str(cell.count) in html(client, f"/data/kasus/angka/{key}/")


def test_one_number_says_where_it_comes_from_and_how_to_cite_it(client: Client) -> None:
    a_year()
    cell = PublishedCell.objects.get(table="regency-quarter", area="52.03", period="2025-Q1", type="JK")
    page = html(client, f"/data/kasus/angka/{cell.pk}/")
    assert heading(page) == "41 · Jaminan kesehatan: Kabupaten Lombok Timur, Triwulan I 2025"
    assert cell.release.certificate_digest in page
    assert cell.release.digest in page
    cited = re.search(r'class="cite">(.*?)</p>', page)
    assert cited
    for part in ("41 orang didampingi", "Triwulan I 2025", f"/data/kasus/angka/{cell.pk}/", "5 Januari 2026"):
        assert part in cited[1]


def test_a_retracted_release_stays_and_says_so(client: Client, cast: Cast) -> None:
    at_home(cast)
    a_year()
    release = Release.objects.get(audience="public", period="2025-02")
    page = html(cast.fitri.client(), f"/data/kasus/terbitan/{release.pk}/catatan/")
    assert "Apa yang perlu dikatakan tentang Februari 2025" in page
    sent = {"kind": "retracted", "words": "Satu kelompok mencatat dua kali."}
    response = cast.fitri.client().post(f"/data/kasus/terbitan/{release.pk}/catatan/", sent)
    assert response.status_code == 302
    assert Annotation.objects.get().made_by == cast.fitri.actor.person_id
    for address in (f"/data/kasus/terbitan/{release.pk}/", f"/data/kasus/angka/{release.cells.first().pk}/"):
        told = html(client, address)
        assert "Satu kelompok mencatat dua kali." in told
        assert "Ditarik, dan tetap di sini" in told
    assert "ditarik" in html(client, "/data/kasus/terbitan/")
    assert "102 orang didampingi" in html(client, "/data/kasus/?periode=2025-02")


def test_officials_see_more_of_a_regency_than_the_public(client: Client, cast: Cast) -> None:
    at_home(cast)
    a_year()
    address = "/data/kasus/?wilayah=52.03&periode=2025-Q1"
    assert "menurut perkara dan umur" not in html(client, address).lower()
    page = html(cast.indah.client(), address)
    assert "Menurut perkara dan umur, Triwulan I 2025" in page
    assert ">23<" in page


ENGLISH = (
    "G1 no protected cell or increment is a linear combination of anything ever published to that audience.",
    (
        "G2 each protected target has at least two non-negative integer tables that fit everything published and "
        "differ on it (how many of them reach k is reported, not promised)."
    ),
    "G3 a published value never changes.",
    (
        "Not guaranteed: an attacker who knows records, inference from the suppression rule itself, probabilistic "
        "inference, audiences that pool their tables unless the union ledger is used, group disclosure."
    ),
)


def said_of(page: str) -> list[str]:
    """What the page of the method guarantees and what not, as it is read."""
    promised = [
        *re.findall(r"<li>(G\d .*?)</li>", page),
        *re.findall(r"<p>((?:Not guaranteed|Tidak dijamin): .*?)</p>", page),
    ]
    return [unescape(one) for one in promised]


def plain(path: Path) -> str:
    return re.sub(r"\s+", " ", path.read_text(encoding="utf-8").replace("*", ""))


def test_method_says_the_guarantees_in_their_very_words(client: Client) -> None:
    """The page, both guides and the method's own chapter say the same, in either language word for word."""
    page = html(client, "/data/kasus/cara/")
    indonesian = said_of(page)
    assert indonesian[0].startswith("G1 tidak ada sel atau tambahan terlindung")
    client.cookies["bahasa"] = "en"
    english = said_of(html(client, "/data/kasus/cara/"))
    assert english == [*ENGLISH]
    for language, sentences in (("id", indonesian), ("en", english)):
        for reader in ("officials", "statisticians"):
            guide = plain(ROOT / "docs" / "guides" / language / f"counts-for-{reader}.md")
            assert [one for one in sentences if one not in guide] == []
    assert [one for one in english if one not in plain(ROOT / "docs" / "disclosure.md")] == []


@pytest.mark.parametrize("tail", ["wilayah=99", "periode=2025-13", "jenis=XX", "periode=kemarin", "wilayah=52.99"])
def test_what_there_is_not_is_not_found(client: Client, tail: str) -> None:
    open_book()
    assert client.get(f"/data/kasus/?{tail}").status_code == 404


def test_releases_are_listed_page_by_page(client: Client) -> None:
    for year in (2023, 2024, 2025):
        for month in range(1, 13):
            publish("nation-month", f"{year}-{month:02}", {("", "", "", ""): 50})
    page = html(client, "/data/kasus/terbitan/")
    assert heading(page) == "36 terbitan, tidak satu pun pernah diubah"
    assert page.count('href="/data/kasus/terbitan/0') == 30
    assert 'href="?hal=2"' in page
    assert html(client, "/data/kasus/terbitan/?hal=2").count('href="/data/kasus/terbitan/0') == 6
    assert "36 terbitan" in html(client, "/data/kasus/terbitan/?hal=x")


@pytest.mark.parametrize("months", [1, 3])
def test_pages_ask_as_often_however_much_is_published(
    client: Client, months: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for month in range(1, months + 1):
        numbers = {("", "", "", ""): 70, ("", "JK", "", ""): 30}
        release = publish("nation-month", f"2025-{month:02}", numbers)
        publish("province-month", f"2025-{month:02}", {("52", "", "", ""): 50})
    cell = release.cells.first()
    client.get("/data/kasus/")  # a book is read once a process
    with django_assert_num_queries(10):
        client.get("/data/kasus/")
    with django_assert_num_queries(3):
        client.get(f"/data/kasus/angka/{cell.pk}/")
    with django_assert_num_queries(4):
        client.get("/data/kasus/terbitan/")
    with django_assert_num_queries(4):
        client.get(f"/data/kasus/terbitan/{release.pk}/")


def test_the_desk_of_a_simpul_without_cases_has_nothing_to_publish(cast: Cast) -> None:
    at_home(cast)
    page = html(cast.fitri.client(), "/data/rilis/")
    assert "Belum ada yang bisa diterbitkan" in page
    assert "Belum ada usulan" in page
