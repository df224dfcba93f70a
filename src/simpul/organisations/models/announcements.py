"""What a secretariat tells the members of its network, and which of them have opened it.

Texts are corrected by a further version, never silently: who opened the first sees that there is another.
"""

from django.db import models

from simpul.organisations.models.organisations import Organisation
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record


class Announcement(Record):
    """`levels`: to the members through so many levels of networks on that day; None: to those chosen by hand."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="announcements")
    levels = models.PositiveSmallIntegerField(null=True)
    announced_at = models.DateTimeField(editable=False)
    announced_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        indexes = [models.Index(fields=["network", "announced_at"], name="announcement_latest")]

    def __str__(self) -> str:
        return f"{self.network_id} {self.announced_at}"


class AnnouncementVersion(Record):
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = LocalizedTextField()
    body = LocalizedTextField()
    written_at = models.DateTimeField(editable=False)
    written_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="organisations_announcementversion_turn", fields=["announcement", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.number}"


class AnnouncementRecipient(Record):
    """To whom it went: written down when it was announced, whoever joins or leaves later."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="announcements_received")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="organisations_announcementrecipient_once", fields=["announcement", "organisation"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.organisation_id}"


class AnnouncementReading(Record):
    """Somebody of the organisation opened this version: the first who did."""

    recipient = models.ForeignKey(AnnouncementRecipient, models.CASCADE, related_name="readings")
    number = models.PositiveSmallIntegerField()  # of the version
    read_at = models.DateTimeField(editable=False)
    read_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        constraints = [
            models.UniqueConstraint(name="organisations_announcementreading_once", fields=["recipient", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.number}"
