"""Who was asked to come, so that one sees who has not answered."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.activities.models.events import Event
from simpul.activities.models.registrations import Registration
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField

if TYPE_CHECKING:
    from simpul.organisations.models import Organisation


class Invitation(Record):
    """To an organisation, or to somebody by name.

    An organisation has answered once somebody of it is registered, or it declined. Somebody answers with the code of
    their letter, of which the digest alone is kept: `registration` is what came of it.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    organisation: "models.ForeignKey[Organisation | None, Organisation | None]" = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, null=True, related_name="+"
    )
    name = SealedTextField(null=True)
    office = models.CharField(max_length=120, blank=True)  # "Kepala Desa Pringgasela": printed under the name
    reach = SealedTextField(null=True)  # a number or an address, for whoever sends the letter
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    registration = models.OneToOneField(Registration, models.SET_NULL, null=True, related_name="invitation")
    invited_at = models.DateTimeField(editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID
        organisation_id: UUID | None

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(name="activities_invitation_once", fields=["event", "organisation"]),
            models.UniqueConstraint(
                name="activities_invitation_code", fields=["code_digest"], condition=~Q(code_digest="")
            ),
            models.CheckConstraint(
                name="activities_invitation_to_one",
                condition=Q(organisation__isnull=False, name__isnull=True)
                | Q(organisation__isnull=True, name__isnull=False),
            ),
        ]
        indexes = [models.Index("organisation", "event", name="invitation_to")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.pk}"
