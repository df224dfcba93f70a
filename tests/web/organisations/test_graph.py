"""Relations laid out in columns."""

from datetime import date

import pytest

from simpul.kernel.actor import Anonymous
from simpul.organisations.models import Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.queries.relations import ties_through
from simpul.web.organisations import graph
from simpul.web.organisations.graph import ACROSS, DOWN, HEIGHT, WIDTH, Box, Folded, Graph, lay_out
from tests.factories.networks import admit, make_network
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 1)


def words(folded: Folded) -> str:
    return f"{folded.networks}+{folded.others}{' more' if folded.open else ''}"


def drawn(centre: Organisation, *opened: Organisation) -> Graph:
    ties = ties_through(Anonymous(), centre, on=DAY).rows
    found = lay_out(centre, ties, opened={o.pk for o in opened}, words=words)
    assert found is not None
    return found


def column(box: Box) -> int:
    return box.x // (WIDTH + ACROSS)


def columns(found: Graph) -> list[list[str]]:
    by_column: dict[int, list[Box]] = {}
    for box in found.boxes:
        by_column.setdefault(column(box), []).append(box)
    return [[str(b.title) for b in sorted(by_column[n], key=lambda b: b.y)] for n in sorted(by_column)]


def test_nothing_is_drawn_without_ties() -> None:
    assert lay_out(make_organisation(), (), opened=(), words=words) is None


def test_networks_stand_left_of_their_members() -> None:
    nation, forum, member = make_network("Nasional"), make_network("Forum"), make_organisation(name="Anggota")
    admit(nation, forum)
    admit(forum, member)
    assert columns(drawn(forum)) == [["Nasional"], ["Forum"], ["Anggota"]]
    assert columns(drawn(member)) == [["Nasional"], ["Forum"], ["Anggota"]]
    assert [str(b.title) for b in drawn(forum).boxes if b.is_centre] == ["Forum"]


def test_members_of_a_closed_network_are_folded_and_unfold() -> None:
    nation, forum = make_network("Nasional"), make_network("Forum")
    admit(nation, forum)
    admit(forum, *(make_organisation(name=f"Anggota {n}") for n in range(3)))
    assert columns(drawn(nation)) == [["Nasional"], ["Forum"], ["0+3"]]
    assert columns(drawn(nation, forum))[2] == ["Anggota 0", "Anggota 1", "Anggota 2"]


def test_of_many_members_the_first_are_drawn_and_the_rest_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "LEAVES", 2)
    forum = make_network("Forum")
    admit(forum, *(make_organisation(name=f"Anggota {n}") for n in range(5)))
    assert columns(drawn(forum))[1] == ["Anggota 0", "Anggota 1", "0+3 more"]


def test_further_networks_are_folded_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "BOXES", 3)
    nation, near = make_network("Nasional"), make_network("Dekat")
    admit(nation, near)
    admit(near, *(make_network(f"Jauh {n}") for n in range(4)), make_organisation())
    assert columns(drawn(nation)) == [["Nasional"], ["Dekat"], ["4+1"]]
    assert len(columns(drawn(nation, near))[2]) == 5


def test_every_tie_between_drawn_boxes_is_a_line_of_its_role() -> None:
    forum, both, other = make_network("Forum"), make_organisation(name="Anggota"), make_organisation(name="Pengamat")
    admit(forum, both)
    admit(forum, both, role=MembershipRole.SECRETARIAT)
    admit(forum, other, role=MembershipRole.OBSERVER)
    found = drawn(forum)
    assert sorted(line.role for line in found.lines) == ["member", "observer", "secretariat"]
    assert len(found.ties) == 3


def test_boxes_never_overlap_and_all_lie_inside() -> None:
    nation = make_network("Nasional")
    forums = [make_network(f"Forum {n}") for n in range(4)]
    admit(nation, *forums)
    shared = make_organisation(name="Bersama")
    for n, forum in enumerate(forums):
        admit(forum, shared, *(make_organisation(name=f"Anggota {n} {m}") for m in range(n)))
    found = drawn(nation, *forums)
    places = [(box.x, box.y) for box in found.boxes]
    assert len(set(places)) == len(places)
    by_column: dict[int, list[int]] = {}
    for x, y in places:
        by_column.setdefault(x, []).append(y)
    gaps = [b - a for ys in by_column.values() for a, b in zip(sorted(ys), sorted(ys)[1:], strict=False)]
    assert min(gaps) >= HEIGHT + DOWN
    assert all(x + WIDTH <= found.width and y + HEIGHT <= found.height for x, y in places)
    assert [str(b.title) for b in found.boxes].count("Bersama") == 1


@pytest.mark.parametrize(
    "name", ["A", "Kata" * 40, "Jaringan Masyarakat Sipil untuk Perlindungan Perempuan dan Anak NTB"]
)
def test_long_names_fit_in_two_lines(name: str) -> None:
    forum = make_network(name[:200])
    admit(forum, make_organisation())
    box = next(b for b in drawn(forum).boxes if b.is_centre)
    assert 1 <= len(box.lines) <= 2
    assert all(len(line) <= graph.LINE for line in box.lines)
    assert str(box.title) == name[:200]
