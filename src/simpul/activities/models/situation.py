"""The network's report on a response, under progress, problems and proposed solutions. Published, it stays as it is."""

from django.db import models
from django.db.models import Q

from simpul.activities.clusters import Cluster
from simpul.activities.models.responses import Response
from simpul.records.models import Dated, Record, Versioned, period_in_order


class SituationReport(Record, Versioned, Dated):
    """Of one period. `author` is who wrote it, as they sign. `figures` are empty until it is published: then they are
    what the records said at the end of the last day, and are never drawn again.
    """

    response = models.ForeignKey(Response, models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=120)
    lead_words = models.TextField(max_length=2000, blank=True)
    figures = models.JSONField(default=dict, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            period_in_order("activities_situationreport_period"),
            models.CheckConstraint(
                name="activities_situationreport_bounds",
                condition=Q(valid_from__isnull=False, valid_until__isnull=False),
            ),
            models.UniqueConstraint(fields=["response", "number"], name="activities_situationreport_number"),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.number}"


class SituationSection(Record):
    """What is said of one cluster, or ("") of all together."""

    report = models.ForeignKey(SituationReport, models.CASCADE, related_name="sections")
    cluster = models.CharField(max_length=12, choices=Cluster, blank=True)
    progress = models.TextField(max_length=3000, blank=True)
    problems = models.TextField(max_length=3000, blank=True)
    proposals = models.TextField(max_length=3000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "cluster"], name="activities_situationsection_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.cluster}"
