"""Names over time: JMS-LOBAR from 2008, JMS Lombok from 2015."""

from django.db import models

from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.models.organisations import PRECISIONS, Organisation
from simpul.records.models import Dated, Known, Record, period_in_order


class OrganisationName(Record, Dated, Known):
    """What it was called in a period. Two names never hold on one day (organisations_organisationname_alone)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    acronym = models.CharField(max_length=40, blank=True)
    from_precision = models.CharField(max_length=5, choices=PRECISIONS, default=Precision.DAY)
    until_precision = models.CharField(max_length=5, choices=PRECISIONS, default=Precision.DAY)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            period_in_order("organisations_organisationname_period"),
            models.CheckConstraint(name="organisations_organisationname_named", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def since(self) -> PartialDate | None:
        return PartialDate(self.valid_from, Precision(self.from_precision)) if self.valid_from else None

    @property
    def until(self) -> PartialDate | None:
        return PartialDate(self.valid_until, Precision(self.until_precision)) if self.valid_until else None
