"""The book of what phones delivered."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from simpul.records.models import Record


class Kind(models.TextChoices):
    ARRIVAL = "arrival", pgettext_lazy("outbox", "Arrival")
    STRANGER = "stranger", pgettext_lazy("outbox", "Came without registering")
    NOTE = "note", pgettext_lazy("outbox", "Note of the meeting")


class Delivery(Record):
    """One record of a phone's outbox was taken in. Its id is the one the phone drew: delivered twice, it is this row.

    `digest` is a keyed digest of what it said, so that the same id with other words is noticed and nothing can be
    guessed from it. `target` is what came of it. `receipt` is shown beside the record on the phone. Kept for a year
    (`services.drop_deliveries`).
    """

    session = models.ForeignKey("activities.Session", models.CASCADE, related_name="+")
    device = models.UUIDField(editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.CharField(max_length=64, editable=False)
    target = models.UUIDField(editable=False)
    was_there = models.BooleanField()  # somebody else had noted the same before
    receipt = models.CharField(max_length=11, unique=True, editable=False)
    noted_at = models.DateTimeField(editable=False)
    received_at = models.DateTimeField(editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)  # person

    if TYPE_CHECKING:
        id: UUID
        session_id: UUID

    class Meta:
        ordering = ["received_at", "id"]
        verbose_name_plural = "deliveries"
        constraints = [models.CheckConstraint(name="offline_delivery_kind", condition=Q(kind__in=Kind.values))]
        indexes = [models.Index("received_at", "id", name="delivery_by_age")]

    def __str__(self) -> str:
        return self.receipt
