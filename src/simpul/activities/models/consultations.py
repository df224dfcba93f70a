"""A consultation: a question, the meetings at which voices were heard, and the answer that was given back."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from simpul.activities.kinds import Visibility
from simpul.activities.models.events import Event
from simpul.activities.result_kinds import ConsultationState, Reply
from simpul.organisations.models import Organisation
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Known, Record, Versioned

if TYPE_CHECKING:
    from simpul.territory.models import Area


class Consultation(Record, Versioned):
    """`asked` is who has to answer, as an office or an organisation; `answer_due_on` the day by which they should.

    Its state on a day is derived: whether it was published, closed, answered.
    """

    owner_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    question = LocalizedTextField()
    about = LocalizedTextField(null=True, blank=True)
    area: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+"
    )
    asked = models.CharField(max_length=200)
    opens_on = models.DateField()
    closes_on = models.DateField()
    answer_due_on = models.DateField()
    visibility = models.CharField(max_length=7, choices=Visibility.choices)
    published_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    if TYPE_CHECKING:
        id: UUID
        owner_organisation_id: UUID
        area_id: str | None

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="activities_consultation_visibility", condition=Q(visibility__in=Visibility.values)
            ),
            models.CheckConstraint(
                name="activities_consultation_days",
                condition=Q(opens_on__lte=F("closes_on")) & Q(closes_on__lte=F("answer_due_on")),
            ),
        ]
        indexes = [models.Index("visibility", "opens_on", "id", name="consultation_list")]

    def __str__(self) -> str:
        return str(self.question)

    def state_on(self, day: date, *, answered: bool) -> ConsultationState:
        if self.published_at is None:
            return ConsultationState.DRAFT
        if answered:
            return ConsultationState.ANSWERED
        if day <= self.closes_on:
            return ConsultationState.OPEN
        return ConsultationState.OVERDUE if day > self.answer_due_on else ConsultationState.WAITING


class ConsultationMeeting(Record):
    """An event at which voices were, or will be, heard."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="meetings")
    event = models.ForeignKey(Event, models.CASCADE, related_name="consultations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "event"], name="activities_consultationmeeting_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.event_id}"


class ConsultationAnswer(Record, Known):
    """What was given back to those who spoke. A later answer supersedes the one before, which is kept."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="answers")
    reply = models.CharField(max_length=8, choices=Reply.choices)
    words = LocalizedTextField()
    answered_on = models.DateField()
    answered_by = models.CharField(max_length=200)  # an office, never a name
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(name="activities_consultationanswer_reply", condition=Q(reply__in=Reply.values)),
            models.UniqueConstraint(
                name="activities_consultationanswer_stands", fields=["consultation"], condition=Q(superseded_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.answered_on}"
