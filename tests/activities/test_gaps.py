"""The gap map: needs with nobody, overlaps, freshness; today from cells, another day from rows, always the same."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.activities.cell_keeping import refresh_cells
from simpul.activities.models import Response, ResponseActivity, ResponseCell
from simpul.activities.queries.gaps import Answered, Cell, GapMap, code_level, gap_map, tally
from simpul.activities.services.lines import correct_activity, withdraw_activity
from simpul.activities.services.needs import update_need
from simpul.kernel.actor import Actor, Anonymous
from simpul.organisations.models import Organisation
from simpul.records.models import known_at
from simpul.territory.names import lineage_of
from tests.factories.organisations import SYSTEM, make_organisation, someone
from tests.factories.responses import (
    DANGER,
    LOTIM,
    MASBAGIK,
    NOW,
    PAOKMOTONG,
    TODAY,
    line_draft,
    make_line,
    make_need,
    make_response,
    need_draft,
)

pytestmark = pytest.mark.django_db
WATER: dict[str, Any] = {"cluster": "protection", "sub_cluster": "protection.water"}


def seen(
    response: Response,
    code: str = LOTIM,
    level: int = 3,
    *,
    actor: Actor | None = None,
    day: object = TODAY,
    **how: bool,
) -> GapMap:
    return gap_map(actor or Anonymous(), response, code=code, level=level, day=day, now=NOW, **how)  # type: ignore[arg-type]


def answers(response: Response) -> list[Answered]:
    return [state.answered for state in seen(response).needs]


def test_a_need_that_nobody_works_on_is_a_gap() -> None:
    response = make_response()
    make_need(response)
    make_line(response)  # food, not water
    make_line(response, None, PAOKMOTONG, **WATER)  # water, elsewhere
    found = seen(response)
    assert [state.answered for state in found.needs] == [Answered.NOBODY]
    assert found.gaps_by_part() == {MASBAGIK: 1}
    assert found.gaps_in(LOTIM, "protection") == found.gaps_in(MASBAGIK, "protection") == 1
    assert found.gaps_in(MASBAGIK, "logistics") == 0


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (DANGER, WATER, Answered.SOMEBODY),
        (DANGER, {"cluster": "protection", "sub_cluster": ""}, Answered.SOMEBODY),
        (DANGER, {**WATER, "status": "planned"}, Answered.SOMEBODY),
        (DANGER, {**WATER, "status": "done"}, Answered.NOBODY),
        (DANGER, {**WATER, "status": "stopped"}, Answered.NOBODY),
        (MASBAGIK, WATER, Answered.WIDER),
        (LOTIM, WATER, Answered.WIDER),
    ],
)
def test_who_counts_as_being_on_it(code: str, said: dict[str, Any], expected: Answered) -> None:
    response = make_response()
    make_need(response)
    make_line(response, None, code, **said)
    assert answers(response) == [expected]


def test_a_need_of_a_larger_area_is_answered_within_it() -> None:
    response = make_response()
    make_need(response, MASBAGIK)
    make_line(response, None, DANGER, **WATER)
    assert answers(response) == [Answered.SOMEBODY]


@pytest.mark.parametrize(("status", "wanted"), [("open", 1), ("partly", 1), ("met", 0), ("unfounded", 0)])
def test_only_what_still_wants_something_is_a_need(status: str, wanted: int) -> None:
    response = make_response()
    make_need(response, status=status)
    assert len(seen(response).needs) == wanted


def test_two_that_do_the_same_in_one_village_overlap() -> None:
    response, one, other = make_response(), make_organisation(), make_organisation()
    make_line(response, one)
    make_line(response, one)  # the same lead twice is no overlap
    assert seen(response).cells[MASBAGIK, "logistics"].overlaps == 0
    make_line(response, other, activity="paket  PANGAN")
    make_line(response, other, PAOKMOTONG)
    make_line(response, other, activity="Dapur umum")
    cell = seen(response).cells[MASBAGIK, "logistics"]
    assert (cell.activities, cell.organisations, cell.overlaps) == (5, 2, 1)
    assert seen(response, "52", 2).cells[LOTIM, "logistics"].overlaps == 1


def test_what_is_done_no_longer_overlaps() -> None:
    response = make_response()
    make_line(response)
    make_line(response, status="done")
    cell = seen(response).cells[MASBAGIK, "logistics"]
    assert (cell.activities, cell.at_work, cell.overlaps) == (2, 1, 0)


@pytest.mark.parametrize(("days", "fade"), [(0, 0), (7, 0), (8, 1), (14, 1), (15, 2), (30, 2), (31, 3), (400, 3)])
def test_what_we_know_fades(days: int, fade: int) -> None:
    cell = Cell(1, 1, 1, 0, TODAY)
    assert cell.age(TODAY + timedelta(days=days)) == days
    assert cell.fade(TODAY + timedelta(days=days)) == fade


def test_the_newest_of_several_makes_a_cell_fresh() -> None:
    response = make_response()
    make_line(response, as_of=TODAY - timedelta(days=9))
    make_line(response, None, PAOKMOTONG, as_of=TODAY - timedelta(days=2))
    found = seen(response)
    assert found.cells[MASBAGIK, "logistics"].newest_on == TODAY - timedelta(days=2)
    assert found.cells[MASBAGIK, "logistics"].fade(TODAY) == 0


def test_a_day_that_was_is_shown_as_it_was_known_then() -> None:
    response, lead = make_response(now=NOW - timedelta(days=8)), make_organisation()
    then = NOW - timedelta(days=6)
    need = make_need(response, reported_on=then.date(), now=then)
    line = make_line(response, lead, **WATER, as_of=then.date(), now=then + timedelta(days=2))
    correct_activity(SYSTEM, line, line_draft(lead, **WATER, status="stopped"), now=NOW)
    update_need(SYSTEM, need, need_draft(people=300), now=NOW)

    def on(days_ago: int) -> list[tuple[Answered, int | None]]:
        found = seen(response, day=TODAY - timedelta(days=days_ago))
        return [(state.answered, state.need.people) for state in found.needs]

    assert on(7) == []
    assert on(6) == [(Answered.NOBODY, 240)]
    assert on(3) == [(Answered.SOMEBODY, 240)]
    assert on(0) == [(Answered.NOBODY, 300)]
    assert (MASBAGIK, "protection") not in seen(response, day=TODAY - timedelta(days=6)).cells
    assert seen(response, day=TODAY - timedelta(days=3)).cells[MASBAGIK, "protection"].at_work == 1


def test_a_hidden_lead_counts_for_its_own_people_alone() -> None:
    response, hidden = make_response(), make_organisation(name="Rumah Tersembunyi", hidden=True)
    make_need(response)
    make_line(response, hidden, **WATER)
    own = someone(hidden, "organisation.see_protected")
    assert seen(response).cells == {}
    assert answers(response) == [Answered.NOBODY]
    found = seen(response, actor=own)
    assert found.cells[MASBAGIK, "protection"].organisations == 1
    assert [state.answered for state in found.needs] == [Answered.SOMEBODY]


def test_a_hidden_implementer_is_not_counted_for_the_public() -> None:
    response, hidden = make_response(), make_organisation(name="Rumah Tersembunyi", hidden=True)
    make_line(response, implementers=[hidden])
    assert seen(response).cells[MASBAGIK, "logistics"].organisations == 1
    own = someone(hidden, "organisation.see_protected")
    assert seen(response, actor=own).cells[MASBAGIK, "logistics"].organisations == 2


def test_what_is_guarded_is_told_of_the_regency_and_nothing_closer() -> None:
    response = make_response()
    said: dict[str, Any] = {"cluster": "protection", "sub_cluster": "protection.violence"}
    make_line(response, None, DANGER, **said)
    make_need(response, PAOKMOTONG, **said)
    assert ("52.03", "protection") in seen(response, "52", 2).cells
    assert (MASBAGIK, "protection") not in seen(response).cells
    # A gap of the regency, told as such: no part of it has one.
    found = seen(response)
    assert ([state.code for state in found.gaps], found.gaps_by_part()) == ([LOTIM], {})
    assert seen(response, MASBAGIK, 4).needs == []
    inside = seen(response, MASBAGIK, 4, actor=SYSTEM, inside=True)
    assert [state.code for state in inside.needs] == [PAOKMOTONG]


def test_a_response_in_two_provinces_is_told_by_provinces() -> None:
    response = make_response(None, LOTIM, "36.02")
    make_line(response)
    make_line(response, None, "36.02")
    assert sorted(seen(response, "", 1).cells) == [("36", "logistics"), ("52", "logistics")]


def test_two_queries_of_needs_and_two_of_cells_whatever_the_number(django_assert_num_queries: object) -> None:
    response = make_response()
    for _each in range(3):
        make_line(response)
        make_need(response)
    with django_assert_num_queries(4):  # type: ignore[operator]
        seen(response)


PLACES = (DANGER, PAOKMOTONG, MASBAGIK, "52.03.17.2002", LOTIM)
LINES = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.sampled_from(["logistics.food", "protection.water", "protection.violence", "logistics.items"]),
        st.sampled_from(["planned", "ongoing", "done"]),
        st.sampled_from([0, 1, 2]),
        st.sampled_from(["kept", "corrected", "withdrawn"]),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(LINES)
def test_the_cells_are_always_what_the_rows_add_up_to(lines: list[tuple[str, str, str, int, str]]) -> None:
    response = make_response()
    leads = [make_organisation() for _each in range(3)]
    for code, sub_cluster, status, who, then in lines:
        said: dict[str, Any] = {"cluster": sub_cluster.partition(".")[0], "sub_cluster": sub_cluster, "status": status}
        row = make_line(response, leads[who], code, **said)
        if then == "corrected":
            correct_activity(SYSTEM, row, line_draft(leads[who], PAOKMOTONG, **said), now=NOW + timedelta(minutes=1))
        elif then == "withdrawn":
            withdraw_activity(SYSTEM, row, now=NOW + timedelta(minutes=1))
    assert kept(response) == counted(response)


@settings(max_examples=15, deadline=None)
@given(LINES, st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(["logistics", "protection"])), min_size=1))
def test_many_places_at_once_are_what_each_by_itself_would_be(
    lines: list[tuple[str, str, str, int, str]], places: list[tuple[str, str]]
) -> None:
    response = make_response()
    leads = [make_organisation() for _each in range(3)]
    for code, sub_cluster, status, who, _then in lines:
        said: dict[str, Any] = {"cluster": sub_cluster.partition(".")[0], "sub_cluster": sub_cluster, "status": status}
        make_line(response, leads[who], code, **said)
    right, spoilt = kept(response), Cell(99, 99, 99, 99, TODAY)
    wanted = {(above, cluster) for code, cluster in places for above in lineage_of(code)}
    for n, (code, cluster) in enumerate(sorted(wanted)):  # one in two is gone, the others say something else
        of = {"response": response, "level": code_level(code), "area_id": code, "cluster": cluster}
        ResponseCell.objects.filter(**of).delete()
        if n % 2:
            ResponseCell.objects.create(**of, **asdict(spoilt))
    again(response, places)
    assert kept(response) == right
    rows = set(ResponseCell.objects.filter(response=response).values_list("pk", flat=True))
    again(response, places)
    assert set(ResponseCell.objects.filter(response=response).values_list("pk", flat=True)) == rows
    assert {p: one_by_one(response, *p) for p in wanted} == {p: right.get(p) for p in wanted}


def again(response: Response, places: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        refresh_cells(response, places)


def one_by_one(response: Response, code: str, cluster: str) -> Cell | None:
    """As it was counted before all places of a level were counted together."""
    rows = ResponseActivity.objects.filter(known_at(None), response=response, cluster=cluster, area__code__within=code)
    return tally(rows, code_level(code)).get((code, cluster))


def test_many_places_are_asked_for_as_often_as_one(django_assert_num_queries: object) -> None:
    response = make_response(None, "52")
    places = {(make_line(response, None, code).area_id, "logistics") for code in PLACES}
    with transaction.atomic():
        for many in ([(DANGER, "logistics")], places):
            with django_assert_num_queries(20 if connection.vendor == "sqlite" else 21):  # type: ignore[operator]
                refresh_cells(response, many)


def kept(response: Response) -> dict[tuple[str, str], Cell]:
    names = ("activities", "at_work", "organisations", "overlaps", "newest_on")
    rows = ResponseCell.objects.filter(response=response)
    return {(row.area_id, row.cluster): Cell(*(getattr(row, name) for name in names)) for row in rows}


def counted(response: Response) -> dict[tuple[str, str], Cell]:
    rows = ResponseActivity.objects.filter(known_at(None), response=response)
    return {place: cell for level in (1, 2, 3, 4) for place, cell in tally(rows, level).items()}


def test_an_implementer_counts_as_somebody_at_work() -> None:
    response = make_response()
    helper: Organisation = make_organisation()
    make_line(response, implementers=[helper], funders=[make_organisation()])
    assert seen(response).cells[MASBAGIK, "logistics"].organisations == 2
