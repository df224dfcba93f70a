"""How far an organisation's word can be relied on: what it declares, and when somebody last found it at work."""

from django.db import models

from simpul.organisations.declarations import DeclarationKind, DeclarationStanding
from simpul.organisations.models.organisations import Organisation
from simpul.records.models import Record


class Declaration(Record):
    """One declaration, verification or withdrawal; the latest of a kind is what holds."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="declarations")
    kind = models.CharField(max_length=8, choices=DeclarationKind.choices)
    standing = models.CharField(max_length=9, choices=DeclarationStanding.choices)
    declared_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the first day it no longer holds
    evidence = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["declared_on", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="organisations_declaration_period",
                condition=models.Q(valid_until=None) | models.Q(declared_on__lt=models.F("valid_until")),
            )
        ]
        indexes = [models.Index(fields=["organisation", "kind", "declared_on"], name="declaration_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.standing} {self.declared_on}"


class Confirmation(Record):
    """On that day somebody found it active: registered is not active."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="confirmations")
    confirmed_on = models.DateField()
    confirmed_by = models.UUIDField(null=True, editable=False)  # person; None: the system
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["confirmed_on", "id"]
        indexes = [
            models.Index(fields=["organisation", "confirmed_on"], name="confirmation_latest"),
            models.Index(fields=["confirmed_on", "organisation"], name="confirmation_since"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.confirmed_on}"
