"""Two at once, on a database of their own."""

import pytest

from simpul.kernel.errors import Conflict
from simpul.releases.models import Approval, Batch, Book, Head, Proposal, PublishedCell, Release
from simpul.releases.services.batches import close_period
from simpul.releases.services.proposing import compute_proposal, propose_release, withdraw_proposal
from simpul.releases.services.publishing import approve_release
from simpul.releases.verifying import verify_books
from tests.cast import Stage
from tests.factories.releases import WHY, WORKER, a_month, at_home, decided, over
from tests.racing import at_once
from tests.releases import rival
from tests.rivals import at_one_moment, rivals

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
            lambda actor=actor: approve_release(actor, proposal, digest=digest, reason=WHY, now=LATER)  # type: ignore[misc]
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


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_who_is_killed_while_publishing_publishes_nothing_and_the_next_one_all(raced: None, stage: Stage) -> None:
    """Killed after the lines and before the cells, then after all cells and before the end of the chain."""
    cast = stage.set_up()
    at_home(cast)
    a_month()
    proposal = decided(cast, now=LATER)
    digest = str(proposal.digest)
    approve_release(cast.fitri.actor, proposal, digest=digest, reason=WHY, now=LATER)
    order = {
        "user": str(cast.dewi.actor.user_id),
        "proposal": str(proposal.pk),
        "digest": digest,
        "now": cast.now.isoformat(),
    }
    with rivals(rival.__name__, 3) as (one, two, three):
        for dying, table in ((one, "releases_publishedcell"), (two, "releases_head")):
            assert at_one_moment({dying: {**order, "dies": table}}) == [""]
            assert (Approval.objects.count(), Release.objects.count(), Head.objects.count()) == (1, 0, 0)
            assert not PublishedCell.objects.exists()
        assert at_one_moment({three: order}) == ["done"]
    release = Release.objects.get()
    assert (Approval.objects.count(), Head.objects.get().digest) == (2, release.digest)
    assert PublishedCell.objects.count() == release.published
    assert [book.wrong for book in verify_books()] == [""]


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_agreeing_and_refusing_at_once_publish_all_or_nothing(raced: None, stage: Stage) -> None:
    cast = stage.set_up()
    at_home(cast)
    a_month()
    proposal = decided(cast, now=LATER)
    digest = str(proposal.digest)
    approve_release(cast.fitri.actor, proposal, digest=digest, reason=WHY, now=LATER)
    agreed, refused = at_once(
        lambda: approve_release(cast.dewi.actor, proposal, digest=digest, reason=WHY, now=LATER),
        lambda: withdraw_proposal(cast.fitri.actor, proposal, reason="Salah bulan.", now=LATER),
    )
    lost = [one for one in (agreed, refused) if isinstance(one, Conflict)]
    assert [one.code for one in lost] == ["not_open"]
    assert Release.objects.exists() == isinstance(refused, Conflict)
    assert PublishedCell.objects.exists() == Release.objects.exists()
