"""What the platform does about events by itself."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.activities.mailing import send_waiting
from simpul.activities.models import ActionPoint, Event, FeedbackForm, Registration, SeatReservation
from simpul.activities.services.actions import BEFORE as SOON
from simpul.activities.services.actions import remind_action
from simpul.activities.services.feedback import close_feedback, send_feedback_codes
from simpul.activities.services.registrations import settle_offers
from simpul.activities.services.reminders import BEFORE, remind
from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of
from simpul.kernel.time import Zone, local_date
from simpul.records.locks import let_others_write

PLATFORM: Final = System("events")


@round_of("activities.offers", every=timedelta(minutes=1))
def offers(clock: Clock) -> int:
    """Seats whose offer ran out, or that a group kept until now, go to the next in the line."""
    due = Registration.objects.filter(offered_until__lte=clock()).order_by().values_list("event_id", flat=True)
    freed = SeatReservation.objects.filter(released_at=None, until__lte=clock()).values_list("event_id", flat=True)
    return sum(_settle(key, clock) for key in {*due, *freed})


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


@round_of("activities.feedback", every=timedelta(minutes=1))
def feedback(clock: Clock) -> int:
    """Codes go out together; forms whose time is over are closed, and their codes deleted."""
    now = clock()
    rows = FeedbackForm.objects.filter(closed_at=None).select_related("event__owner_organisation")
    for form in rows.filter(closes_at__lte=now):
        close_feedback(PLATFORM, form, now=clock())
        let_others_write()
    due = rows.filter(drawn_at=None, mails__gt=0, closes_at__gt=now)
    return sum(send_feedback_codes(PLATFORM, form, now=clock()) for form in due)


@round_of("activities.actions", every=timedelta(hours=1))
def actions(clock: Clock) -> int:
    """Each owner is told before the day, and once it is over."""
    now = clock()
    soon = local_date(now, Zone.WIT) + SOON
    rows = ActionPoint.objects.filter(done_at=None, dropped_at=None, due_on__lte=soon)
    rows = rows.filter(Q(reminded_at=None) | Q(overdue_told_at=None)).select_related("event__owner_organisation")
    told = 0
    for point in rows.order_by("due_on", "id"):
        if remind_action(PLATFORM, point, now=clock()):
            told += 1
            let_others_write()
    return told
