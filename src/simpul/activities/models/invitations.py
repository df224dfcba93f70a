"""Who was asked to come, so that one sees who has not answered."""

from django.db import models

from simpul.activities.models.events import Event
from simpul.records.models import Record


class Invitation(Record):
    """To an organisation. It has answered once somebody of it is registered, or it declined."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [models.UniqueConstraint(name="activities_invitation_once", fields=["event", "organisation"])]
        indexes = [models.Index("organisation", "event", name="invitation_to")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.organisation_id}"
