"""How far somebody has come on the way to a secretariat of their own: trained, ready, network formed."""

from django.db import models
from django.db.models import Q

from simpul.organisations.models.organisations import Organisation
from simpul.organisations.secretariat import ReadinessStage
from simpul.records.models import Known, Record


class ReadinessRecord(Record, Known):
    """`organisation` reached this stage on that day, says `network`; with where it can be seen."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="readiness_stated")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="readiness")
    stage = models.CharField(max_length=7, choices=ReadinessStage.choices)
    reached_on = models.DateField()
    evidence = models.CharField(max_length=300)
    formed = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="formed_by")
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_readinessrecord_stage", condition=Q(stage__in=ReadinessStage.values)
            ),
            models.CheckConstraint(
                name="organisations_readinessrecord_formed",
                condition=Q(stage="formed", formed__isnull=False) | (~Q(stage="formed") & Q(formed=None)),
            ),
            models.UniqueConstraint(
                name="organisations_readinessrecord_once",
                fields=["network", "organisation", "stage"],
                condition=Q(superseded_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.stage}"
