"""What somebody knew before a training and after it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.activities.models.participants import Participant
from simpul.records.models import Record

if TYPE_CHECKING:
    from decimal import Decimal


class Stage(models.TextChoices):
    BEFORE = "before", _("Test before")
    AFTER = "after", _("Test after")


class TestScore(Record):
    """Points out of 100, of one participant at one of the two tests. For who receives people there; told to others as
    an average alone.
    """

    __test__ = False  # not a test of ours

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="scores")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    points: "models.DecimalField[Decimal, Decimal]" = models.DecimalField(max_digits=5, decimal_places=2)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)  # person

    if TYPE_CHECKING:
        participant_id: UUID

    class Meta:
        constraints = [
            models.UniqueConstraint(name="activities_testscore_once", fields=["participant", "stage"]),
            models.CheckConstraint(name="activities_testscore_stage", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(name="activities_testscore_points", condition=Q(points__gte=0, points__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.stage}"
