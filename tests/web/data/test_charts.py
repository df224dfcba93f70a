"""Drawings of published counts: every blank alike, nothing drawn that is not told, no share of a blank."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.web.data.charts import Point, Told, ceiling, cross_of, share, text_of, trend_of

BLANK = "di bawah ambang atau disembunyikan"
COUNTS = st.lists(st.none() | st.integers(5, 100_000), min_size=1, max_size=40)


def points(counts: list[int | None]) -> list[Point]:
    return [Point(f"periode {n}", f"{n}", count, f"/angka/{n}/" if count else "") for n, count in enumerate(counts)]


def told(told_in: str) -> set[int]:
    """Every number that a text tells."""
    return {int(one.replace(".", "")) for one in re.findall(r"\d[\d.]*\d|\d", told_in)}


@settings(deadline=None)  # the first drawing loads every page's address
@given(COUNTS)
def test_columns_are_as_high_as_their_count_and_blanks_all_alike(counts: list[int | None]) -> None:
    trend = trend_of(points(counts), caption="", unit="orang")
    highest = max((count for count in counts if count), default=0)
    top = ceiling(highest)
    for count, column in zip(counts, trend.columns, strict=True):
        share_of = float(column.height.rstrip("%")) / 72
        assert abs(share_of - (1 if count is None else count / top)) < 0.001
        assert column.is_blank == (count is None)
    blank = {(column.y, column.height, column.number) for column in trend.columns if column.is_blank}
    assert len(blank) <= 1
    assert {text for point, text in trend.points if point.count is None} <= {BLANK}


@settings(deadline=None)  # the first drawing loads every page's address
@given(COUNTS)
def test_nothing_is_said_of_a_blank_but_that_it_is_one(counts: list[int | None]) -> None:
    """What is written does not change with what the blanks might have been: there is nothing to write it from."""
    page = render_to_string(
        "data/_trend.html", {"trend": trend_of(points(counts), caption="", unit="orang"), "id": "t"}
    )
    assert page.count(f": {BLANK}</title>") == counts.count(None)
    assert page.count(f'<td class="r">{BLANK}</td>') == counts.count(None)


@settings(deadline=None)  # the first drawing loads every page's address
@given(st.integers(0, 10_000_000))
def test_the_top_of_an_axis_is_round_even_and_near(highest: int) -> None:
    top = ceiling(highest)
    assert top >= max(highest, 4)
    assert top % 2 == 0
    assert top <= max(4, 2 * highest)
    assert len(str(top).rstrip("0")) <= 1 or str(top).rstrip("0") in {"1", "2", "4", "6", "8"}


def test_a_drawing_says_in_words_what_the_eye_sees() -> None:
    said = trend_of(points([12, None, 40, 31]), caption="", unit="orang").summary
    assert said == f"Tertinggi: 40 orang pada periode 2. Terakhir terbit: 31 pada periode 3. 1 periode {BLANK}."
    with override("en"):
        assert trend_of(points([None]), caption="", unit="people").summary == (
            "No number is told: 1 period below the threshold or hidden."
        )


def test_words_under_the_axis_fit_a_phone() -> None:
    for many in (1, 2, 8, 24, 60):
        assert len(trend_of(points([7] * many), caption="", unit="").ticks) <= 4


def test_a_table_of_two_dimensions_has_its_margins_published_and_shares_only_of_what_is_told() -> None:
    cross = cross_of(
        {
            ("K", "P"): Told(30, "/a/"),
            ("K", ""): Told(40, "/b/"),
            ("JK", "P"): Told(20, "/c/"),
            ("JK", ""): Told(None),
            ("", ""): Told(99, "/d/"),
        },
        caption="Perkara dan jenis kelamin",
        row_head="Perkara",
        rows=[("K", "Kekerasan"), ("JK", "Jaminan"), ("", "Semua")],
        columns=[("P", "Perempuan"), ("L", "Laki-laki"), ("", "Semua")],
    )
    texts = [[(cell.text, cell.share) for cell in row.cells] for row in cross.rows]
    assert texts == [
        [("30", "75\u00a0%"), (BLANK, ""), ("40", "")],
        [("20", ""), (BLANK, ""), (BLANK, "")],
        [(BLANK, ""), (BLANK, ""), ("99", "")],
    ]
    page = render_to_string("data/_cross.html", {"cross": cross})
    assert page.count(f"<span>{BLANK}</span>") == 5
    assert told(re.sub(r"<[^>]*>", "", page)) == {30, 75, 40, 20, 99}


def test_lines_of_which_nothing_is_told_are_named_once_and_not_blank_by_blank() -> None:
    told_in = {("K", "P"): Told(30, "/a/"), ("JK", "P"): Told(None)}
    names = [("K", "Kekerasan"), ("JK", "Jaminan"), ("AD", "Surat"), ("", "Semua")]
    asked = {"caption": "Pokok", "row_head": "Pokok", "columns": [("P", "Perempuan"), ("", "Semua")]}
    cross = cross_of(told_in, rows=names, **asked)
    assert [row.label for row in cross.rows] == ["Kekerasan"]
    assert cross.untold == ["Jaminan", "Surat", "Semua"]
    page = render_to_string("data/_cross.html", {"cross": cross})
    assert page.count(BLANK) == 2  # the cell, and the key beside what is named
    assert page.index(BLANK, page.index("</table>")) < page.index("Jaminan, Surat, Semua")


@pytest.mark.parametrize(("part", "whole", "said"), [(3, 4, "75\u00a0%"), (None, 4, ""), (3, None, ""), (3, 0, "")])
def test_a_share_needs_both_its_numbers(part: int | None, whole: int | None, said: str) -> None:
    assert share(part, whole) == said


def test_every_blank_says_the_same_in_both_languages() -> None:
    assert text_of(None) == BLANK
    with override("en"):
        assert text_of(None) == "below the threshold or hidden"
    assert text_of(1284) == "1.284"
