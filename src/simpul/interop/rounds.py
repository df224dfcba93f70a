"""What the platform does about imports by itself."""

from datetime import timedelta
from typing import Final

from simpul.interop.services.staging import drop_expired
from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of

PLATFORM: Final = System("imports")


@round_of("interop.drop", every=timedelta(hours=6))
def drop(clock: Clock) -> int:
    """What nobody confirmed in time goes, whether anybody opens the page or not."""
    return drop_expired(PLATFORM, now=clock())
