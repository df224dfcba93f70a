"""A signed-in person's own events: what they registered for, where they were, what waits for them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from simpul.activities.models import Attendance, Certificate, FeedbackForm, FeedbackLetter, Registration, Validity
from simpul.activities.queries.registrations import own_registrations
from simpul.kernel.actor import Actor

MOST: Final = 60


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """`certificate` is the one that stands. `is_asked`: they were there and answers are taken; `by_letter`: the code
    lies behind the number of their registration. Whether they answered nobody knows.
    """

    registration: Registration
    is_over: bool
    was_there: bool
    certificate: Certificate | None
    is_asked: bool
    by_letter: bool


def own_events(actor: Actor, *, now: datetime) -> Sequence[OwnEvent]:
    """The latest sixty, in the order of their beginning. Two queries at most."""
    came = Attendance.objects.filter(participant=OuterRef("participant"), undone_at=None)
    letters = FeedbackLetter.objects.filter(registration=OuterRef("pk"))
    asked = FeedbackForm.objects.filter(event=OuterRef("event"), closed_at=None, closes_at__gt=now)
    rows = (
        own_registrations(actor)
        .select_related("participant")
        .annotate(
            came=Exists(came),
            asked=Exists(asked),
            letter=Exists(letters),
        )
    )
    found = sorted(rows.order_by("-event__starts_at", "-pk")[:MOST], key=lambda row: (row.event.starts_at, row.pk))
    papers = Certificate.objects.filter(
        participant__in=[row.participant_id for row in found], withdrawn_at=None, name__isnull=False
    )
    given = {row.participant_id: row for row in papers.select_related("event")} if found else {}
    return [
        OwnEvent(
            registration=row,
            is_over=row.event.ends_at <= now,
            was_there=row.came,
            certificate=_standing(given.get(row.participant_id)),
            is_asked=row.came and row.asked,
            by_letter=row.letter,
        )
        for row in found
    ]


def _standing(row: Certificate | None) -> Certificate | None:
    return row if row is not None and row.validity is Validity.VALID else None
