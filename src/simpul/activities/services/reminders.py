"""Reminding those who have a seat, and keeping the list of those who must be called."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from simpul.activities.models import Event, Registration, Telling, What
from simpul.activities.rules.events import require_receiver
from simpul.activities.states import EventState
from simpul.activities.telling import tell
from simpul.audit import services as audit
from simpul.kernel.actor import Actor

BEFORE: Final = timedelta(hours=36)  # the evening before, for who reads once a day


def remind(actor: Actor, event: Event, *, now: datetime) -> int:
    """Tell those who have a seat that it is coming up, once for each time it was set; how many.

    Nothing where it is not announced, has begun, or is further away than a day and a half.
    """
    require_receiver(actor, event)
    if event.state is not EventState.PUBLISHED or not now < event.starts_at <= now + BEFORE:
        return 0
    with transaction.atomic():
        rows = Registration.objects.filter(event=event, seated_at__isnull=False, reminded_at=None)
        due = list(rows.select_related("participant"))
        told = tell(event, due, What.SOON, now=now)
        Registration.objects.filter(pk__in=[row.pk for row in due]).update(reminded_at=now)
        if due:
            audit.record(actor, "activities.remind", event.ref, details={"registrations": len(due)})
    return told


def note_told(actor: Actor, telling: Telling, *, now: datetime) -> Telling:
    """Somebody called them, or wrote to them by hand. Twice changes nothing more."""
    require_receiver(actor, telling.registration.event)
    with transaction.atomic():
        if Telling.objects.filter(pk=telling.pk, told_at=None).update(told_at=now, failed_at=None):
            audit.record(actor, "activities.note_told", telling.registration.ref, details={"what": telling.what})
    telling.refresh_from_db()
    return telling
