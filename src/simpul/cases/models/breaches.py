"""Failures to protect data, whatever was concerned. Nothing of any case stands here: an operator reads it too."""

from django.db import models
from django.db.models import Q

from simpul.cases.breach_kinds import Cause, Told
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class DataBreach(Record):
    """`classes` are codes of `DataClass`, `people` about how many are concerned, None where nobody knows yet."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    what = SealedTextField()
    cause = models.CharField(max_length=8, choices=Cause.choices)
    classes = models.JSONField()
    people = models.PositiveIntegerField(null=True)
    happened_on = models.DateField(null=True)
    noticed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    emptied_at = models.DateTimeField(
        null=True, editable=False
    )  # its words, and those of its steps, are kept no longer

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_databreach_cause", condition=Q(cause__in=Cause.values)),
        ]
        indexes = [models.Index("organisation", "noticed_at", "id", name="databreach_newest")]

    def __str__(self) -> str:
        return str(self.pk)


class BreachStep(Record):
    """Who was told and what was done. Appended, never changed."""

    breach = models.ForeignKey(DataBreach, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=9, choices=Told.choices)
    words = SealedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_breachstep_kind", condition=Q(kind__in=Told.values)),
        ]
        indexes = [models.Index("breach", "id", name="breachstep_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
