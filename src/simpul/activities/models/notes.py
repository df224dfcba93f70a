"""What is said at a meeting, as it is written down there."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.activities.kinds import NoteKind
from simpul.activities.models.programme import Session
from simpul.records.models import Record, Versioned
from simpul.vault.fields import SealedTextField


class MeetingNote(Record, Versioned):
    """A paragraph of the notes of a session. It may tell of somebody, so it is encrypted, and read by those who receive
    people there.

    `noted_at` is when it was written, perhaps without a signal; `recorded_at` when it reached us.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=9, choices=NoteKind.choices)
    text = SealedTextField()
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)  # person
    changed_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        id: UUID
        session_id: UUID

    class Meta:
        ordering = ["noted_at", "id"]
        constraints = [
            models.CheckConstraint(name="activities_meetingnote_kind", condition=Q(kind__in=NoteKind.values)),
        ]
        indexes = [models.Index("session", "noted_at", name="note_of_session")]

    def __str__(self) -> str:
        return str(self.pk)
