"""What `simpul check` asks of events."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from simpul.activities.models import Event, Registration, Telling, Way
from simpul.kernel.health import Finding, probe

LATE = timedelta(minutes=15)


@probe("activities.seats")
def no_seat_is_given_twice(now: datetime) -> Iterator[Finding]:
    given = Count("registrations", filter=Q(registrations__seat__isnull=False))
    rows = Event.objects.filter(capacity__isnull=False).annotate(given=given)
    over = rows.filter(given__gt=F("capacity")).count()
    beyond = Registration.objects.filter(seat__gt=F("event__capacity")).count()
    if over or beyond:
        message = f"{over} events have given more seats than they have; {beyond} seat numbers lie beyond the last"
        yield Finding.fail("seats", message, "Don't edit the database by hand; report this with its version.")
    else:
        yield Finding.ok("seats", "no event has given more seats than it has")


@probe("activities.offers")
def offers_are_walked(now: datetime) -> Iterator[Finding]:
    late = Registration.objects.filter(offered_until__lte=now - LATE).count()
    waiting = Telling.objects.filter(way=Way.MAIL, told_at=None, failed_at=None, due_at__lte=now - LATE).count()
    if late or waiting:
        message = f"{late} offered seats were not passed on, {waiting} mails about events wait"
        yield Finding.fail("events", message, "Start `simpul worker`; if it runs, read its log.")
    else:
        yield Finding.ok("events", "offered seats are passed on in time, and mails are sent")
