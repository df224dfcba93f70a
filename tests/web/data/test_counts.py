"""Counts at hand: looked up, added up only where every part is published."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.web.data.charts import NOTHING_TOLD
from simpul.web.data.counts import Counts


@dataclass(frozen=True)
class OneCell:
    period: str
    count: int | None
    area: str = "52"
    type: str = "K"
    sex: str = ""
    age: str = ""
    id: UUID | None = None


def at(key: UUID) -> str:
    return f"/{key}/"


def months(counts: list[int | None]) -> Counts:
    cells = [
        OneCell(f"2025-{month:02}", count, id=uuid4() if count else None) for month, count in enumerate(counts, start=1)
    ]
    return Counts.of("month", cells, at)


@settings(deadline=None)  # the first drawing loads every page's address
@given(st.lists(st.none() | st.integers(5, 500), min_size=12, max_size=12))
def test_a_year_is_the_sum_of_its_months_or_blank(counts: list[int | None]) -> None:
    year = months(counts).told("2025", "52", "K")
    whole = [count for count in counts if count is not None]
    assert year.count == (sum(whole) if len(whole) == 12 else None)
    assert year.href == ""


def test_a_month_leads_to_its_address_and_a_blank_to_none() -> None:
    counts = months([7, None])
    assert counts.told("2025-01", "52", "K").href
    assert counts.told("2025-02", "52", "K") == NOTHING_TOLD


@pytest.mark.parametrize(
    ("period", "area", "type_"),
    [
        ("2025-03", "52", "K"),
        ("2025", "52", "K"),
        ("2025-Q1", "52", "K"),
        ("2025-01", "53", "K"),
        ("2025-01", "52", ""),
        ("", "52", "K"),
    ],
)
def test_what_was_never_told_is_blank(period: str, area: str, type_: str) -> None:
    assert months([7, 8]).told(period, area, type_) == NOTHING_TOLD


def test_yearly_counts_have_no_months() -> None:
    counts = Counts.of("year", [OneCell("2025", 60, id=uuid4())], at)
    assert counts.told("2025", "52", "K").count == 60
    assert counts.told("2025-03", "52", "K") == NOTHING_TOLD
    assert counts.types("52") == ["K"]
