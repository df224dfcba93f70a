"""Two at once, on a database of their own."""

import pytest

from simpul.kernel.errors import Conflict
from simpul.releases.models import Approval, Batch, Book, Head, Proposal, PublishedCell, Release
from simpul.releases.services.batches import close_period
from simpul.releases.services.proposing import compute_proposal, propose_release
from simpul.releases.services.publishing import approve_release
from tests.cast import Stage
from tests.factories.releases import WORKER, a_month, at_home, decided, over
from tests.racing import at_once

LATER = over("2025-01")


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_publish_once(raced: None, stage: Stage) -> None:
    cast = stage.set_up()
    at_home(cast)
    a_month()
    proposal = decided(cast, now=LATER)
    digest = str(proposal.digest)
    answers = at_once(
        *(
            lambda actor=actor: approve_release(actor, proposal, digest=digest, now=LATER)  # type: ignore[misc]
            for actor in (cast.fitri.actor, cast.dewi.actor, cast.fitri.actor)
        )
    )
    published = [one for one in answers if isinstance(one, list) and one]
    assert len(published) == 1
    # Fitri's second may come when all is out: then it is told so.
    assert all(isinstance(one, list) or (isinstance(one, Conflict) and one.code == "not_open") for one in answers)
    assert (Approval.objects.count(), Release.objects.count(), Head.objects.count()) == (2, 1, 1)
    assert PublishedCell.objects.count() == Release.objects.get().published


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_two_who_propose_and_two_workers_at_once_are_one(raced: None, stage: Stage) -> None:
    cast = stage.set_up()
    at_home(cast)
    a_month()
    proposed = at_once(
        lambda: propose_release(cast.fitri.actor, now=LATER), lambda: propose_release(cast.dewi.actor, now=LATER)
    )
    assert proposed[0] == proposed[1] == Proposal.objects.get()
    at_once(*([lambda: compute_proposal(WORKER, Proposal.objects.get(), now=LATER)] * 2))
    assert Proposal.objects.get().computed_at == LATER
    assert (Batch.objects.count(), Book.objects.count()) == (1, 1)
    assert at_once(*([lambda: close_period(WORKER, month="2025-01", now=LATER)] * 2)) == [Batch.objects.get()] * 2
