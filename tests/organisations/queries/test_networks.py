"""Networks across levels, against a naive walk as the oracle."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.kernel.actor import Anonymous, Reach, System
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES, MembershipRole
from simpul.organisations.queries.networks import (
    count_members,
    declared_reach,
    member_organisations,
    members_of_network,
    members_per_network,
    memberships_for,
    networks_of,
    secretariats,
)
from simpul.organisations.services.declared_reach import declare_reach
from simpul.organisations.services.memberships import correct_membership, end_membership
from tests.factories.networks import NOW, admit, holder, make_network
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 1)
SYSTEM = System("test")
EPOCH = date(2024, 1, 1)


def shape(network: Organisation, **kwargs: object) -> dict[str, tuple[int, set[str]]]:
    """Name -> (depth, names of the networks it is directly in)."""
    kwargs.setdefault("on", DAY)
    names = dict(Organisation.objects.values_list("pk", "name"))
    found = members_of_network(SYSTEM, network, **kwargs)  # type: ignore[arg-type]
    return {row.organisation.name: (row.depth, {names[pk] for pk in row.via}) for row in found}


def test_members_come_once_with_the_shortest_way_and_every_network_they_are_in() -> None:
    nation, east, west = (make_network(n) for n in ("Nasional", "Timur", "Barat"))
    both, deep = make_organisation(name="Dua kaki"), make_organisation(name="Jauh")
    below = make_network("Kabupaten")
    admit(nation, east, west)
    admit(east, both, below)
    admit(west, both)
    admit(below, deep, both)
    assert shape(nation) == {
        "Timur": (1, {"Nasional"}),
        "Barat": (1, {"Nasional"}),
        "Dua kaki": (2, {"Timur", "Barat", "Kabupaten"}),
        "Kabupaten": (2, {"Timur"}),
        "Jauh": (3, {"Kabupaten"}),
    }
    assert shape(nation, levels=2)["Dua kaki"] == (2, {"Timur", "Barat"})
    assert set(shape(nation, levels=1)) == {"Timur", "Barat"}
    assert shape(nation, levels=0) == {}


def test_counts_are_distinct_while_networks_overlap() -> None:
    nation, east, west = (make_network(n) for n in ("Nasional", "Timur", "Barat"))
    organisations = [make_organisation() for _ in range(5)]
    admit(nation, east, west)
    admit(east, *organisations[:3])
    admit(west, *organisations[2:])
    admit(west, organisations[2], role=MembershipRole.PRESIDIUM)
    counts = count_members(SYSTEM, nation, on=DAY)
    assert (counts.total, counts.direct, counts.networks, counts.organisations, counts.in_several) == (7, 2, 2, 5, 1)
    per_network = members_per_network(SYSTEM, nation, on=DAY)
    assert [(n.network.name, n.depth, n.direct, n.reach) for n in per_network] == [
        ("Nasional", 0, 2, 7),
        ("Barat", 1, 3, 3),
        ("Timur", 1, 3, 3),
    ]


def test_an_empty_network_has_counts_of_zero() -> None:
    network = make_network()
    counts = count_members(SYSTEM, network, on=DAY)
    assert (counts.total, counts.direct, counts.networks, counts.organisations, counts.in_several) == (0, 0, 0, 0, 0)
    assert [(n.direct, n.reach) for n in members_per_network(SYSTEM, network, on=DAY)] == [(0, 0)]
    assert members_of_network(SYSTEM, network, on=DAY) == []


def test_a_past_day_and_what_was_known_then() -> None:
    network, member = make_network(), make_organisation(name="Anggota")
    [row] = admit(network, member, valid_from=date(2024, 1, 1), now=NOW)
    later = NOW + timedelta(days=90)
    corrected = correct_membership(SYSTEM, row, {"valid_from": date(2025, 3, 1)}, now=later)
    end_membership(SYSTEM, corrected, valid_until=date(2025, 6, 1), reason="left", now=later)
    assert set(shape(network, on=date(2024, 6, 1))) == set()
    assert set(shape(network, on=date(2024, 6, 1), as_of=NOW)) == {"Anggota"}
    assert set(shape(network, on=date(2025, 5, 31))) == {"Anggota"}
    assert set(shape(network, on=date(2025, 6, 1))) == set()
    assert set(shape(network, on=date(2025, 6, 1), as_of=NOW)) == {"Anggota"}
    assert set(shape(network, on=date(2024, 6, 1), as_of=NOW - timedelta(seconds=1))) == set()


def test_the_public_does_not_see_or_pass_through_a_hidden_network() -> None:
    nation, hidden, deep = make_network("Nasional"), make_network("Teduh"), make_organisation(name="Jauh")
    people = make_organisation(name="Terang")
    admit(nation, hidden, people)
    admit(hidden, deep, people)
    Organisation.objects.filter(pk=hidden.pk).update(in_safety_mode=True)
    seen = {row.organisation.name: (row.depth, row.via) for row in members_of_network(Anonymous(), nation, on=DAY)}
    assert seen == {"Terang": (1, (nation.pk,))}
    assert count_members(Anonymous(), nation, on=DAY).total == 1
    assert [n.network.name for n in members_per_network(Anonymous(), nation, on=DAY)] == ["Nasional"]
    assert members_per_network(Anonymous(), nation, on=DAY)[0].reach == 1
    assert [n.network.name for n in networks_of(Anonymous(), people, on=DAY)] == ["Nasional"]
    assert networks_of(Anonymous(), deep, on=DAY) == []
    assert not memberships_for(Anonymous(), on=DAY).filter(member=deep).exists()
    assert members_of_network(Anonymous(), hidden, on=DAY) == []
    own = holder("organisation.see_protected", nation, reach=Reach.MEMBERS)
    assert {row.organisation.name for row in members_of_network(own, nation, on=DAY)} == {"Teduh", "Jauh", "Terang"}


def test_networks_of_climbs_to_every_level_nearest_first() -> None:
    nation, province, forum = (make_network(n) for n in ("Nasional", "Provinsi", "Forum"))
    member = make_organisation()
    admit(nation, province, forum)
    admit(province, member)
    admit(forum, member)
    admit(make_network("Diamati"), member, role=MembershipRole.OBSERVER)
    assert [(n.network.name, n.depth) for n in networks_of(SYSTEM, member, on=DAY)] == [
        ("Forum", 1),
        ("Provinsi", 1),
        ("Nasional", 2),
    ]


def test_secretariats_and_roles_are_of_the_day() -> None:
    network, old, new = make_network(), make_organisation(name="Lama"), make_organisation(name="Baru")
    admit(network, old, role=MembershipRole.SECRETARIAT, valid_until=date(2025, 1, 1))
    admit(network, new, role=MembershipRole.SECRETARIAT, valid_from=date(2025, 1, 1))
    admit(network, new)
    assert [row.member.name for row in secretariats(SYSTEM, network, on=date(2024, 12, 31))] == ["Lama"]
    assert [row.member.name for row in secretariats(SYSTEM, network, on=DAY)] == ["Baru"]
    assert {row.role for row in memberships_for(SYSTEM, on=DAY).filter(network=network)} == {"member", "secretariat"}


def test_the_latest_declaration_by_the_day_is_shown() -> None:
    network = make_network()
    for year, count in ((2020, 500), (2023, 530)):
        declare_reach(SYSTEM, network, count=count, declared_on=date(year, 1, 1), now=NOW)
    assert [getattr(declared_reach(network, on=day), "count", None) for day in (date(2019, 1, 1), EPOCH)] == [None, 530]
    latest = declared_reach(network, on=date(2021, 1, 1))
    assert latest is not None
    assert latest.count == 500


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "ask",
    [
        lambda network: members_of_network(Anonymous(), network, on=DAY),
        lambda network: list(member_organisations(Anonymous(), network, on=DAY)),
        lambda network: count_members(Anonymous(), network, on=DAY),
        lambda network: members_per_network(Anonymous(), network, on=DAY),
        lambda network: networks_of(Anonymous(), network, on=DAY),
    ],
)
def test_each_answer_is_one_query(ask: Callable[[Organisation], object], rows: int) -> None:
    network = make_network()
    for _ in range(rows):
        below = make_network()
        admit(network, below)
        admit(below, *(make_organisation() for _ in range(rows)))
    with CaptureQueriesContext(connection) as queries:
        ask(network)
    assert len(queries) == 1


# --- against the oracle -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edge:
    """Member is the higher number, so there is no circle; days are offsets from EPOCH."""

    member: int
    network: int
    role: str
    start: int | None
    until: int | None
    known: int
    forgotten: int | None

    def holds(self, day: int, known: int | None) -> bool:
        true = (self.start is None or self.start <= day) and (self.until is None or day < self.until)
        if known is None:
            return true and self.forgotten is None and self.role in COUNTED_ROLES
        kept = self.known <= known and (self.forgotten is None or self.forgotten > known)
        return true and kept and self.role in COUNTED_ROLES


@st.composite
def edges(draw: st.DrawFn, size: int) -> Edge:
    network = draw(st.integers(0, size - 2))
    member = draw(st.integers(network + 1, size - 1))
    start = draw(st.none() | st.integers(0, 8))
    until = draw(st.none() | st.integers((start or 0) + 1, 10))
    known = draw(st.integers(0, 8))
    forgotten = draw(st.none() | st.integers(known, 10))
    return Edge(member, network, draw(st.sampled_from(MembershipRole.values)), start, until, known, forgotten)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Edge]]:
    size = draw(st.integers(2, 9))
    drawn = draw(st.lists(edges(size), max_size=24))
    # One current row for a pair and role is all the database lets stand at one day.
    kept: dict[tuple[int, int, str], Edge] = {}
    past = [e for e in drawn if e.forgotten is not None]
    for edge in drawn:
        if edge.forgotten is None:
            kept.setdefault((edge.member, edge.network, edge.role), edge)
    return size, [*past, *kept.values()]


def naive(edges: list[Edge], day: int, known: int | None, levels: int | None) -> dict[int, tuple[int, set[int]]]:
    """Level by level from 0, as one would on paper."""
    holding = [e for e in edges if e.holds(day, known)]
    depth, edge, level = {0: 0}, {0}, 0
    while edge and (levels is None or level < levels):
        level += 1
        edge = {e.member for e in holding if e.network in edge} - depth.keys()
        depth |= dict.fromkeys(edge, level)
    deepest = 99 if levels is None else levels
    walked = [e for e in holding if depth.get(e.network, 99) < deepest]
    return {node: (at, {e.network for e in walked if e.member == node}) for node, at in depth.items() if at}


def instant(offset: int) -> datetime:
    return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=offset)


class AgainstTheNaiveWalk(TestCase):
    """Any graph, any day, any depth, as known at any time: the statement says what paper says."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(graphs(), st.integers(0, 10), st.none() | st.integers(0, 10), st.none() | st.integers(1, 4))
    def test_members(self, graph: tuple[int, list[Edge]], day: int, known: int | None, levels: int | None) -> None:
        size, drawn = graph
        nodes = [
            make_organisation(kind=OrganisationKind.NETWORK if n % 3 != 2 else OrganisationKind.FOUNDATION)
            for n in range(size)
        ]
        number = {node.pk: n for n, node in enumerate(nodes)}
        Membership.objects.bulk_create(
            Membership(
                member=nodes[e.member],
                network=nodes[e.network],
                role=e.role,
                valid_from=None if e.start is None else EPOCH + timedelta(days=e.start),
                valid_until=None if e.until is None else EPOCH + timedelta(days=e.until),
                recorded_at=instant(e.known),
                superseded_at=None if e.forgotten is None else instant(e.forgotten),
            )
            for e in drawn
        )
        expected = naive(drawn, day, known, levels)
        asked = {
            "on": EPOCH + timedelta(days=day),
            "as_of": None if known is None else instant(known),
            "levels": levels,
        }
        found = members_of_network(SYSTEM, nodes[0], **asked)  # type: ignore[arg-type]
        assert {number[row.organisation.pk]: (row.depth, {number[pk] for pk in row.via}) for row in found} == expected
        counts = count_members(SYSTEM, nodes[0], **asked)  # type: ignore[arg-type]
        assert counts.total == len(expected)
        assert counts.direct == sum(depth == 1 for depth, _ in expected.values())
        assert counts.in_several == sum(len(via) > 1 for _, via in expected.values())
        assert counts.networks == sum(n % 3 != 2 for n in expected)
        listed = member_organisations(SYSTEM, nodes[0], **asked)  # type: ignore[arg-type]
        assert {number[o.pk] for o in listed} == set(expected)
        if levels is None:
            top = members_per_network(SYSTEM, nodes[0], **asked)[0]  # type: ignore[arg-type]
            assert (top.direct, top.reach) == (counts.direct, counts.total)
        climbed = networks_of(SYSTEM, nodes[-1], on=asked["on"], as_of=asked["as_of"])  # type: ignore[arg-type]
        assert {number[row.network.pk] for row in climbed if number[row.network.pk] == 0} == (
            {0} if size - 1 in naive(drawn, day, known, None) else set()
        )
