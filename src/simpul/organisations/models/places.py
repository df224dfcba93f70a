"""Where organisations work."""

from django.db import models

from simpul.organisations.models.organisations import Organisation
from simpul.records.models import Dated, Known, Record, period_in_order


class WorkingArea(Record, Dated, Known):
    """It works in the area, whole or in part, in the period. An area is not named twice on one day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="working_areas")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area_id", "valid_from", "id"]
        constraints = [period_in_order("organisations_workingarea_period")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.area_id}"
