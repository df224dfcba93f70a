"""The actor of each request, and where somebody is led whose roles wait for a second factor."""

from typing import Any

import pytest
from django.test import Client

from simpul.kernel.actor import Anonymous
from simpul.web.http import SECOND_FACTOR
from tests.cast import Cast, Played
from tests.factories.access import make_grant
from tests.factories.organisations import make_organisation


def without_second_factor(played: Played) -> Client:
    browser = played.client()
    session = browser.session
    session[SECOND_FACTOR] = False
    session.save()
    return browser


@pytest.mark.parametrize("path", ["/", "/orang/", "/akses/", "/relawan/baru/"])
def test_a_coordinator_without_second_factor_is_led_to_it(cast: Cast, path: str) -> None:
    assert without_second_factor(cast.budi).get(path).headers.get("Location") == "/akun/langkah-kedua/"


@pytest.mark.parametrize("path", ["/akun/", "/akun/langkah-kedua/", "/keluar/"])
def test_their_account_stays_open_to_them(cast: Cast, path: str) -> None:
    assert without_second_factor(cast.budi).get(path).status_code == 200


def test_so_does_the_choice_of_language(cast: Cast) -> None:
    response = without_second_factor(cast.budi).post("/bahasa/", {"bahasa": "en", "kembali": "/"})
    assert response.headers.get("Location") != "/akun/langkah-kedua/"


def test_a_waiting_role_opens_nothing_and_the_others_stay(cast: Cast) -> None:
    assert cast.ani.person is not None
    make_grant(cast.ani.person, "coordinator", make_organisation())
    request = without_second_factor(cast.ani).get("/akses/").wsgi_request
    assert (request.actor.roles, request.waiting_roles) == ({"companion"}, {"coordinator"})


def test_a_volunteer_is_asked_for_none(cast: Cast) -> None:
    assert without_second_factor(cast.ani).get("/akses/").status_code == 200


def test_a_closed_account_is_nobody(cast: Cast) -> None:
    browser = cast.ani.client()
    assert cast.ani.user is not None
    type(cast.ani.user).objects.filter(pk=cast.ani.user.pk).update(is_active=False)
    assert isinstance(browser.get("/").wsgi_request.actor, Anonymous)


def test_the_grants_of_an_actor_cost_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    browser = cast.ani.client()
    browser.get("/akses/peran/")
    with django_assert_num_queries(4):  # session, account, grants; and whose Simpul this is
        browser.get("/akses/peran/")
