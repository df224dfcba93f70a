"""A file holds what its page shows, as anybody may see it; the bar that leads to it stands in one place, or nowhere."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from simpul.access.roles import ROLES
from simpul.deadlines.queries import rules_for
from simpul.interop.reading import read_book
from simpul.interop.recipes import recipes
from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.organisations.secretariat import ServiceKind, ServiceOutcome
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.services.service_records import log_service
from simpul.people.queries import today
from simpul.territory.services import add_crosswalk, add_holiday
from tests.cast import Cast
from tests.factories.documents import make_document
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


def test_people_are_sent_as_a_file_that_can_be_brought_in_again_and_is_named_after_nobody(cast: Cast) -> None:
    browser = cast.budi.client()
    page = browser.get("/orang/").content.decode()
    assert 'action="/ekspor/orang.xlsx"' in page
    answer = browser.post("/ekspor/orang.xlsx", {"cari": "ani"})
    [people, about] = read_book(answer.content).sheets
    assert [line.cells[0] for line in people.lines[1:]] == ["Ani"]
    heads = [str(cell) for cell in people.lines[0].cells]
    guessed = {recipes()["people"].guess(head) for head in heads} - {""}
    assert guessed == {column.name for column in recipes()["people"].columns}
    assert answer.headers["Content-Disposition"] == f'attachment; filename="simpul-orang-{local_date()}.xlsx"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "CC BY" not in str(about.lines)
    csv = streamed(browser.post("/ekspor/orang.csv", {"untuk": "excel"})).decode()
    assert csv.startswith("\ufeff")
    assert "Ani;" in csv


def local_date() -> str:
    return today(datetime.now(UTC)).isoformat()


def test_the_ties_of_a_network_are_given_as_they_are_drawn(client: Client, cast: Cast) -> None:
    answer = client.get(f"/ekspor/hubungan/{cast.network.pk}.xlsx?tingkat=1")
    [sheet, _about] = read_book(answer.content).sheets
    assert [line.cells[:2] for line in sheet.lines[1:]] == [("Forum Simpul Contoh", "Jaringan Provinsi Contoh")]
    set_safety_mode(SYSTEM, cast.lentera, on=True, reason_code="threat", now=NOW)
    for browser in (client, cast.budi.client()):
        text = streamed(browser.get(f"/ekspor/hubungan/{cast.network.pk}.csv")).decode()
        assert "Forum Simpul Contoh" in text
        assert "Lentera" not in text


def test_a_profile_is_given_as_everybody_sees_it_whoever_asks(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.support.pk).update(phone="+6282222222222", npwp="012345678901234")
    text = streamed(cast.joko.client().get(f"/ekspor/profil/{cast.support.pk}.csv")).decode()
    assert "Pusat Riset Contoh" in text
    assert "+6282222222222" in text
    assert "012345678901234" not in text
    assert "<" not in text


def test_every_province_is_in_the_file_of_the_country(client: Client, cast: Cast) -> None:
    areas("52.08")
    make_organisation(name="Yayasan Di Utara", seat="52.08")
    [sheet, _about] = read_book(client.get("/ekspor/wilayah.xlsx").content).sheets
    assert [line.cells[1:4] for line in sheet.lines[1:]] == [("52", 1, 1)]


def test_a_year_of_the_service_log_is_given_to_who_keeps_it(cast: Cast) -> None:
    log_service(
        cast.dewi.actor, cast.network, id=uuid7(), kind=ServiceKind.values[0], served_on=date(2025, 1, 3),
        outcome=ServiceOutcome.values[0], summary="Bantu menyusun laporan", now=NOW,
    )  # fmt: skip
    dewi = cast.dewi.client()
    for year, found in ((2025, True), (2024, False)):
        text = streamed(dewi.get(f"/ekspor/catatan-layanan/{cast.network.pk}.csv?tahun={year}")).decode()
        assert ("Bantu menyusun laporan" in text) == found


def test_what_is_shared_is_a_title_and_an_address(client: Client, cast: Cast) -> None:
    page = client.get(reverse("organisations:profile", args=[cast.support.pk])).content.decode()
    shared = re.findall(r"https://wa\.me/\?text=([^\"]+)", page)
    assert shared == [f"Pusat%20Riset%20Contoh%20http%3A%2F%2Ftestserver%2Fjejaring%2F{cast.support.pk}%2F"]


def test_the_file_a_page_leads_to_has_its_filters(client: Client, cast: Cast) -> None:
    page = client.get("/jejaring/?jenis=OT.Y&setelah=x").content.decode()
    [href] = re.findall(r'href="(/ekspor/jejaring\.xlsx[^"]*)"', page)
    assert href == "/ekspor/jejaring.xlsx?jenis=OT.Y"
    assert first_column(client.get(href).content) == ["Pusat Riset Contoh"]


def shared_by(page: str) -> list[str]:
    return re.findall(r'<div class="share">', page)


def test_what_is_shared_of_work_is_an_address(cast: Cast) -> None:
    page = cast.dewi.client().get(f"/kelola/{cast.network.pk}/kesiapan/").content.decode()
    [shared] = re.findall(r"https://wa\.me/\?text=([^\"]+)", page)
    assert shared == f"http%3A%2F%2Ftestserver%2Fkelola%2F{cast.network.pk}%2Fkesiapan%2F"


def test_a_print_button_prints_on_pages_of_work_too(cast: Cast) -> None:
    page = cast.dewi.client().get("/kelola/").content.decode()
    assert "data-print" in page
    assert "js/print.js" in page


def test_who_is_hidden_is_carried_away_by_no_button_of_its_own_people(cast: Cast) -> None:
    set_safety_mode(SYSTEM, cast.lentera, on=True, reason_code="threat", now=NOW)
    budi: Client = cast.budi.client()
    for path in (f"/jejaring/{cast.lentera.pk}/", f"/kelola/{cast.lentera.pk}/"):
        answer = budi.get(path)
        assert (answer.status_code, shared_by(answer.content.decode())) == (200, [])


def test_the_days_off_of_the_year_that_is_shown(client: Client, cast: Cast) -> None:
    areas("52.03")
    add_holiday(
        SYSTEM, date(2026, 3, 5), name=LocalizedText(id="Hari jadi kabupaten"), kind="local", area_code="52.03",
        basis="SK Bupati 1/2026", now=NOW,
    )  # fmt: skip
    page = client.get("/wilayah/libur/?tahun=2026").content.decode()
    [href] = re.findall(r'href="(/ekspor/libur\.xlsx[^"]*)"', page)
    [sheet, about] = read_book(client.get(href).content).sheets
    lines = {line.cells[0]: line.cells[1:] for line in sheet.lines[1:]}
    local = ("Hari jadi kabupaten", "Libur daerah", "Kabupaten Lombok Timur", "52.03", "SK Bupati 1/2026")
    assert lines["2026-03-05"] == local
    assert lines["2026-08-17"][1] == "Libur nasional"
    assert {str(day)[:4] for day in lines} == {"2026"}
    assert ("Tahun", "2026") in [line.cells[:2] for line in about.lines]
    assert "2025-08-17" in first_column(client.get("/ekspor/libur.xlsx?tahun=2025").content)


def test_every_change_of_a_code_is_in_the_file(client: Client, cast: Cast) -> None:
    areas("52.03")
    for number in range(60):  # more than a page shows
        add_crosswalk(
            SYSTEM, f"52.{number + 20}", new_code="52.03", valid_from=date(2020, 1, 1), kind="recode",
            basis="PP 1/2020", now=NOW,
        )  # fmt: skip
    page = client.get("/wilayah/padanan/?hal=2").content.decode()
    [href] = re.findall(r'href="(/ekspor/padanan\.xlsx[^"]*)"', page)
    [sheet, _about] = read_book(client.get(href).content).sheets
    assert len(sheet.lines) == 61
    changed = {line.cells[2]: line.cells for line in sheet.lines[1:]}
    assert changed["52.20"][0] == "2020-01-01"
    assert changed["52.20"][4:6] == ("Kabupaten Lombok Timur", "52.03")


def test_deadlines_are_given_as_their_page_shows_them_to_each(cast: Cast) -> None:
    for played, is_open in ((cast.publik, True), (cast.budi, True), (cast.joko, False)):
        answer = played.client().get("/ekspor/tenggat.xlsx")
        [sheet, about] = read_book(answer.content).sheets
        shown = [rule.code for rule in rules_for(played.actor, None, on=today(NOW))]
        assert [line.cells[1] for line in sheet.lines[1:]] == shown
        assert ("CC BY 4.0" in str(about.lines)) == is_open
    kinds = {
        line.cells[4] for line in read_book(cast.publik.client().get("/ekspor/tenggat.xlsx").content).sheets[0].lines
    }
    assert len(kinds) == 2, "the head of the column, and law alone"


def test_papers_are_listed_for_everybody_as_anybody_sees_them_and_for_their_keepers_all(cast: Cast) -> None:
    for audience, title in (("public", "Akta pendirian"), ("own", "Notulen rapat")):
        make_document(cast.budi.actor, cast.lentera.ref, title=title, audience=audience)
    for played in (cast.publik, cast.budi):
        answer = played.client().get(f"/ekspor/dokumen/{cast.lentera.pk}.xlsx")
        assert first_column(answer.content) == ["Akta pendirian"]
    kept = cast.budi.client().get(f"/ekspor/berkas/{cast.lentera.pk}.xlsx")
    assert set(first_column(kept.content)) == {"Akta pendirian", "Notulen rapat"}
    assert kept.headers["Cache-Control"] == "no-store"
    address = read_book(kept.content).sheets[0].lines[1].cells[6]
    assert Client().get(str(address)).status_code in (200, 404)
    assert str(address).startswith("http://testserver/berkas/")


def test_roles_are_listed_with_what_they_open_and_nobody_who_holds_them(cast: Cast) -> None:
    [sheet, _about] = read_book(cast.budi.client().get("/ekspor/peran.xlsx").content).sheets
    assert len(sheet.lines) == len(ROLES) + 1
    assert all(line.cells[2] for line in sheet.lines[1:])
    assert not {played.key.capitalize() for played in cast} & set(str(sheet.lines).split())
