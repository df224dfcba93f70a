"""Certificates: who earns one, and what was issued."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.activities.models.events import Event
from simpul.activities.models.participants import Participant
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class Measure(models.TextChoices):
    """What somebody must have been there for."""

    SESSIONS = "sessions", _("Sessions attended")
    MINUTES = "minutes", _("Minutes attended")


class Validity(models.TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "Valid")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "Withdrawn")
    UNKNOWN = "unknown", pgettext_lazy("certificate", "Unknown")


class CertificateRule(Record):
    """Who of one event earns a certificate, and who signs it."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="certificate_rule")
    measure = models.CharField(max_length=8, choices=Measure.choices, default=Measure.SESSIONS)
    least = models.PositiveIntegerField(default=1)
    signer = SealedTextField()
    signer_position = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="activities_certificaterule_measure", condition=Q(measure__in=Measure.values)),
            models.CheckConstraint(name="activities_certificaterule_least", condition=Q(least__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.measure}"


class Certificate(Record):
    """`number` is printed: "012/SERT/VI/2025", counted through each year of an organisation. `code` is in the QR: it
    opens a page that says whether the certificate is valid, and nothing of whose it is.

    Of an event that was cancelled none is valid, whatever is written here. One that was corrected is withdrawn, and
    `replaces` leads back to it.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="certificates")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="certificates")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    turn = models.PositiveIntegerField()
    code = models.CharField(max_length=20, unique=True, editable=False)
    name = SealedTextField(null=True)  # as it is printed; None once they were forgotten
    issued_at = models.DateTimeField(editable=False)
    issued_on = models.DateField(editable=False)
    issued_by = models.UUIDField(null=True, editable=False)  # person
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True, editable=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, editable=False, related_name="replaced_by")

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID
        participant_id: UUID

    class Meta:
        ordering = ["year", "turn"]
        constraints = [
            models.UniqueConstraint(
                name="activities_certificate_live", fields=["participant"], condition=Q(withdrawn_at=None)
            ),
            models.UniqueConstraint(name="activities_certificate_number", fields=["organisation", "year", "turn"]),
        ]
        indexes = [models.Index("event", "year", "turn", name="certificate_of_event")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.turn:03}/SERT/{_ROMAN[self.issued_on.month - 1]}/{self.year}"

    @property
    def validity(self) -> Validity:
        return Validity.WITHDRAWN if self.withdrawn_at or self.event.cancelled_at else Validity.VALID


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
