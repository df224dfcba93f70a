"""What the platform does about notices by itself. A channel's round waits for no other channel."""

from datetime import timedelta
from functools import partial

from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of
from simpul.notices.channels.offered import available, carrier_of
from simpul.notices.models import Channel
from simpul.notices.outbox import deliver_due, spare_waiting
from simpul.notices.services.escalating import escalate_due
from simpul.notices.services.keeping import remove_old

PLATFORM = System("notices")


def deliver(channel: Channel, clock: Clock) -> int:
    if channel not in available():
        spare_waiting(channel, now=clock())
        return 0
    return deliver_due(channel, carrier_of(channel), clock)


for one in Channel:
    round_of(f"notices.deliver_{one.value}", every=timedelta(seconds=5))(partial(deliver, one))


@round_of("notices.escalate", every=timedelta(seconds=30))
def escalate(clock: Clock) -> int:
    return escalate_due(PLATFORM, now=clock())


@round_of("notices.remove_old", every=timedelta(hours=6))
def tidy(clock: Clock) -> int:
    return remove_old(PLATFORM, now=clock())
