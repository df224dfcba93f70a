"""Taking the list of those who registered out of here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from simpul.activities.models import Event, EventQuestion, Registration
from simpul.activities.queries.answers import answers_of, questions_asked
from simpul.activities.queries.registrations import registrations_for
from simpul.audit import services as audit
from simpul.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Listed:
    """Registrations in the order of the line, the questions of the event, and participant -> question -> answer."""

    registrations: Sequence[Registration]
    questions: Sequence[EventQuestion]
    answers: Mapping[UUID, Mapping[UUID, Any]]


def take_away_list(actor: Actor, event: Event, *, now: datetime) -> Listed:  # noqa: ARG001 - every service is told
    """All that is known of who registered, for who receives them; noted each time. NotFound, Denied."""
    rows = list(registrations_for(actor, event).filter(participant__erased_at=None))
    with transaction.atomic():
        listed = Listed(rows, questions_asked(event), answers_of([row.participant_id for row in rows]))
        audit.record(actor, "activities.take_away_list", event.ref, details={"registrations": len(rows)})
    return listed
