"""Which support organisation accompanies which village group."""

from django.db import models
from django.db.models import F, Q

from simpul.organisations.models.organisations import Organisation
from simpul.records.models import Dated, Known, Record, period_in_order


class Accompaniment(Record, Dated, Known):
    """`supporter` (a research centre, a foundation) accompanies `group`. It is what a supervisor's grants reach by."""

    supporter = models.ForeignKey(Organisation, models.CASCADE, related_name="accompaniments")
    group = models.ForeignKey(Organisation, models.CASCADE, related_name="accompanied_by")
    corrects = models.OneToOneField("self", models.CASCADE, null=True, editable=False, related_name="corrected_by")
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            period_in_order("organisations_accompaniment_period"),
            models.CheckConstraint(name="organisations_accompaniment_not_itself", condition=~Q(supporter=F("group"))),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id} {self.group_id}"
