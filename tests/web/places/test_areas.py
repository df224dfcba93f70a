"""Who works here: the pages of areas."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.kernel.localized import LocalizedText
from simpul.organisations.listing import relist
from simpul.organisations.models import Confirmation, Organisation
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.places import add_working_area
from simpul.organisations.services.programmes import start_programme
from simpul.territory.services import add_crosswalk
from tests.cast import Cast
from tests.factories.organisations import NOW, SYSTEM, make_organisation, make_service_point
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db

NTB, LOMBOK_TIMUR, MASBAGIK, DANGER = "52", "52.03", "52.03.05", "52.03.05.2008"


def page(client: Client, code: str) -> str:
    answer = client.get(f"/wilayah/{code}/", headers={"cookie": "bahasa=en"})
    assert answer.status_code == 200
    return answer.content.decode()


def at_work(organisation: Organisation, days_ago: int = 10) -> None:
    now = timezone.now()
    Confirmation.objects.create(
        organisation=organisation, confirmed_on=now.date() - timedelta(days=days_ago), recorded_at=now
    )


def test_who_sits_or_works_in_the_area_is_listed_with_how_sure_we_are(client: Client) -> None:
    areas(DANGER)
    seated = make_organisation(name="Yayasan Duduk", seat=DANGER)
    at_work(seated)
    elsewhere = make_organisation(name="Yayasan Datang", seat="52.01")
    add_working_area(SYSTEM, elsewhere, area=areas(DANGER)[0], now=timezone.now())
    make_organisation(name="Yayasan Jauh", seat="52.01")
    text = page(client, MASBAGIK)
    assert f'href="/jejaring/{seated.pk}/"' in text
    assert f'href="/jejaring/{elsewhere.pk}/"' in text
    assert "Yayasan Jauh" not in text
    assert "found active" in text
    assert "registered, not yet confirmed active" in text
    assert "2 organisations are seated or work here" in text
    assert "1 was found active within the last year" in text


@pytest.mark.parametrize(("hidden", "counted"), [(4, False), (5, True)])
def test_what_is_hidden_is_neither_named_nor_counted_below_the_province(
    client: Client, hidden: int, counted: bool
) -> None:
    for number in range(hidden):
        make_organisation(name=f"Yayasan Rahasia {number}", seat=MASBAGIK, hidden=True)
    for code in (MASBAGIK, LOMBOK_TIMUR, NTB):
        text = page(client, code)
        assert "Yayasan Rahasia" not in text
        assert "No organisation is registered here yet" in text
    country = client.get("/wilayah/", headers={"cookie": "bahasa=en"}).content.decode()
    assert "Yayasan Rahasia" not in country
    # The plain total of a province counts them in whole fives.
    assert ('<tr data-code="52" data-shade="5">' in country) is counted


def test_its_own_people_see_a_hidden_organisation_in_its_area(cast: Cast) -> None:
    group = cast.lentera
    Organisation.objects.filter(pk=group.pk).update(seat=areas(DANGER)[0], in_safety_mode=True)
    group.refresh_from_db()
    relist(group)
    assert group.name in cast.budi.client().get(f"/wilayah/{DANGER}/").content.decode()
    assert group.name not in cast.hasan.client().get(f"/wilayah/{DANGER}/").content.decode()


def test_areas_without_anybody_at_work_are_named_as_gaps(client: Client) -> None:
    areas("52.03.05", "52.03.06")
    at_work(make_organisation(seat="52.03.05"))
    make_organisation(seat="52.03.06")
    at_work(make_organisation(seat="52.03.06"), days_ago=500)
    text = page(client, LOMBOK_TIMUR)
    gaps = text[text.index('id="belum"') :]
    assert "1 of 2 areas has no organisation" in gaps
    assert 'href="/wilayah/52.03.06/"' in gaps
    assert 'href="/wilayah/52.03.05/"' not in gaps


def test_services_networks_and_programmes_of_the_area_are_shown(cast: Cast) -> None:
    now = timezone.now()
    village = areas(DANGER)[0]
    member = make_organisation(seat=village)
    admit_member(SYSTEM, cast.forum, member=member, now=now)
    programme = start_programme(
        SYSTEM, cast.support, name=LocalizedText(id="Program Contoh", en="Sample Programme"), now=now
    )
    cover_area(SYSTEM, programme, area=areas(LOMBOK_TIMUR)[0], now=now)
    near = make_service_point(cast.uptd, DANGER, name="Posko Desa")
    wide = make_service_point(cast.uptd, NTB, name="UPTD Provinsi")
    safe = make_service_point(cast.uptd, LOMBOK_TIMUR, name="Rumah Aman", kind="RI.98")
    text = page(Client(), DANGER)
    assert text.index(f"/layanan/{near.pk}/") < text.index(f"/layanan/{wide.pk}/")
    assert f"/layanan/{safe.pk}/" not in text
    assert f'href="/jejaring/{cast.forum.pk}/"' in text
    assert "1 member here" in text
    assert f'href="/program/{programme.pk}/"' in text
    assert "Sample Programme" in text
    assert f"/layanan/{safe.pk}/" in cast.citra.client().get(f"/wilayah/{DANGER}/").content.decode()


@pytest.mark.parametrize("code", ["99", "52.99", "52.03.05.9999"])
def test_an_unknown_code_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/wilayah/{code}/").status_code == 404


def test_the_pages_of_other_words_are_still_reached(client: Client) -> None:
    assert client.get("/wilayah/libur/").status_code == 200
    assert client.get("/wilayah/padanan/").status_code == 200


def test_looking_for_an_area_leads_to_its_page(client: Client) -> None:
    areas(MASBAGIK)
    answer = client.get("/wilayah/", {"wilayah-teks": "masbagik, lombok timur"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/wilayah/52.03.05/")


def test_looking_for_what_is_several_areas_keeps_what_was_typed_and_offers_them(client: Client) -> None:
    areas("52.03.05.2008", "52.03.05")
    answer = client.get("/wilayah/", {"wilayah-teks": "ma"}).content.decode()
    assert 'value="ma"' in answer


@pytest.mark.parametrize("more", [1, 3])
def test_a_page_costs_the_same_however_much_there_is(cast: Cast, django_assert_max_num_queries: Any, more: int) -> None:
    areas(DANGER)
    for _ in range(more):
        at_work(make_organisation(seat=DANGER))
        make_service_point(cast.uptd, DANGER)
    browser = cast.budi.client()
    browser.get(f"/wilayah/{DANGER}/")
    with django_assert_max_num_queries(12):
        assert browser.get(f"/wilayah/{DANGER}/").status_code == 200


def test_a_code_that_ended_leads_to_what_follows_it(client: Client) -> None:
    old, new = areas("52.03.05.2006", "52.03.05.2007")
    add_crosswalk(
        SYSTEM, old.code, new_code=new.code, valid_from=date(2026, 1, 1), kind="merge", basis="Perda", now=NOW
    )
    type(old).objects.filter(pk=old.pk).update(valid_until=date(2026, 1, 1))
    text = page(client, old.code)
    assert "This code ended on 1\u00a0January 2026." in text
    assert f'href="/wilayah/{new.code}/"' in text
