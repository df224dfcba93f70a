"""The pages of roles: one question a page, letting a volunteer in, helping somebody back in, who can see what."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from simpul.access.models import Grant
from simpul.accounts.models import Enrolment, Recovery
from simpul.organisations.services.units import place_unit
from simpul.people.models import Person
from tests.cast import BUILDER, NOW, Cast, Played
from tests.factories.access import make_grant
from tests.factories.people import make_affiliation, make_person


def text_of(response: HttpResponse) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def in_english(browser: Client) -> Client:
    browser.cookies["bahasa"] = "en"
    return browser


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_of_grants_costs_the_same_however_many(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for _ in range(more):
        make_grant(make_person(), "companion", cast.lentera)
    browser = cast.budi.client()
    browser.get("/akses/")
    with django_assert_num_queries(5):
        response = browser.get("/akses/")
    assert response.content.decode().count('<tr><th scope="row">') == 2 + more


def test_presets_come_before_the_table_for_who_gives_roles(cast: Cast) -> None:
    page = in_english(cast.budi.client()).get("/akses/").content.decode()
    presets = [page.index(name) for name in ("Companion volunteer", "Coordinator", "Secretariat or data staff")]
    assert presets == sorted(presets)
    assert presets[-1] < page.index("Roles held now")
    assert 'class="card presets"' not in cast.ani.client().get("/akses/").content.decode()
    assert "?peran=" not in cast.ani.client().get("/akses/").content.decode()


def test_a_role_is_given_one_question_a_page(cast: Cast) -> None:
    browser = in_english(cast.budi.client())
    first = browser.get("/akses/beri/")
    assert first.headers["Location"] == f"/akses/beri/?organisasi={cast.lentera.pk}"
    ask_role = text_of(browser.get(first.headers["Location"]))
    assert "Companion volunteer" in ask_role
    assert "Supervisor" not in ask_role
    sent = {"organisasi": str(cast.lentera.pk), "peran": "editor"}
    ask_person = text_of(browser.get("/akses/beri/", sent))
    assert "Ani (Volunteer)" in ask_person
    assert "Budi (" not in ask_person
    sent["orang"] = str(person_of(cast.ani).pk)
    assert "Why, and until when?" in text_of(browser.get("/akses/beri/", sent))
    words = {**sent, "reason": "writes well", "until": "2099-01-01"}
    check = text_of(browser.post("/akses/beri/periksa/", words))
    assert [w for w in ("Kelompok Konstituen Lentera", "Editor", "Ani", "writes well") if w not in check] == []
    assert not Grant.objects.filter(role="editor", person=cast.ani.person).exists()
    done = browser.post("/akses/beri/periksa/", {**words, "yakin": "ya"})
    grant = Grant.objects.get(role="editor", person=cast.ani.person)
    assert done.headers["Location"] == f"/akses/{grant.pk}/?baru"
    assert "What happens next" in text_of(browser.get(done.headers["Location"]))
    assert (grant.reason, str(grant.valid_until), grant.organisation) == ("writes well", "2099-01-01", cast.lentera)


def test_a_missing_reason_keeps_what_was_answered(cast: Cast) -> None:
    sent = {"organisasi": cast.lentera.pk, "peran": "editor", "orang": person_of(cast.ani).pk, "until": "2099-01-01"}
    response = cast.budi.client().post("/akses/beri/periksa/", {**sent, "reason": "", "yakin": "ya"})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'href="#id_reason"' in page
    assert 'value="2099-01-01"' in page
    assert str(person_of(cast.ani).pk) in page


def test_a_role_one_may_not_give_is_refused_whatever_the_form_says(cast: Cast) -> None:
    sent = {"organisasi": cast.lentera.pk, "peran": "coordinator", "orang": person_of(cast.ani).pk}
    response = cast.budi.client().post("/akses/beri/periksa/", {**sent, "reason": "x", "yakin": "ya"})
    assert response.status_code == 403
    assert not Grant.objects.filter(role="coordinator", person=cast.ani.person).exists()


def test_a_role_is_ended_with_a_reason(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.ani.person)
    browser = cast.budi.client()
    assert browser.post(reverse("access:end", args=[grant.pk]), {"reason": ""}).status_code == 422
    assert browser.post(reverse("access:end", args=[grant.pk]), {"reason": "pindah"}).status_code == 302
    grant.refresh_from_db()
    assert (grant.end_reason, grant.ended_by) == ("pindah", cast.budi.person)


def test_the_last_operator_is_told_why_not(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.joko.person)
    response = in_english(cast.joko.client()).post(reverse("access:end", args=[grant.pk]), {"reason": "berhenti"})
    assert response.status_code == 422
    assert "This is the last operator." in text_of(response)


def enrol_form(browser: Client, cast: Cast) -> tuple[str, dict[str, str]]:
    path = browser.get("/relawan/baru/").headers["Location"]
    assert path == f"/relawan/baru/?organisasi={cast.lentera.pk}"
    found = re.search(r'name="id" value="([0-9a-f-]{36})"', browser.get(path).content.decode())
    assert found
    return path, {"id": found[1], "role": "companion", "name": "Inaq Rohani"}


def test_a_volunteer_is_let_in_on_the_spot(cast: Cast) -> None:
    browser = in_english(cast.budi.client())
    path, sent = enrol_form(browser, cast)
    response = browser.post(path, sent)
    page = response.content.decode()
    link = re.search(r"http://testserver(/daftar-perangkat/[^<\s\"]+)", page)
    assert response.status_code == 200
    assert link
    assert '<img src="data:image/svg+xml' in page
    assert "Works once, until" in text_of(response)
    assert (response.headers["Cache-Control"], response.headers["Referrer-Policy"]) == ("no-store", "strict-origin")
    assert Client().get(link[1]).status_code == 200
    assert Grant.objects.get(person__name="Inaq Rohani").role == "companion"


def test_the_same_form_again_gives_a_fresh_code_and_kills_the_old(cast: Cast) -> None:
    browser = cast.budi.client()
    path, sent = enrol_form(browser, cast)
    links = []
    for _ in range(2):
        page = browser.post(path, sent).content.decode()
        found = re.search(r"/daftar-perangkat/[^<\s\"]+", page)
        assert found
        links.append(found[0])
    assert [Client().get(link).status_code for link in links] == [404, 200]
    assert (Enrolment.objects.count(), Person.objects.filter(name="Inaq Rohani").count()) == (1, 1)


def test_a_volunteer_without_a_name_is_not_let_in(cast: Cast) -> None:
    browser = cast.budi.client()
    path, sent = enrol_form(browser, cast)
    response = browser.post(path, {**sent, "name": " "})
    assert response.status_code == 422
    assert 'href="#id_name"' in response.content.decode()
    assert Enrolment.objects.count() == 0


def test_the_operator_lets_in_the_first_coordinator_and_no_companion(cast: Cast) -> None:
    browser = cast.joko.client()
    path = f"/relawan/baru/?organisasi={cast.other_group.pk}"
    found = re.search(r'name="id" value="([0-9a-f-]{36})"', browser.get(path).content.decode())
    assert found
    sent = {"id": found[1], "name": "Sahdan", "role": "companion"}
    assert browser.post(path, sent).status_code == 422
    assert browser.post(path, {**sent, "role": "coordinator"}).status_code == 200
    assert Grant.objects.get(person__name="Sahdan").role == "coordinator"


def test_somebody_is_helped_back_in_by_two(cast: Cast) -> None:
    path = reverse("access:recover", args=[person_of(cast.ani).pk])
    budi, kartika = cast.budi.client(), cast.kartika.client()
    assert budi.post(path, {"langkah": "kode"}).status_code == 200  # not yet: nothing happens
    assert budi.post(path, {"langkah": "buka"}).status_code == 302
    budi.post(path, {"langkah": "pastikan"})
    recovery = Recovery.objects.get()
    assert recovery.confirmed_by is None
    assert str(person_of(cast.ani).pk) in kartika.get("/pemulihan/").content.decode()
    assert kartika.post(path, {"langkah": "pastikan"}).status_code == 302
    kartika.post(path, {"langkah": "kode"})
    recovery.refresh_from_db()
    assert (recovery.confirmed_by, recovery.used_at) == (cast.kartika.user.pk if cast.kartika.user else None, None)
    page = budi.post(path, {"langkah": "kode"}).content.decode()
    assert "/daftar-perangkat/" in page
    recovery.refresh_from_db()
    assert recovery.used_at is not None


def test_who_waits_is_on_the_home_of_who_can_help(cast: Cast) -> None:
    cast.budi.client().post(reverse("access:recover", args=[person_of(cast.ani).pk]), {"langkah": "buka"})
    assert [b"/pemulihan/" in getattr(cast, key).client().get("/").content for key in ("kartika", "ani", "hasan")] == [
        True, False, False,
    ]  # fmt: skip


def test_who_can_see_says_why(cast: Cast) -> None:
    page = text_of(in_english(cast.ani.client()).get("/akses/siapa/"))
    assert "2 people today: See people, their roles and contacts" in page
    row = re.search(r"Kartika\s+Supervisor\s+Pusat Riset Contoh\s+(.+?)\s{2,}", page)
    assert row
    assert row[1] == "in the organisation that accompanies it"


def test_who_can_see_follows_the_tree_of_units(cast: Cast) -> None:
    place_unit(BUILDER, cast.other_group, parent=cast.network, now=NOW)
    page = text_of(in_english(cast.hasan.client()).get("/akses/siapa/"))
    assert re.search(r"Dewi\s+Secretariat\s+Jaringan Provinsi Contoh\s+in the organisation above it", page)


@pytest.mark.parametrize("asked", ["bukan-id", "00000000-0000-7000-8000-000000000000"])
def test_an_id_that_is_none_or_nobodys_opens_nothing(cast: Cast, asked: str) -> None:
    response = cast.budi.client().get("/akses/siapa/", {"organisasi": asked, "izin": "case.read"})
    assert response.status_code in (200, 404)
    assert "Kartika" in text_of(response) or response.status_code == 404


def test_people_of_an_organisation_are_offered_once_each(cast: Cast) -> None:
    make_affiliation(person_of(cast.ani), cast.lentera, role="member")
    sent = {"organisasi": str(cast.lentera.pk), "peran": "editor"}
    page = cast.budi.client().get("/akses/beri/", sent).content.decode()
    assert page.count(str(person_of(cast.ani).pk)) == 1
