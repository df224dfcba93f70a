"""Who was there: by name, each session once; or, where nobody may be named, by head."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.activities.kinds import AgeBand, Disability, How, Stakeholder
from simpul.activities.models.participants import Participant
from simpul.activities.models.programme import Session
from simpul.people.codes import Sex
from simpul.records.models import Known, Record

if TYPE_CHECKING:
    from simpul.territory.models import Area


class Attendance(Record):
    """A participant was at a session. Noted twice, at two doors or by two telephones, it is one row: the database
    keeps it so. `arrived_at` is the earliest of them. `undone_at`: it was noted by mistake.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attendances")
    how = models.CharField(max_length=7, choices=How.choices)
    door = models.CharField(max_length=40, blank=True)
    arrived_at = models.DateTimeField(null=True)  # None: known to have been there, not since when
    minutes = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)  # person
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_reason = models.CharField(max_length=200, blank=True, editable=False)

    if TYPE_CHECKING:
        id: UUID
        session_id: UUID
        participant_id: UUID

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="activities_attendance_once", fields=["session", "participant"], condition=Q(undone_at=None)
            ),
            models.CheckConstraint(name="activities_attendance_how", condition=Q(how__in=How.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HeadCount(Record, Known):
    """So many of one description were at a session. A new count supersedes the whole of the one before."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="head_counts")
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    age_band = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    disability = models.CharField(max_length=12, choices=Disability.choices, blank=True)
    stakeholder = models.CharField(max_length=13, choices=Stakeholder.choices, blank=True)
    area: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+"
    )
    number = models.PositiveIntegerField()
    recorded_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        constraints = [
            models.CheckConstraint(name="activities_headcount_number", condition=Q(number__gt=0)),
            models.CheckConstraint(name="activities_headcount_sex", condition=Q(sex__in=Sex.values)),
        ]
        indexes = [models.Index("session", name="headcount_now", condition=Q(superseded_at=None))]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number}"
