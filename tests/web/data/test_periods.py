"""Periods: how finer ones lie in coarser ones, what may be chosen, what is nearest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.web.data.periods import FINENESS, cadence_of, chosen, containing, is_label, nearest, offered, parts_of
from simpul.web.data.words import period_words, short_period

LABELS = st.one_of(
    st.integers(2020, 2030).map(str),
    st.builds("{}-Q{}".format, st.integers(2020, 2030), st.integers(1, 4)),
    st.builds("{}-{:02}".format, st.integers(2020, 2030), st.integers(1, 12)),
)
MONTHS = [f"2024-{month:02}" for month in (11, 12)] + [f"2025-{month:02}" for month in range(1, 13)]


@settings(deadline=None)  # the first drawing loads every page's address
@given(LABELS, st.sampled_from(list(FINENESS)))
def test_parts_lie_in_what_they_are_parts_of(label: str, cadence: str) -> None:
    own = cadence_of(label)
    if FINENESS[cadence] < FINENESS[own]:
        with pytest.raises(ValueError, match="coarser"):
            parts_of(label, cadence)
        whole = containing(label, cadence)
        assert label in parts_of(whole, own)
    else:
        parts = parts_of(label, cadence)
        assert {containing(part, own) for part in parts} == {label}
        assert sorted(parts) == list(parts)


@pytest.mark.parametrize("text", ["", "25", "2025-13", "2025-Q5", "2025-1", "2025-Q1-1", "0025", "2025-00"])
def test_what_is_no_period_is_told_apart(text: str) -> None:
    assert not is_label(text)
    with pytest.raises(ValueError, match="no period"):
        cadence_of(text)


def test_longer_periods_are_offered_where_every_month_is_out() -> None:
    offers = offered(MONTHS)
    assert offers["year"] == ["2025"]
    assert offers["quarter"] == ["2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1"]
    assert offers["month"][0] == "2025-12"
    assert len(offers["month"]) == 14
    assert offered([]) == {"year": [], "quarter": [], "month": []}
    assert offered(["2025"])["month"] == []


def test_the_latest_whole_year_is_shown_unless_something_else_is_asked() -> None:
    offers = offered(MONTHS)
    assert chosen("", offers) == "2025"
    assert chosen("2024-12", offers) == "2024-12"
    assert chosen("2024", offers) == "2025"
    assert chosen("", offered(["2025-01"])) == "2025-01"
    assert chosen("2025", offered([])) == ""


@pytest.mark.parametrize(
    ("wanted", "released", "found"),
    [
        ("2025", ["2025-Q1", "2025-Q2"], "2025-Q2"),
        ("2025-03", ["2025-Q1", "2025-Q2"], "2025-Q1"),
        ("2025-03", ["2024", "2023"], "2024"),
        ("2025-03", ["2025"], "2025"),
        ("2025-Q1", MONTHS, "2025-Q1"),
        ("", ["2025"], "2025"),
        ("2025", [], ""),
    ],
)
def test_the_nearest_period_of_another_cadence(wanted: str, released: list[str], found: str) -> None:
    assert nearest(wanted, released) == found


def test_periods_in_words() -> None:
    assert [period_words(one, "id") for one in ("2025", "2025-Q3", "2025-03")] == [
        "2025",
        "Triwulan III 2025",
        "Maret 2025",
    ]
    assert [period_words(one, "en") for one in ("2025", "2025-Q3", "2025-03")] == [
        "2025",
        "quarter 3 of 2025",
        "March 2025",
    ]
    assert [short_period(one, "id") for one in ("2025", "2025-Q3", "2025-03")] == ["2025", "III ’25", "Mar ’25"]
