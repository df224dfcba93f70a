"""F23, F24, F25: of published cells alone, added up only where nothing overlaps."""

from datetime import UTC, date, datetime

import pytest

from simpul.organisations.presets import Preset
from simpul.organisations.services.node import open_node
from simpul.releases.models import PublishedCell
from simpul.results.queries import evaluate, indicator, page_of
from simpul.results.questions import Question
from tests.cast import BUILDER
from tests.factories.organisations import make_organisation
from tests.factories.published import publish

pytestmark = pytest.mark.django_db
LATER = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def told() -> None:
    open_node(BUILDER, host=make_organisation(), preset=Preset.NETWORK, now=datetime(2025, 1, 1, tzinfo=UTC))
    for month, people, children in (("01", 70, 12), ("02", 80, None), ("03", 90, 15)):
        numbers = {("", "", "", ""): people, ("", "", "P", ""): 40}
        publish("nation-month", f"2025-{month}", numbers | ({("", "PA", "", ""): children} if children else {}))
    publish("nation-year-outcome", "2025", {("", "PA:done", "", ""): 18, ("", "AD:done", "", ""): 31})
    publish("regency-quarter", "2025-Q1", {("52.03", "", "", ""): 61, ("52.03", "", "P", ""): 33})
    publish("regency-quarter-age", "2025-Q1", {("52.03", "social", "", "child"): 23})


@pytest.mark.parametrize(
    ("code", "area", "values"),
    [
        ("F23", None, [27, 18]),
        ("F25", None, [12, 240]),
        ("F25", "52.03", [2, 61]),
        ("F24", None, [0]),
        ("F23", "52", [0, 0]),
    ],
)
def test_figures_of_cases_add_up_published_cells_that_do_not_overlap(
    code: str, area: str | None, values: list[int]
) -> None:
    found = evaluate(indicator(code), Question(as_of=LATER, area_code=area))
    assert [figure.value for figure in found.figures] == values


def test_nothing_counts_before_it_was_published_and_only_what_everybody_may_read() -> None:
    before = evaluate(indicator("F25"), Question(as_of=date(2025, 12, 31)))
    assert [figure.value for figure in before.figures] == [0, 0]
    assert PublishedCell.objects.count() == 13  # one of them is for governments


def test_a_figure_of_cases_opens_into_published_numbers() -> None:
    found = evaluate(indicator("F25"), Question(as_of=LATER))
    part = found.indicator.part("accompanied")
    source = part.source(found.question)
    assert [group.count for group in source.groups("year")] == [240]
    rows = page_of(source, where=("year", "2025"), after=None).rows
    assert sorted((row.title.partition(":")[0], row.note) for row in rows) == [
        ("70", "Indonesia · 2025-01"),
        ("80", "Indonesia · 2025-02"),
        ("90", "Indonesia · 2025-03"),
    ]
    assert {row.ref.kind for row in rows} == {"releases.publishedcell"}
