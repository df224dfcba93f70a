"""The cards one signs in by in the demo, and that there are none anywhere else."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from simpul.access.queries import demo_cast
from simpul.accounts.models import User
from tests.cast import NOW, Cast
from tests.factories.access import make_grant

CARD = re.compile(r'<li class="card"><h3>(\w+)</h3>')


@pytest.fixture(autouse=True)
def _demo(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    User.objects.update(is_demo=True)


def home(browser: Client) -> str:
    return browser.get("/").content.decode()


def test_everybody_of_the_cast_has_a_card_with_what_they_are_for(cast: Cast, client: Client) -> None:
    page = home(client)
    names = CARD.findall(page)
    assert names == [p.person.name for p in cast if p.person]
    assert "Koordinator · Kelompok Konstituen Lentera" in page
    assert "Operator · Seluruh platform" in page
    assert "Memimpin relawan satu organisasi" in page


def test_card_signs_in_as_its_person(cast: Cast, client: Client) -> None:
    card = re.search(r'action="(/masuk/contoh/)".*?name="handle" value="([^"]+)"', home(client))
    assert card
    assert cast.ani.user is not None
    assert card[2] == cast.ani.user.handle
    assert client.post(card[1], {"handle": card[2]}).headers["Location"] == "/"
    assert "<h1>Yang menunggu Anda</h1>" in home(client)


def test_cards_are_for_the_public(cast: Cast) -> None:
    assert CARD.findall(home(cast.ani.client())) == []


def test_nobody_real_and_nobody_locked_out_has_a_card(cast: Cast, client: Client) -> None:
    assert cast.ani.user is not None
    assert cast.budi.user is not None
    User.objects.filter(pk=cast.ani.user.pk).update(is_demo=False)
    User.objects.filter(pk=cast.budi.user.pk).update(is_active=False)
    assert {"Ani", "Budi"} & set(CARD.findall(home(client))) == set()


def test_who_holds_two_roles_has_one_card(cast: Cast) -> None:
    assert cast.gede.person is not None
    make_grant(cast.gede.person, "companion", cast.lentera)
    assert [grant.person.name for grant in demo_cast(now=NOW)].count("Gede") == 1


@pytest.mark.parametrize(("demo", "production"), [(False, False), (True, True)])
def test_outside_the_demo_there_is_no_cast(settings: Settings, *, demo: bool, production: bool) -> None:
    settings.DEMO, settings.PRODUCTION = demo, production
    assert demo_cast(now=NOW) == []


def test_cards_cost_one_query_however_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert [grant.person.user.handle for grant in demo_cast(now=NOW) if grant.person.user] != []
