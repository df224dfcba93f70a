"""Relations and distances for programs: what the pages say of the same two, on the same day."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from simpul.organisations.models import Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.queries import relations
from simpul.organisations.queries.relations import ties_through
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.visibility import SafetyReason
from tests.api.conftest import Program, problem
from tests.cast import Cast
from tests.factories.networks import admit, make_network
from tests.factories.organisations import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
V1 = "/api/v1/organisations"
DAY = "2025-01-01"


@pytest.fixture
def ladder() -> dict[str, Organisation]:
    """Nasional over Provinsi over Forum over Anggota; Pemantau observes Nasional."""
    nation, province, forum = (make_network(name) for name in ("Nasional", "Provinsi", "Forum"))
    member, observer = make_organisation(name="Anggota"), make_organisation(name="Pemantau")
    admit(nation, province)
    admit(province, forum)
    admit(forum, member)
    admit(nation, observer, role=MembershipRole.OBSERVER)
    return {row.name: row for row in (nation, province, forum, member, observer)}


def ties(program: Program, centre: Organisation, **asked: object) -> dict[str, Any]:
    answer = program.get(f"{V1}/{centre.pk}/ties", {"on": DAY, **asked})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def named(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    names = {end["id"]: end["name"] for end in found["organisations"]}
    return {(names[tie["member"]], names[tie["network"]], tie["role"]) for tie in found["ties"]}


def test_ties_are_those_of_the_page_with_levels_and_roles(program: Programs, ladder: dict[str, Organisation]) -> None:
    found = ties(program(), ladder["Provinsi"])
    assert named(found) == {
        ("Provinsi", "Nasional", "member"),
        ("Forum", "Provinsi", "member"),
        ("Anggota", "Forum", "member"),
    }
    assert [(end["name"], end["level"]) for end in found["organisations"]] == [
        ("Nasional", -1),
        ("Provinsi", 0),
        ("Forum", 1),
        ("Anggota", 2),
    ]
    assert (found["on"], found["cut_at"]) == (DAY, None)
    everything = ties(program(), ladder["Nasional"])
    drawn = ties_through(SYSTEM, ladder["Nasional"], on=date(2025, 1, 1)).rows
    assert {tie["id"] for tie in everything["ties"]} == {str(row.pk) for row in drawn}
    assert [tie["is_counted"] for tie in everything["ties"] if tie["role"] == "observer"] == [False]


def test_ties_go_as_deep_as_asked_and_hold_on_the_day(program: Programs, ladder: dict[str, Organisation]) -> None:
    assert named(ties(program(), ladder["Provinsi"], levels=1)) == {
        ("Provinsi", "Nasional", "member"),
        ("Forum", "Provinsi", "member"),
    }
    before = ties(program(), ladder["Provinsi"], on="2019-01-01")
    assert (before["ties"], [end["level"] for end in before["organisations"]]) == ([], [0])


def test_ties_say_where_they_are_cut(program: Programs, ladder: dict[str, Organisation]) -> None:
    found = ties(program(), ladder["Nasional"], limit=1)
    assert (len(found["ties"]), found["cut_at"]) == (1, 1)
    assert named(found) == {("Anggota", "Forum", "member")}
    assert [(end["name"], end["level"]) for end in found["organisations"]] == [
        ("Nasional", 0),
        ("Anggota", None),
        ("Forum", None),
    ]
    whole = ties(program(), ladder["Nasional"], limit=4)
    assert (len(whole["ties"]), whole["cut_at"]) == (4, None)
    too_many = {"limit": relations.MOST_TIES + 1}
    problem(program().get(f"{V1}/{ladder['Nasional'].pk}/ties", too_many), 422, "invalid_input")


def test_ties_take_one_query_however_many(
    program: Programs, ladder: dict[str, Organisation], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):  # the organisation; its ties
        ties(program(), ladder["Nasional"])
    admit(ladder["Forum"], *(make_organisation() for _ in range(5)))
    with django_assert_num_queries(2):
        assert len(ties(program(), ladder["Nasional"])["ties"]) == 9


def test_ties_are_as_they_were_known(program: Programs, ladder: dict[str, Organisation]) -> None:
    admit(ladder["Forum"], make_organisation(name="Baru"), now=datetime(2025, 7, 1, tzinfo=UTC))
    names = [
        {end["name"] for end in ties(program(), ladder["Forum"], **asked)["organisations"]}
        for asked in ({}, {"as_of": "2025-06-15T00:00:00Z"})
    ]
    assert names[0] - names[1] == {"Baru"}


def test_ties_and_distances_never_lead_through_the_hidden(cast: Cast, program: Programs) -> None:
    set_safety_mode(SYSTEM, cast.lentera, on=True, reason_code=SafetyReason.THREAT, now=datetime.now(UTC))
    for who, seen in ((program(), False), (program(cast.joko), False), (program(cast.budi), True)):
        answer = who.get(f"{V1}/{cast.forum.pk}/ties")
        assert (str(cast.lentera.pk) in answer.content.decode()) == seen
        to_it = who.get(f"{V1}/{cast.forum.pk}/distance", {"to": str(cast.lentera.pk)})
        assert to_it.status_code == (200 if seen else 404)
    nobody = program().get(f"{V1}/{cast.forum.pk}/distance", {"to": "0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d"})
    hidden = program().get(f"{V1}/{cast.forum.pk}/distance", {"to": str(cast.lentera.pk)})
    assert (nobody.status_code, nobody.content) == (404, hidden.content)


def test_distance_tells_the_way_and_the_common_networks(program: Programs, ladder: dict[str, Organisation]) -> None:
    other = make_organisation(name="Jauh")
    admit(ladder["Nasional"], other)
    found = program().get(f"{V1}/{ladder['Anggota'].pk}/distance", {"to": str(other.pk), "on": DAY}).json()
    assert found["steps"] == 4
    assert [step["to"]["name"] for step in found["way"]] == ["Forum", "Provinsi", "Nasional", "Jauh"]
    assert [step["tie"]["role"] for step in found["way"]] == ["member"] * 4
    assert [(row["network"]["name"], row["first_depth"], row["second_depth"]) for row in found["common_networks"]] == [
        ("Nasional", 3, 1)
    ]
    assert (found["first"]["name"], found["second"]["name"]) == ("Anggota", "Jauh")


def test_distance_to_itself_and_to_who_is_too_far(program: Programs, ladder: dict[str, Organisation]) -> None:
    here = f"{V1}/{ladder['Forum'].pk}/distance"
    itself = program().get(here, {"to": str(ladder["Forum"].pk), "on": DAY}).json()
    assert (itself["steps"], itself["way"]) == (0, [])
    alone = program().get(here, {"to": str(make_organisation().pk), "on": DAY}).json()
    assert (alone["steps"], alone["way"], alone["common_networks"]) == (None, [], [])
    assert alone["farthest"] == relations.FARTHEST


def test_distance_needs_another_one(program: Programs, ladder: dict[str, Organisation]) -> None:
    answer = program().get(f"{V1}/{ladder['Forum'].pk}/distance")
    assert [fault["field"] for fault in problem(answer, 422)["errors"]] == ["to"]


def test_a_graph_that_has_not_changed_is_not_sent_again(program: Programs, ladder: dict[str, Organisation]) -> None:
    address = f"{V1}/{ladder['Forum'].pk}/ties"
    first = program().get(address, {"on": DAY})
    again = program().get(address, {"on": DAY}, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    admit(ladder["Forum"], make_organisation())
    assert program().get(address, {"on": DAY}, If_None_Match=first.headers["ETag"]).status_code == 200
