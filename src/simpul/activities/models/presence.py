"""When somebody was in an online meeting, as its report tells it."""

from django.db import models
from django.db.models import F, Q

from simpul.activities.models.participants import Participant
from simpul.activities.models.programme import Session
from simpul.records.models import Record


class Presence(Record):
    """One stretch between joining and leaving. Kept so that a report which is read again, or a second one of the same
    meeting, adds nothing that is there: the minutes of a session are those of all stretches together, each once.

    `session`: the report was of that session's room alone, and tells nothing of another one at the same time.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="presences")
    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="presences")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["began_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="activities_presence_once",
                fields=["participant", "began_at", "ended_at"],
                condition=Q(session=None),
            ),
            models.UniqueConstraint(
                name="activities_presence_once_in_room",
                fields=["participant", "session", "began_at", "ended_at"],
                condition=Q(session__isnull=False),
            ),
            models.CheckConstraint(name="activities_presence_in_order", condition=Q(began_at__lt=F("ended_at"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)
