"""A network across its levels, as a page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.organisations.models import Organisation
from simpul.organisations.services.declared_reach import declare_reach
from tests.cast import Cast
from tests.factories.networks import admit, make_group, make_network
from tests.factories.organisations import NOW, SYSTEM, make_organisation

pytestmark = pytest.mark.django_db


def ask(network: Organisation, **asked: str) -> Any:
    answer = Client().get(reverse("organisations:members", args=[network.pk]), asked)
    assert answer.status_code == 200
    return answer


def names(answer: Any) -> list[str]:
    return [row.organisation.name for row in answer.context.get("rows", [])]


@pytest.fixture
def tree() -> tuple[Organisation, Organisation]:
    """National has East and West; Both is in both, Old left East at the end of 2015, Lone is in West alone."""
    national, east, west = make_network("Nasional"), make_network("Timur"), make_network("Barat")
    admit(national, east, west, valid_from=date(2010, 1, 1))
    both, old, lone = (make_group(name) for name in ("Berdua", "Dulu", "Sendiri"))
    admit(east, both, valid_from=date(2010, 1, 1))
    admit(west, both, lone, valid_from=date(2010, 1, 1))
    admit(east, old, valid_from=date(2010, 1, 1), valid_until=date(2016, 1, 1))
    return national, east


def test_members_are_counted_once_and_each_says_through_whom(tree: tuple[Organisation, Organisation]) -> None:
    answer = ask(tree[0])
    page = answer.content.decode()
    assert names(answer) == ["Barat", "Berdua", "Sendiri", "Timur"]
    assert "2 organisasi, lewat 2 jaringan anggota" in page
    assert "1 ikut dalam dua jaringan ini atau lebih, dan dihitung sekali saja." in page
    assert [[n.name for n in row.via] for row in answer.context["rows"]] == [
        ["Nasional"],
        ["Barat", "Timur"],
        ["Barat"],
        ["Nasional"],
    ]
    assert [(bar.label, bar.value) for bar in answer.context["bars"]] == [("Nasional", 4), ("Barat", 2), ("Timur", 1)]


def test_a_past_day_has_the_members_of_that_day(tree: tuple[Organisation, Organisation]) -> None:
    answer = ask(tree[0], pada="2015-06-30")
    assert names(answer) == ["Barat", "Berdua", "Dulu", "Sendiri", "Timur"]
    assert "Keadaan pada 30\u00a0Juni 2015." in answer.content.decode()
    assert names(ask(tree[0], pada="2016-01-01")) == ["Barat", "Berdua", "Sendiri", "Timur"]
    empty = ask(tree[0], pada="2009-12-31")
    assert names(empty) == []
    assert "Tidak ada anggota pada hari ini" in empty.content.decode()


def test_levels_bound_how_far_down_one_looks(tree: tuple[Organisation, Organisation]) -> None:
    assert names(ask(tree[0], tingkat="1")) == ["Barat", "Timur"]
    assert names(ask(tree[0], tingkat="2")) == ["Barat", "Berdua", "Sendiri", "Timur"]


@pytest.mark.parametrize(
    "asked",
    [
        {"pada": "2015-02-31"},
        {"pada": "kemarin"},
        {"pada": "99999-01-01"},
        {"tingkat": "-1"},
        {"tingkat": "banyak"},
        {"setelah": "x"},
        {"setelah": "x.y"},
    ],
)
def test_a_question_that_makes_no_sense_is_answered_as_of_today(
    tree: tuple[Organisation, Organisation], asked: dict[str, str]
) -> None:
    assert names(ask(tree[0], **asked)) == names(ask(tree[0]))


def test_an_impossible_day_is_said_beside_its_field(tree: tuple[Organisation, Organisation]) -> None:
    page = ask(tree[0], pada="2015-02-31").content.decode()
    assert "field-error" in page
    assert 'href="#id_pada"' in page


def test_what_a_network_says_of_itself_stands_beside_the_count(tree: tuple[Organisation, Organisation]) -> None:
    declare_reach(SYSTEM, tree[0], count=500, declared_on=date(2020, 1, 1), now=NOW)
    assert "Menurut jaringan itu sendiri: 500, per 1\u00a0Januari 2020." in ask(tree[0]).content.decode()
    assert "Menurut jaringan itu sendiri" not in ask(tree[0], pada="2019-01-01").content.decode()


def test_what_is_hidden_is_neither_listed_nor_counted_nor_passed_through(
    tree: tuple[Organisation, Organisation],
) -> None:
    Organisation.objects.filter(pk=tree[1].pk).update(in_safety_mode=True)
    answer = ask(tree[0])
    assert names(answer) == ["Barat", "Berdua", "Sendiri"]
    assert answer.context["counts"].total == 3
    assert "Timur" not in answer.content.decode()


def test_a_long_list_goes_on_from_name_to_name() -> None:
    network = make_network("Nasional")
    admit(network, *(make_group(f"Kelompok {n:03}") for n in range(120)))
    seen: list[str] = []
    older = "?"
    while older:
        answer = Client().get(reverse("organisations:members", args=[network.pk]) + older)
        seen += names(answer)
        older = answer.context["older"]
    assert seen == [f"Kelompok {n:03}" for n in range(120)]


def test_the_map_shows_where_members_are_seated() -> None:
    network = make_network("Nasional")
    admit(network, make_organisation(seat="52.03"), make_organisation(seat="52.03.05"), make_organisation(seat="52"))
    drawn = ask(network).context["map"]
    assert {row.code: row.value for row in drawn.rows} == {"52.03": 2}, "one province: by regency"
    admit(network, make_organisation(seat="51"))
    drawn = ask(network).context["map"]
    assert {row.code: row.value for row in drawn.rows} == {"51": 1, "52": 3}


@pytest.mark.parametrize("key", ["publik", "ani", "dewi", "joko"])
@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_many_members(
    cast: Cast, django_assert_max_num_queries: Any, key: str, many: int
) -> None:
    for _ in range(many):
        sub = make_network()
        admit(cast.network, sub, make_organisation(seat="52.03"))
        admit(sub, make_organisation(seat="51.03"))
    browser = getattr(cast, key).client()
    path = reverse("organisations:members", args=[cast.network.pk])
    browser.get(path)
    with django_assert_max_num_queries(12 if key != "publik" else 9):
        assert browser.get(path).status_code == 200


def test_a_membership_leads_to_its_network_on_its_first_day() -> None:
    network, member = make_network("Nasional"), make_group("Anggota")
    (row,) = admit(network, member, valid_from=date(2012, 5, 1), valid_until=date(2014, 1, 1))
    answer = Client().get(reverse("organisations:membership", args=[row.pk]), follow=True)
    assert answer.redirect_chain == [(f"/jejaring/{network.pk}/anggota/?pada=2012-05-01", 302)]
    assert names(answer) == ["Anggota"]


def test_the_members_page_names_who_hosts_the_secretariat_that_day(client: Client) -> None:
    network, old, new = make_network("Nasional"), make_group("Rumah Lama"), make_group("Rumah Baru")
    hidden = make_organisation(name="Rumah Tersembunyi", hidden=True)
    turn = date(2020, 1, 1)
    admit(network, old, role="secretariat", valid_from=date(2010, 1, 1), valid_until=turn)
    admit(network, new, hidden, role="secretariat", valid_from=turn)
    path = reverse("organisations:members", args=[network.pk])
    now, then = (client.get(path, {"pada": day}).content.decode() for day in ("", "2015-01-01"))
    assert "Sekretariatnya bertempat di:" in now
    assert f'href="/jejaring/{new.pk}/"' in now
    assert "Rumah Tersembunyi" not in now
    assert f'href="/jejaring/{old.pk}/"' in then
    assert str(new.pk) not in then
