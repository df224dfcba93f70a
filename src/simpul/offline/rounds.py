"""What the platform does by itself about what phones delivered."""

from datetime import timedelta
from typing import Final

from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of
from simpul.offline.services import drop_deliveries
from simpul.records.locks import let_others_write

PLATFORM: Final = System("offline")


@round_of("offline.deliveries", every=timedelta(hours=24))
def deliveries(clock: Clock) -> int:
    """Proofs of deliveries that are older than a year; how many went."""
    total = 0
    while gone := drop_deliveries(PLATFORM, now=clock()):
        total += gone
        let_others_write()
    return total
