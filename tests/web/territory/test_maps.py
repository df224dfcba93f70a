import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.actor import System
from simpul.territory.services import load_demo_district
from simpul.web.territory.maps import CLASSES, area_map, quantiles, shade_of
from tests.factories.territory import areas
from tests.territory.conftest import NOW

REGENCIES = [f"52.{n:02d}" for n in range(1, 9)]


def test_a_map_of_nothing_is_the_lightest_and_one_of_equals_the_darkest() -> None:
    assert [shade_of(0, quantiles([0, 0, 0])), shade_of(3, quantiles([3, 3, 3]))] == [1, 5]


@given(st.lists(st.integers(0, 1_000_000) | st.floats(0, 1e6), min_size=1, max_size=80))
def test_quantiles_give_every_value_one_shade_in_order(values: list[float]) -> None:
    limits = quantiles(values)
    assert 1 <= len(limits) <= CLASSES
    assert limits[-1] == max(values)
    shades = [shade_of(value, limits) for value in sorted(values)]
    assert shades == sorted(shades)
    assert set(shades) <= set(range(1, CLASSES + 1))
    assert len(set(shades)) == len({next(n for n, limit in enumerate(limits) if v <= limit) for v in values})


def test_quantiles_of_ten_different_values_are_pairs() -> None:
    assert quantiles(list(range(10))) == [1, 3, 5, 7, 9]
    assert quantiles([]) == []


def test_quantiles_leave_four_colours_to_the_few_that_have_something() -> None:
    assert quantiles([0] * 90 + list(range(1, 9))) == [0, 2, 4, 6, 8]
    assert quantiles([0, 0, 0]) == [0]


@pytest.mark.django_db
def test_area_map_tells_no_figure_from_zero_and_says_both_in_words() -> None:
    areas(*REGENCIES)
    values = {code: n for n, code in enumerate(REGENCIES[:6])}
    drawn = area_map("a", caption="x", level="regencies", within="52", values=values, unit="organisasi")
    by_code = {row.code: row for row in drawn.rows}
    assert (by_code["52.01"].shade, by_code["52.01"].text) == (1, "0")
    assert (by_code["52.08"].shade, by_code["52.08"].text) == (0, "belum ada data")
    assert [(s.words, s.count) for s in drawn.legend][-1] == ("belum ada data", 2)
    assert sum(s.count for s in drawn.legend) == len(drawn.rows) == 8
    assert [row.name for row in drawn.rows] == sorted(row.name for row in drawn.rows)


@pytest.mark.django_db
def test_area_map_of_nothing_is_all_without_figures() -> None:
    areas(*REGENCIES)
    drawn = area_map("a", caption="x", level="regencies", values={}, unit="y")
    assert [(s.number, s.count) for s in drawn.legend] == [(0, 8)]


@pytest.mark.django_db
def test_area_map_without_shapes_is_its_table() -> None:
    areas("11.01.01.2001")
    drawn = area_map("a", caption="x", level="villages", within="11.01", values={}, unit="y")
    assert drawn.drawn == {}
    assert [row.code for row in drawn.rows] == ["11.01.01.2001"]


@pytest.mark.django_db
def test_area_map_adds_the_invented_district_only_while_it_is_there() -> None:
    areas("52.03.05.2008")
    before = area_map("a", caption="x", level="villages", within="52.03", values={}, unit="y")
    load_demo_district(System("demo"), now=NOW)
    after = area_map("a", caption="x", level="villages", within="52.03", values={}, unit="y")
    assert len(before.drawn["sources"]) == 1  # type: ignore[arg-type]
    assert [source["url"].split("?")[0] for source in after.drawn["sources"]] == [  # type: ignore[attr-defined]
        "/wilayah/batas/desa/52.03.json",
        "/wilayah/batas/contoh/52.03.99.json",
    ]
