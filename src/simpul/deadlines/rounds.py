"""What the platform does about clocks by itself."""

from datetime import timedelta
from typing import Final

from simpul.deadlines.services.watching import check_clocks, recount_clocks
from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of

PLATFORM: Final = System("deadlines")


@round_of("deadlines.check", every=timedelta(minutes=1))
def check(clock: Clock) -> int:
    return check_clocks(PLATFORM, now=clock())


@round_of("deadlines.recount", every=timedelta(hours=6))
def recount(_clock: Clock) -> int:
    return recount_clocks(PLATFORM)
