"""What came of an event: what speakers put forward, what was said to it, what was agreed, what was handed out."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from simpul.activities.models.consultations import Consultation
from simpul.activities.models.events import Event
from simpul.activities.models.programme import Contribution
from simpul.activities.result_kinds import Group, OutcomeKind, Scheme, Served
from simpul.organisations.models import Organisation
from simpul.records.models import Known, Record

if TYPE_CHECKING:
    from simpul.territory.models import Area

FEWEST = 5  # people of a group, from which on it is told how many they were


class SpeakerInput(Record, Known):
    """What one of the speakers put forward, in a few sentences."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="inputs")
    words = models.CharField(max_length=600)
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)


class Voice(Record, Known):
    """What was said at an event or for a consultation, by whom of which group: a group, never a name.

    `answers` is the speaker's input it speaks to; `people` how many said it, where somebody counted.
    """

    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="voices")
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, related_name="voices")
    answers = models.ForeignKey(SpeakerInput, models.CASCADE, null=True, related_name="voices")
    group = models.CharField(max_length=13, choices=Group.choices)
    words = models.CharField(max_length=600)
    people = models.PositiveIntegerField(null=True)
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(name="activities_voice_group", condition=Q(group__in=Group.values)),
            models.CheckConstraint(
                name="activities_voice_somewhere",
                condition=Q(event__isnull=False) | Q(consultation__isnull=False),
            ),
            models.CheckConstraint(name="activities_voice_people", condition=Q(people=None) | Q(people__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.pk}"

    @property
    def people_told(self) -> int | None:
        """None where it was not counted, and where so few said it that somebody might be recognised."""
        return self.people if self.people and self.people >= FEWEST else None


class Outcome(Record, Known):
    """What those who came agreed, or found. A scheme says how organisations are to be strengthened."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=OutcomeKind.choices)
    scheme = models.CharField(max_length=11, choices=Scheme.choices, blank=True)
    words = models.CharField(max_length=600)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # who sees to it
    due_on = models.DateField(null=True)
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(name="activities_outcome_kind", condition=Q(kind__in=OutcomeKind.values)),
            models.CheckConstraint(
                name="activities_outcome_scheme",
                condition=Q(kind=OutcomeKind.SCHEME, scheme__in=Scheme.values)
                | (~Q(kind=OutcomeKind.SCHEME) & Q(scheme="")),
            ),
        ]
        indexes = [models.Index("kind", "event", name="outcome_now", condition=Q(superseded_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class BulkServed(Record, Known):
    """So many papers of one kind at a mobile service, for residents of one village. They are counted in bulk: nobody is
    named, and they are no cases. A new count supersedes the whole of the one before.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="served")
    kind = models.CharField(max_length=4, choices=Served.choices)
    area: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+"
    )
    number = models.PositiveIntegerField()
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        constraints = [
            models.CheckConstraint(name="activities_bulkserved_kind", condition=Q(kind__in=Served.values)),
            models.CheckConstraint(name="activities_bulkserved_number", condition=Q(number__gt=0)),
        ]
        indexes = [models.Index("event", name="bulkserved_now", condition=Q(superseded_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
