"""Whom a response reached: three splits of the same people, and at least how many different ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.activities.facts.responses import lines_told, reach
from simpul.activities.queries.reach import reach_of
from simpul.activities.queries.responses import lines_of
from simpul.kernel.actor import Anonymous
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.responses import (
    DANGER,
    LOTIM,
    MASBAGIK,
    PAOKMOTONG,
    TODAY,
    make_line,
    make_response,
    reached,
)

pytestmark = pytest.mark.django_db


def test_sex_age_and_disability_are_splits_of_the_same_people() -> None:
    response = make_response()
    told = {"girls": 5, "boys": 4, "women": 20, "men": 18, "older_women": 3, "older_men": 2, "untold": 8}
    make_line(response, reached=reached(**told, with_disability=6))
    make_line(response, None, PAOKMOTONG, reached=reached(untold=40))
    found = reach(TODAY, responses=[response.pk])
    assert found.told == 100
    assert found.by_sex() == {"female": 28, "male": 24, "untold": 48}
    assert found.by_age() == {"child": 9, "adult": 38, "older": 5, "untold": 48}
    assert found.by_disability() == {"with": 6, "without": 54, "untold": 40}


@pytest.mark.parametrize(
    ("lines", "least"),
    [
        ([(DANGER, 50), (DANGER, 30)], 50),  # perhaps the same families
        ([(DANGER, 50), (PAOKMOTONG, 30)], 80),  # two villages are not one
        ([(DANGER, 50), (PAOKMOTONG, 30), (MASBAGIK, 60)], 80),
        ([(DANGER, 50), (MASBAGIK, 90)], 90),
        ([(DANGER, 50), (LOTIM, 10), ("52", 70)], 70),
    ],
)
def test_at_least_so_many_are_different_people(lines: list[tuple[str, int]], least: int) -> None:
    response = make_response()
    for code, people in lines:
        make_line(response, None, code, reached=reached(women=people))
    assert reach(TODAY, responses=[response.pk]).at_least == least


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([DANGER, PAOKMOTONG, MASBAGIK, LOTIM]), st.integers(0, 90)), max_size=5))
def test_at_least_is_never_more_than_was_told(lines: list[tuple[str, int]]) -> None:
    response = make_response()
    for code, people in lines:
        make_line(response, None, code, reached=reached(men=people))
    found = reach_of(lines_of(SYSTEM, response))
    assert found.told == sum(people for _code, people in lines)
    assert max((people for _code, people in lines), default=0) <= found.at_least <= found.told
    for split in (found.by_sex(), found.by_age(), found.by_disability()):
        assert sum(split.values()) == found.told


def test_only_what_everybody_sees_is_counted() -> None:
    shown, draft = make_response(), make_response(published=False)
    make_line(shown, reached=reached(men=7))
    make_line(shown, make_organisation(name="Rumah Tersembunyi", hidden=True), reached=reached(men=90))
    make_line(draft, reached=reached(men=900))
    assert reach(TODAY).told == 7
    assert reach(TODAY, network_id=draft.network_id).told == 0
    assert reach(TODAY, area_code="36").told == 0
    assert lines_told(TODAY, area_code=LOTIM).count() == 1
    assert list(lines_of(Anonymous(), shown)) == list(lines_told(TODAY, responses=[shown.pk]))
