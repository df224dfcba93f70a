"""Relations, and what lies between two organisations, as pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.organisations.listing import relist
from simpul.organisations.models import Organisation
from tests.cast import Cast
from tests.factories.networks import admit, make_network
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def ask(page: str, organisation: Organisation, client: Client | None = None, **asked: Any) -> str:
    answer = (client or Client()).get(
        reverse(f"organisations:{page}", args=[organisation.pk]), asked, headers={"cookie": "bahasa=en"}
    )
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def forum() -> Organisation:
    """National has Forum, which has three members from 2020 on."""
    nation, forum = make_network("Nasional"), make_network("Forum")
    admit(nation, forum, valid_from=date(2020, 1, 1))
    admit(forum, *(make_organisation(name=f"Anggota {n}") for n in range(3)), valid_from=date(2020, 1, 1))
    return forum


def test_a_drawing_leads_to_the_drawing_of_each_and_has_its_table(forum: Organisation) -> None:
    nation = Organisation.objects.get(name="Nasional")
    text = ask("relations", forum)
    assert "Directly in 1 network · 3 direct members" in text
    assert f'href="/jejaring/{nation.pk}/hubungan/"' in text
    assert '<th scope="row">Anggota 0</th><td>Forum</td>' in text


def test_a_folded_network_unfolds_by_its_link(forum: Organisation) -> None:
    nation = Organisation.objects.get(name="Nasional")
    assert f'href="?buka={forum.pk}"' in ask("relations", nation)
    assert "<title>3 organisations</title>" in ask("relations", nation)
    unfolded = ask("relations", nation, buka=str(forum.pk))
    assert "<title>Anggota 2</title>" in unfolded
    assert "Fold everything" in unfolded


def test_on_a_day_before_there_is_nothing_to_draw(forum: Organisation) -> None:
    text = ask("relations", forum, pada="2019-01-01")
    assert "No tie is recorded on this day" in text
    assert "<rect" not in text


@pytest.mark.parametrize("asked", [{"buka": "x"}, {"pada": "x"}, {"tingkat": "9"}, {"buka": ["y"] * 20}])
def test_what_cannot_be_read_is_left_out(forum: Organisation, asked: dict[str, Any]) -> None:
    assert "Anggota 0" in ask("relations", forum, **asked)


def test_the_hidden_are_neither_drawn_nor_counted(forum: Organisation) -> None:
    admit(forum, make_organisation(name="Rahasia", hidden=True))
    text = ask("relations", forum)
    assert "Rahasia" not in text
    assert "3 direct members" in text


def test_between_two_the_way_and_the_common_networks(forum: Organisation) -> None:
    one, two = (Organisation.objects.get(name=f"Anggota {n}") for n in (0, 1))
    text = ask("between", one, dengan=two.pk)
    assert "Anggota 0 and Anggota 1 are 2 steps apart" in text
    assert "2 networks in common" in text
    assert "through 2 levels" in text


def test_between_looks_for_the_other_by_name(forum: Organisation) -> None:
    one = Organisation.objects.get(name="Anggota 0")
    other = make_organisation(name="Yayasan Lain")

    relist(other)
    assert f"?dengan={other.pk}" in ask("between", one, cari="lain")
    assert "are not tied within 6 steps" in ask("between", one, dengan=other.pk)
    assert "Nobody found" in ask("between", one, cari="tidakada")


def test_between_an_unknown_one_is_not_found(forum: Organisation) -> None:
    hidden = make_organisation(hidden=True)
    address = reverse("organisations:between", args=[forum.pk])
    assert Client().get(address, {"dengan": hidden.pk}).status_code == 404
    assert Client().get(address, {"dengan": "x"}).status_code == 200


@pytest.mark.parametrize("members", [1, 3])
def test_queries(members: int, cast: Cast, django_assert_num_queries: Any) -> None:
    network = make_network()
    first, *_others = admit(network, *(make_organisation() for _ in range(members + 1)))
    ask("relations", network)
    with django_assert_num_queries(3):
        ask("relations", network)
    with django_assert_num_queries(6):
        ask("between", network, dengan=first.member_id)
