"""What the platform does about events by itself."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from simpul.activities.mailing import send_waiting
from simpul.activities.models import Event, Registration
from simpul.activities.services.registrations import settle_offers
from simpul.activities.services.reminders import BEFORE, remind
from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of
from simpul.records.locks import let_others_write

PLATFORM: Final = System("events")


@round_of("activities.offers", every=timedelta(minutes=1))
def offers(clock: Clock) -> int:
    """Seats whose offer ran out go to the next in the line."""
    due = Registration.objects.filter(offered_until__lte=clock()).order_by().values_list("event_id", flat=True)
    return sum(_settle(key, clock) for key in set(due))


def _settle(key: UUID, clock: Clock) -> int:
    event = Event.objects.select_related("owner_organisation").get(pk=key)
    done = settle_offers(PLATFORM, event, now=clock())
    let_others_write()
    return len(done.lapsed)


@round_of("activities.reminders", every=timedelta(minutes=15))
def reminders(clock: Clock) -> int:
    now = clock()
    soon = Event.objects.filter(starts_at__gt=now, starts_at__lte=now + BEFORE, cancelled_at=None, held_at=None)
    waiting = Registration.objects.filter(seated_at__isnull=False, reminded_at=None).values("event_id")
    total = 0
    for event in soon.filter(published_at__isnull=False, pk__in=waiting).select_related("owner_organisation"):
        total += remind(PLATFORM, event, now=clock())
        let_others_write()
    return total


@round_of("activities.mail", every=timedelta(minutes=1))
def mail(clock: Clock) -> int:
    return send_waiting(now=clock())
