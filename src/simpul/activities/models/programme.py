"""What happens at an event: sessions, what is on in each, and who does it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from simpul.activities.kinds import Part
from simpul.activities.models.events import Event
from simpul.people.models import Person
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class Session(Record):
    """Attendance is noted for each. An event has at least one, as long as itself.

    Two sessions of one `track` (a room, a group) never share a minute; those of two tracks may.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    title = LocalizedTextField(null=True, blank=True)  # None: the event itself
    track = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID

    class Meta:
        ordering = ["starts_at", "track", "id"]
        constraints = [
            models.CheckConstraint(name="activities_session_in_order", condition=Q(starts_at__lt=F("ends_at"))),
        ]

    def __str__(self) -> str:
        return str(self.title or self.event.title)


class ProgrammeItem(Record):
    """One point of a session's programme, in order of `position`."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = LocalizedTextField()
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.title)


class Contribution(Record):
    """Who does what, at the event or on one point of its programme. `is_public`: they agreed to be named."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="contributions")
    item = models.ForeignKey(ProgrammeItem, models.CASCADE, null=True, related_name="contributions")
    part = models.CharField(max_length=10, choices=Part.choices)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.SET_NULL, null=True, related_name="+")
    name = SealedTextField()
    position = models.CharField(max_length=120, blank=True)  # "Sekretaris Daerah": an office, never a name
    is_public = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.CheckConstraint(name="activities_contribution_part", condition=Q(part__in=Part.values))]

    def __str__(self) -> str:
        return f"{self.part} {self.pk}"
