"""The tree of units: branches, wings and desks under the organisation they belong to."""

from django.db import models
from django.db.models import F, Q

from simpul.organisations.models.organisations import Organisation
from simpul.records.models import Dated, Known, Record, period_in_order


class UnitPlacement(Record, Dated, Known):
    """`organisation` is a unit of `parent` in the period: one parent on a day, never a cycle (services.units)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Organisation, models.CASCADE, related_name="unit_placements")

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            period_in_order("organisations_unitplacement_period"),
            models.CheckConstraint(name="organisations_unitplacement_itself", condition=~Q(organisation=F("parent"))),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} < {self.parent_id}"
