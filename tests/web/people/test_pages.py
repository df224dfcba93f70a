"""The pages of people."""

from typing import Any

import pytest
from django.urls import reverse

from simpul.people.models import Person
from tests.cast import Cast, Played
from tests.factories.people import make_affiliation, make_person


def person_of(played: Played) -> Person:
    assert played.person is not None
    return Person.objects.get(pk=played.person.pk)


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_however_long(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for _ in range(more):
        make_affiliation(make_person(), cast.lentera)
    browser = cast.budi.client()
    browser.get("/orang/")
    with django_assert_num_queries(6):
        page = browser.get("/orang/").content.decode()
    assert page.count('<li class="card"><h2>') == 2 + more


@pytest.mark.parametrize("more", [1, 3])
def test_a_person_costs_the_same_however_much_there_is(
    cast: Cast, django_assert_max_num_queries: Any, more: int
) -> None:
    for role in ["member", "staff", "contact"][:more]:
        make_affiliation(person_of(cast.ani), cast.lentera, role=role)
    browser, path = cast.budi.client(), reverse("people:person", args=[person_of(cast.ani).pk])
    browser.get(path)
    with django_assert_max_num_queries(12):
        assert browser.get(path).status_code == 200


def test_a_name_is_searched_without_standing_in_the_address(cast: Cast) -> None:
    page = cast.budi.client().post("/orang/", {"cari": "AN"}).content.decode()
    assert str(person_of(cast.ani).pk) in page
    assert str(person_of(cast.budi).pk) not in page
    assert "?cari" not in page


def test_a_long_list_goes_on_after_the_last_name(cast: Cast) -> None:
    for number in range(60):
        make_affiliation(make_person(name=f"Warga {number:03}"), cast.lentera)
    browser = cast.budi.client()
    first = browser.get("/orang/").content.decode()
    last = Person.objects.get(name="Warga 047")
    assert f"/orang/{last.pk}/" in first
    assert f"?setelah={last.pk}" in first
    second = browser.get(f"/orang/?setelah={last.pk}").content.decode()
    assert second.count('<li class="card"><h2>') == 12


@pytest.mark.parametrize("after", ["x", "00000000-0000-7000-8000-000000000000"])
def test_a_place_in_the_list_that_is_none_is_its_beginning(cast: Cast, after: str) -> None:
    assert str(person_of(cast.ani).pk) in cast.budi.client().get(f"/orang/?setelah={after}").content.decode()


def test_details_are_changed(cast: Cast) -> None:
    ani = person_of(cast.ani)
    sent = {"version": 1, "name": "Ani Rahayu", "salutation": "Bu", "sex": "P", "birth_year": "1990"}
    response = cast.budi.client().post(reverse("people:change", args=[ani.pk]), sent)
    assert response.headers["Location"] == reverse("people:person", args=[ani.pk])
    assert str(person_of(cast.ani)) == "Bu Ani Rahayu"


def test_two_who_write_at_once_see_both_versions_and_choose(cast: Cast) -> None:
    path = reverse("people:change", args=[person_of(cast.ani).pk])
    cast.kartika.client().post(path, {"version": 1, "name": "Ani Rahayu"})
    browser = cast.budi.client()
    response = browser.post(path, {"version": 1, "name": "Ani R."})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ani Rahayu" in page
    assert 'value="Ani R."' in page
    assert 'name="version" value="2"' in page
    assert browser.post(path, {"version": 2, "name": "Ani R."}).status_code == 302
    assert person_of(cast.ani).name == "Ani R."


def test_a_year_of_birth_that_is_none_is_mended_in_place(cast: Cast) -> None:
    path = reverse("people:change", args=[person_of(cast.ani).pk])
    response = cast.budi.client().post(path, {"version": 1, "name": "Ani", "birth_year": "1700"})
    assert response.status_code == 422
    assert 'href="#id_birth_year"' in response.content.decode()


def test_a_companion_reads_themself_and_is_offered_no_list_of_others(cast: Cast) -> None:
    page = cast.ani.client().get("/orang/").content.decode()
    assert str(person_of(cast.ani).pk) in page
    assert str(person_of(cast.budi).pk) not in page
    assert "/relawan/baru/" not in page
