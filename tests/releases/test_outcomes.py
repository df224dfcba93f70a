"""What came of cases: told of the country and the year, of the same people as everything else."""

from datetime import UTC, datetime

import pytest

from simpul.cases.models import CountedVictim
from simpul.cases.outcomes import Outcome, outcomes_for
from simpul.releases.kinds import FORMS, CameOf, came_of, depth_of, holds, threshold_of, type_label, types_to
from simpul.releases.models import PublishedCell
from simpul.releases.queries.published import cells_for
from simpul.releases.tables import Depth
from tests.cast import Cast
from tests.factories.releases import at_home, change_victims, over, released, victims

DECEMBER = datetime(2025, 12, 3, 2, tzinfo=UTC)
TABLE = "nation-year-outcome"


def recounted() -> dict[str, int]:
    """Everybody by what came of it, counted plainly."""
    rows = CountedVictim.objects.filter(superseded_at=None).values_list("types__form", "outcome")
    people = [(form, came_of(outcome, form)) for form, outcome in rows]
    return {
        kind: sum(kind.endswith(f":{came}") and holds(kind, form) for form, came in people)
        for kind in types_to(Depth.OUTCOME)
    }


def test_what_came_of_cases_is_told_of_the_year_exactly_and_never_again(cast: Cast) -> None:
    """The book begins in December, so that the year is out with its first month. What comes of it later changes
    nothing that is out.
    """
    at_home(cast)
    victims(40, outcome="document_issued", at=DECEMBER)
    victims(20, outcome="unmet", at=DECEMBER)
    victims(14, ["PA.2"], age="12-17", outcome="separated", at=DECEMBER)
    keys = victims(12, ["PA.2"], age="12-17", at=DECEMBER)
    true = recounted()
    released(cast, now=over("2025-12"))
    declared = {cell.type: cell.count for cell in cells_for(cast.publik.actor, TABLE, period="2025")}
    assert set(declared) == set(types_to(Depth.OUTCOME))
    told = {kind: count for kind, count in declared.items() if count is not None}
    assert told
    assert told == {kind: true[kind] for kind in told}
    assert all(count >= threshold_of(kind) for kind, count in told.items())
    before = list(PublishedCell.objects.order_by("pk").values())
    change_victims(keys, at=datetime(2026, 1, 4, tzinfo=UTC), outcome="separated")
    released(cast, now=over("2026-01"))
    assert list(PublishedCell.objects.filter(period__startswith="2025").order_by("pk").values()) == before


@pytest.mark.parametrize("outcome", ["", *Outcome.values])
def test_every_outcome_is_told_as_one(outcome: str) -> None:
    assert (came_of(outcome, "AD.1") is CameOf.OPEN) == (not outcome)


@pytest.mark.parametrize("outcome", ["", *outcomes_for(["PA.2"])])
def test_a_child_marriage_is_undone_where_it_was_prevented_and_nowhere_else(outcome: str) -> None:
    assert (came_of(outcome, "PA.2") is CameOf.DONE) == (outcome == Outcome.SEPARATED)


def test_outcomes_have_the_threshold_of_what_they_came_of() -> None:
    assert (threshold_of("PA:done"), threshold_of(":done"), threshold_of("JK:done")) == (10, 10, 5)
    assert depth_of("PA:done") is Depth.OUTCOME
    assert holds("PA:done", "PA.2")
    assert not any(holds("PA:done", form) for form in FORMS if not form.startswith("PA"))
    assert str(type_label("PA:open")).startswith("Perkawinan anak: ")
    for wrong in ("PA:sold", "K.S:done", "violence:done", "PA:"):
        with pytest.raises(ValueError, match="not a type"):
            depth_of(wrong)
