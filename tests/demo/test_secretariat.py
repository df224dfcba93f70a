"""The secretariat's desk of the story: something in each state, and nobody real."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from simpul.demo.keys import organisation
from simpul.demo.steps import DEMO, run_steps, untold
from simpul.demo.story.load import steps
from simpul.interop.models import ImportBatch, Outcome, RowState, State
from simpul.interop.queries import count_rows, imports_for, is_undoable
from simpul.organisations.models import MembershipApplication
from simpul.organisations.queries.applications import alike_to, count_states
from simpul.organisations.queries.board import board_of
from simpul.organisations.queries.readiness import count_ways, ways_in
from simpul.organisations.queries.service_records import count_services
from tests.demo.places import NEEDED
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def test_the_desk_has_something_of_everything() -> None:
    areas(*NEEDED)
    # The node is hosted by an organisation of the public sources, which are loaded apart.
    run_steps([step for step in steps() if step.key != "story/node"], now=NOW, progress=untold)
    network = organisation("network")
    assert count_states(DEMO, network) == {"verified": 1, "asked": 1, "submitted": 1}
    twice = MembershipApplication.objects.get(name__startswith="Yayasan Suara Sasak")
    assert [row.name for row in alike_to(DEMO, twice).organisations] == ["Yayasan Suara Sasak (contoh)"]
    assert list(count_ways(ways_in(DEMO, network, on=TODAY)).values()) == [3, 2, 0]
    services = count_services(DEMO, network, since=date(2026, 1, 1), until=date(2027, 1, 1))
    assert sum(row.times for row in services) == 5
    assert {row.side for row in board_of(DEMO, network, on=TODAY)} == {"need", "offer"}


def test_a_list_waits_with_three_likely_doubles_and_two_errors_and_another_can_be_taken_back() -> None:
    areas(*NEEDED)
    run_steps([step for step in steps() if step.key != "story/node"], now=NOW, progress=untold)
    of_network = ImportBatch.objects.filter(organisation_id=organisation("network").pk)
    waiting, done = of_network.order_by("-received_at")
    assert (waiting.state, done.state) == (State.REVIEW, State.DONE)
    assert count_rows(waiting).states == {RowState.ALIKE: 3, RowState.FAULTY: 2, RowState.READY: 3}
    assert count_rows(done).outcomes == {Outcome.WRITTEN: 3}
    assert is_undoable(done, timezone.now())
    assert set(imports_for(DEMO).filter(organisation_id=organisation("network").pk)) == {waiting, done}
