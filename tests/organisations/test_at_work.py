from datetime import date

import pytest

from simpul.organisations.at_work import at_work_since, still_holds

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("said", "holds"),
    [(None, False), (date(2025, 2, 28), False), (date(2025, 3, 1), True), (TODAY, True)],
    ids=["never", "a year and a day ago", "a year ago", "today"],
)
def test_a_word_holds_for_a_year(said: date | None, holds: bool) -> None:
    assert still_holds(said, TODAY) is holds


def test_counts_begin_on_the_oldest_day_that_holds() -> None:
    assert still_holds(at_work_since(TODAY), TODAY)
