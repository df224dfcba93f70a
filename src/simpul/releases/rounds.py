"""What the platform does about releases by itself: deciding what was proposed."""

from datetime import timedelta
from typing import Final

from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of
from simpul.releases.heads import note_heads
from simpul.releases.models import Proposal
from simpul.releases.services.proposing import compute_proposal

PLATFORM: Final = System("releases")


@round_of("releases.decide", every=timedelta(seconds=20))
def decide(clock: Clock) -> int:
    """Proposals that wait to be worked out; how many. One whose worker was killed is worked out anew."""
    waiting = Proposal.objects.filter(computed_at=None, refused_at=None, withdrawn_at=None)
    rows = list(waiting.order_by("proposed_at"))
    for proposal in rows:
        compute_proposal(PLATFORM, proposal, now=clock())
    return len(rows)


@round_of("releases.heads", every=timedelta(minutes=10))
def heads(_clock: Clock) -> None:
    """The end of every book outside the database, where it could not be noted when it was published."""
    note_heads()
