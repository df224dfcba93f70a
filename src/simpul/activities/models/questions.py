"""What an organiser asks those who register beside what every event may ask, and what they answer."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.activities.kinds import AnswerKind
from simpul.activities.models.events import Event
from simpul.activities.models.participants import Participant
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField


class EventQuestion(Record):
    """`choices` are those of a question with answers to choose from, as they are shown. A question that was answered
    already stays for its answers when it is taken off the form: `removed_at`.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=AnswerKind.choices)
    label = LocalizedTextField()
    choices = models.JSONField(default=list)
    is_required = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(name="activities_eventquestion_kind", condition=Q(kind__in=AnswerKind.values)),
        ]
        indexes = [models.Index("event", "position", name="eventquestion_in_order")]

    def __str__(self) -> str:
        return str(self.label)


class EventAnswer(Record):
    """Read by those who receive people at the event, and by nobody else. `value` is a text, a list of texts or a
    number, as the question asks.
    """

    question = models.ForeignKey(EventQuestion, models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="answers")
    value = SealedJSONField()

    if TYPE_CHECKING:
        question_id: UUID
        participant_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint(name="activities_eventanswer_once", fields=["question", "participant"])]

    def __str__(self) -> str:
        return str(self.pk)
