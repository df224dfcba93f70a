"""What is tied to what, drawn and measured."""

from collections import deque
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.kernel.actor import Anonymous, System
from simpul.organisations.models import Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.queries import relations
from simpul.organisations.queries.relations import common_networks, shortest_way, ties_through
from tests.factories.networks import admit, make_network
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 1)
SYSTEM, PUBLIC = System("test"), Anonymous()


def pairs(centre: Organisation, **asked: Any) -> set[tuple[str, str]]:
    asked.setdefault("on", DAY)
    return {(t.member.name, t.network.name) for t in ties_through(asked.pop("actor", PUBLIC), centre, **asked).rows}


def test_ties_through_goes_up_and_down_and_not_to_its_neighbours() -> None:
    nation, province, other = (make_network(n) for n in ("Nasional", "Provinsi", "Lain"))
    forum, member, neighbour = (
        make_network("Forum"),
        make_organisation(name="Anggota"),
        make_organisation(name="Tetangga"),
    )
    admit(nation, province, other)
    admit(province, forum)
    admit(forum, member)
    admit(other, neighbour)
    assert pairs(province) == {("Provinsi", "Nasional"), ("Forum", "Provinsi"), ("Anggota", "Forum")}
    assert pairs(province, levels=1) == {("Provinsi", "Nasional"), ("Forum", "Provinsi")}
    assert pairs(member) == {("Anggota", "Forum"), ("Forum", "Provinsi"), ("Provinsi", "Nasional")}


def test_ties_through_brings_every_role_but_walks_by_members_alone() -> None:
    network, observed, beyond = make_network("Satu"), make_network("Dua"), make_network("Tiga")
    member = make_organisation(name="Anggota")
    admit(network, member, role=MembershipRole.SECRETARIAT)
    admit(observed, network, role=MembershipRole.OBSERVER)
    admit(beyond, observed)
    assert pairs(network) == {("Anggota", "Satu"), ("Satu", "Dua")}


def test_ties_through_keeps_to_the_day_and_to_what_may_be_seen() -> None:
    network, left, hidden = (
        make_network("Satu"),
        make_organisation(name="Pergi"),
        make_organisation(name="X", hidden=True),
    )
    admit(network, left, valid_until=date(2024, 6, 1))
    admit(network, hidden)
    assert pairs(network) == set()
    assert pairs(network, on=date(2024, 3, 1)) == {("Pergi", "Satu")}
    assert pairs(network, actor=SYSTEM) == {("X", "Satu")}


@pytest.mark.parametrize("members", [1, 3])
def test_ties_through_is_one_query(members: int, django_assert_num_queries: Any) -> None:
    network = make_network()
    admit(network, *(make_organisation() for _ in range(members)))
    with django_assert_num_queries(1):
        rows = ties_through(PUBLIC, network, on=DAY).rows
        assert len({(row.member.name, row.network.name, row.get_role_display()) for row in rows}) == members


def test_ties_through_says_when_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "MOST_TIES", 2)
    network = make_network()
    admit(network, *(make_organisation() for _ in range(3)))
    found = ties_through(PUBLIC, network, on=DAY)
    assert (len(found.rows), found.is_cut) == (2, True)


def test_common_networks_nearest_first() -> None:
    nation, forum, own = make_network("Nasional"), make_network("Forum"), make_network("Sendiri")
    one, two = make_organisation(), make_organisation()
    admit(nation, forum, two)
    admit(forum, one, two)
    admit(own, one)
    found = [(c.network.name, c.first_depth, c.second_depth) for c in common_networks(PUBLIC, one, two, on=DAY)]
    assert found == [("Forum", 1, 1), ("Nasional", 2, 1)]
    assert common_networks(PUBLIC, one, make_organisation(), on=DAY) == []


def test_shortest_way_through_a_shared_member() -> None:
    east, west = make_network("Timur"), make_network("Barat")
    one, shared, two = make_organisation(name="A"), make_organisation(name="B"), make_organisation(name="C")
    admit(east, one, shared)
    admit(west, shared, two)
    way = shortest_way(PUBLIC, one, two, on=DAY)
    assert way is not None
    assert [(t.member.name, t.network.name) for t in way] == [
        ("A", "Timur"),
        ("B", "Timur"),
        ("B", "Barat"),
        ("C", "Barat"),
    ]
    assert shortest_way(PUBLIC, one, one, on=DAY) == []
    assert shortest_way(PUBLIC, one, make_organisation(), on=DAY) is None
    assert shortest_way(PUBLIC, one, two, on=date(2023, 1, 1)) is None


def test_shortest_way_never_leads_through_the_hidden() -> None:
    network, one, two = make_network(), make_organisation(), make_organisation()
    network.in_safety_mode = True
    network.save()
    admit(network, one, two)
    assert shortest_way(PUBLIC, one, two, on=DAY) is None
    assert len(shortest_way(SYSTEM, one, two, on=DAY) or []) == 2


def test_shortest_way_ends_at_the_farthest() -> None:
    chain = [make_network() for _ in range(relations.FARTHEST + 2)]
    for above, below in pairwise(chain):
        admit(above, below)
    assert len(shortest_way(PUBLIC, chain[0], chain[relations.FARTHEST], on=DAY) or []) == relations.FARTHEST
    assert shortest_way(PUBLIC, chain[0], chain[-1], on=DAY) is None


class Distances(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14), st.integers(0, 7), st.integers(0, 7))
    def test_shortest_way_is_as_short_as_a_plain_search_finds(
        self, edges: set[tuple[int, int]], start: int, end: int
    ) -> None:
        nodes = [make_network(f"N{n}") for n in range(8)]
        downward = {(a, b) for a, b in edges if a < b}
        for a, b in downward:
            admit(nodes[a], nodes[b])
        way = shortest_way(PUBLIC, nodes[start], nodes[end], on=DAY)
        assert (None if way is None else len(way)) == plain(downward, start, end)
        if way:
            reached = {nodes[start].pk}
            for tie in way:
                ends = {tie.member_id, tie.network_id}
                assert len(ends & reached) == 1
                reached |= ends
            assert nodes[end].pk in {way[-1].member_id, way[-1].network_id}


def plain(edges: set[tuple[int, int]], start: int, end: int) -> int | None:
    far, line = {start: 0}, deque([start])
    while line:
        here = line.popleft()
        for a, b in edges:
            for one, two in ((a, b), (b, a)):
                if one == here and two not in far:
                    far[two] = far[here] + 1
                    line.append(two)
    return far[end] if far.get(end, 99) <= relations.FARTHEST else None
