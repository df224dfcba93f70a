"""What was answered to an organiser's own questions. Called for who may read it: who receives people there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from simpul.activities.models import Event, EventAnswer, EventQuestion


def questions_asked(event: Event) -> list[EventQuestion]:
    """In their order, with those that are asked no more and were answered. One query."""
    answered = Exists(EventAnswer.objects.filter(question=OuterRef("pk")))
    return list(EventQuestion.objects.filter(Q(removed_at=None) | answered, event=event).order_by("position", "id"))


def answers_of(participants: Sequence[UUID]) -> dict[UUID, dict[UUID, Any]]:
    """Participant -> question -> answer, opened. One query."""
    found: dict[UUID, dict[UUID, Any]] = {}
    for row in EventAnswer.objects.filter(participant__in=participants):
        found.setdefault(row.participant_id, {})[row.question_id] = row.value.open()
    return found
