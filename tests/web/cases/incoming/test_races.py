"""Two coordinators who bring in the same export at the same moment: each report once, and both are told."""

from datetime import UTC, datetime

import pytest

from simpul.access import services as access
from simpul.access.queries import actor_for
from simpul.cases.models import Case, Consent
from simpul.interop.models import ImportBatch, Outcome, State
from simpul.interop.queries import count_rows
from simpul.interop.services.deciding import confirm_import, decide_all
from simpul.kernel.actor import System
from tests.cast import Cast, Stage
from tests.factories.kobo import checked, place, submission
from tests.rivals import Order, at_one_moment, rivals
from tests.web.imports.rival import act as rival_act

pytestmark = pytest.mark.racing
NOW = datetime.now(UTC)


@pytest.fixture
def played(raced: None, stage: Stage) -> Cast:
    cast = stage.set_up()
    place()
    assert cast.eko.person is not None
    assert cast.eko.user is not None
    access.grant_role(
        System("tests"), cast.eko.person, role="coordinator", organisation=cast.lentera, reason="pemeran", now=NOW
    )
    cast.eko.actor = actor_for(cast.eko.user.pk, now=NOW, second_factor=True)
    return cast


def test_the_same_export_by_two_coordinators_is_each_case_once(played: Cast) -> None:
    reports = [submission(f"n{n}", nama="") for n in range(60)]
    batches = []
    for who in ("budi", "eko"):
        batch, actor = checked(played, *reports, who=who, now=NOW), getattr(played, who).actor
        decide_all(actor, batch, decision="new")
        batches.append(confirm_import(actor, batch, now=NOW))
    orders: list[Order] = [{"act": "move_on", "batch": str(b.pk), "user": str(b.imported_by)} for b in batches]
    with rivals(rival_act.__module__) as (one, two):
        assert at_one_moment({one: orders[0], two: orders[1]}) == ["done", "done"]
    assert (Case.objects.count(), Consent.objects.count()) == (60, 60)
    told = [count_rows(ImportBatch.objects.get(pk=b.pk)).outcomes for b in batches]
    assert {b.state for b in ImportBatch.objects.all()} == {State.DONE}
    assert sum(outcome.get(Outcome.WRITTEN, 0) for outcome in told) == 60
    assert sum(outcome.get(Outcome.REFUSED, 0) for outcome in told) == 60
