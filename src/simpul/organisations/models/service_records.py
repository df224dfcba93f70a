"""The secretariat's log: which service, for whom, when, and what came of it."""

from django.db import models
from django.db.models import Q

from simpul.organisations.models.organisations import Organisation
from simpul.organisations.secretariat import ServiceKind, ServiceOutcome
from simpul.records.models import Known, Record


class ServiceRecord(Record, Known):
    """One service on one day. For all members at once it has no rows of its own: `for_all`."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="service_records")
    kind = models.CharField(max_length=5, choices=ServiceKind.choices)
    served_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=ServiceOutcome.choices)
    summary = models.CharField(max_length=300, blank=True)
    for_all = models.BooleanField(default=False)
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisations_servicerecord_kind", condition=Q(kind__in=ServiceKind.values)),
            models.CheckConstraint(
                name="organisations_servicerecord_outcome", condition=Q(outcome__in=ServiceOutcome.values)
            ),
        ]
        indexes = [
            models.Index(fields=["network", "served_on"], condition=Q(superseded_at=None), name="servicerecord_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.served_on}"


class ServedMember(Record):
    record = models.ForeignKey(ServiceRecord, models.CASCADE, related_name="served")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="services_received")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="organisations_servedmember_once", fields=["record", "organisation"])
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.organisation_id}"
