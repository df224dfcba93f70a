"""A file holds what its page shows, as anybody may see it; the bar that leads to it stands in one place, or nowhere."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from simpul.interop.reading import read_book
from simpul.kernel.actor import System
from simpul.organisations.models import Organisation
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.safety import set_safety_mode
from tests.cast import Cast
from tests.factories.networks import make_programme
from tests.factories.organisations import make_organisation, make_service_point
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
SYSTEM, NOW = System("tests"), datetime.now(UTC)


def first_column(content: bytes, sheet: int = 0) -> list[object]:
    return [line.cells[0] for line in read_book(content).sheets[sheet].lines[1:]]


def streamed(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_directory_is_given_as_it_is_filtered(client: Client, cast: Cast) -> None:
    areas("52.08")
    make_organisation(name="Yayasan Di Utara", seat="52.08")
    answer = client.get("/ekspor/jejaring.xlsx?wilayah=52.08")
    assert first_column(answer.content) == ["Yayasan Di Utara"]
    about = dict(line.cells[:2] for line in read_book(answer.content).sheets[1].lines[1:])
    assert "Kabupaten Lombok Utara" in str(about) or "52.08" in str(about)
    assert "CC BY 4.0" in str(about)


def test_who_is_hidden_is_in_no_file_for_nobody(cast: Cast) -> None:
    set_safety_mode(SYSTEM, cast.lentera, on=True, reason_code="threat", now=NOW)
    for played in cast:
        found = first_column(played.client().get("/ekspor/jejaring.xlsx").content)
        assert (played.key, "Kelompok Konstituen Lentera" in found) == (played.key, False)
        members = streamed(played.client().get(f"/ekspor/anggota/{cast.forum.pk}.csv")).decode()
        assert "Lentera" not in members


def test_only_what_everybody_sees_of_an_organisation_is_in_the_file(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.lentera.pk).update(phone="+6281111111111", npwp="012345678901234")
    Organisation.objects.filter(pk=cast.support.pk).update(phone="+6282222222222")
    text = streamed(cast.budi.client().get("/ekspor/jejaring.csv")).decode()
    assert "+6281111111111" not in text
    assert "012345678901234" not in text
    assert "'+6282222222222" in text  # guarded: no spreadsheet takes it for a formula


def test_members_are_given_as_they_were_on_the_day(client: Client, cast: Cast) -> None:
    admit_member(SYSTEM, cast.network, member=cast.support, valid_from=datetime(2030, 1, 1).date(), now=NOW)  # noqa: DTZ001
    names = first_column(client.get(f"/ekspor/anggota/{cast.network.pk}.xlsx?tingkat=1").content)
    assert names == ["Forum Simpul Contoh"]
    names = first_column(client.get(f"/ekspor/anggota/{cast.network.pk}.xlsx?pada=2030-02-01&tingkat=1").content)
    assert names == ["Forum Simpul Contoh", "Pusat Riset Contoh"]


def test_a_csv_for_indonesian_excel_is_asked_for(client: Client, cast: Cast) -> None:
    plain = streamed(client.get("/ekspor/jejaring.csv"))
    excel = streamed(client.get("/ekspor/jejaring.csv?untuk=excel"))
    assert plain.split(b"\r\n")[0].count(b",") == excel.split(b"\r\n")[0].count(b";") > 5
    assert excel.startswith(b"\xef\xbb\xbf")


def test_a_secret_address_is_in_no_file(cast: Cast) -> None:
    areas("52.03")
    make_service_point(cast.uptd, "52.03", name="Rumah Aman", address="Jl. Rahasia 1", address_public=False)
    for played in cast:
        text = streamed(played.client().get("/ekspor/layanan.csv?wilayah=52.03")).decode()
        assert "Rumah Aman" in text
        assert "Rahasia" not in text


def bar_in(page: str) -> list[str]:
    """What stands in the bar, and that it is the last thing of the page."""
    found = re.findall(r'<div class="share">(.*?)</div>', page, re.DOTALL)
    assert len(found) < 2
    if not found:
        return []
    after = page.partition('<div class="share">')[2].partition("</div>")[2]
    assert after.lstrip().startswith("</main>")
    return re.findall(r"data-print|ekspor/\w+|wa\.me", found[0])


def test_the_bar_stands_in_one_place_on_every_public_page(client: Client, cast: Cast) -> None:
    areas("52.03")
    programme = make_programme(cast.network)
    pages = {
        reverse("organisations:directory"): True,
        reverse("organisations:profile", args=[cast.support.pk]): False,
        reverse("organisations:members", args=[cast.network.pk]): True,
        reverse("organisations:programme", args=[programme.pk]): True,
        reverse("places:area", args=["52.03"]): True,
        reverse("places:finder"): False,
        reverse("places:finder") + "?wilayah=52.03&butuh=": True,
        reverse("places:country"): False,
        reverse("results:index"): False,
    }
    for path, has_table in pages.items():
        parts = bar_in(client.get(path).content.decode())
        assert (path, parts[0], "wa.me" in parts) == (path, "data-print", True)
        assert (path, any(p.startswith("ekspor") for p in parts)) == (path, has_table)


def test_no_page_of_work_or_of_an_account_is_shared_by_a_button(client: Client, cast: Cast) -> None:
    assert bar_in(client.get("/masuk/").content.decode()) == []
    budi = cast.budi.client()
    assert cast.ani.person is not None
    for path in ("/orang/", f"/orang/{cast.ani.person.pk}/", "/kelola/", "/akses/", "/akun/", "/impor/"):
        page = budi.get(path)
        assert (path, page.status_code) == (path, 200)
        assert bar_in(page.content.decode()) == []


def test_what_is_shared_is_a_title_and_an_address(client: Client, cast: Cast) -> None:
    page = client.get(reverse("organisations:profile", args=[cast.support.pk])).content.decode()
    shared = re.findall(r"https://wa\.me/\?text=([^\"]+)", page)
    assert shared == [f"Pusat%20Riset%20Contoh%20http%3A%2F%2Ftestserver%2Fjejaring%2F{cast.support.pk}%2F"]


def test_the_file_a_page_leads_to_has_its_filters(client: Client, cast: Cast) -> None:
    page = client.get("/jejaring/?jenis=OT.Y&setelah=x").content.decode()
    [href] = re.findall(r'href="(/ekspor/jejaring\.xlsx[^"]*)"', page)
    assert href == "/ekspor/jejaring.xlsx?jenis=OT.Y"
    assert first_column(client.get(href).content) == ["Pusat Riset Contoh"]
