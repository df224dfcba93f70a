"""What the platform does about cases by itself."""

from datetime import timedelta
from typing import Final

from simpul.cases.services.referral_answers import note_unanswered
from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of

PLATFORM: Final = System("cases")


@round_of("cases.unanswered", every=timedelta(minutes=5))
def unanswered(clock: Clock) -> int:
    return note_unanswered(PLATFORM, now=clock())
