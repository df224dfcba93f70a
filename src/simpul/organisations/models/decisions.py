"""Who decided what about a membership, when, and why."""

from django.db import models
from django.db.models import F, Q

from simpul.organisations.membership_life import MembershipAct, Standing
from simpul.organisations.models.organisations import Organisation
from simpul.records.models import Known, Record
from simpul.vault.fields import SealedTextField


class MembershipDecision(Record, Known):
    """From `effective_on` the member of this network stands so. `until`, exclusive, where a leave says when it ends.

    It names the pair and not the row of the membership, which a correction replaces. `why` may tell of a conflict: it
    is sealed, and read by the two sides alone.
    """

    member = models.ForeignKey(Organisation, models.CASCADE, related_name="decisions_about")
    network = models.ForeignKey(Organisation, models.CASCADE, related_name="membership_decisions")
    act = models.CharField(max_length=12, choices=MembershipAct.choices)
    standing = models.CharField(max_length=8, choices=Standing.choices)  # where it led
    effective_on = models.DateField()
    until = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)  # the organ; "" where the member said so itself
    decided_on = models.DateField(null=True)
    minutes = models.CharField(max_length=200, blank=True)
    why = SealedTextField(null=True)
    entered_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["effective_on", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="organisations_membershipdecision_act", condition=Q(act__in=MembershipAct.values)
            ),
            models.CheckConstraint(
                name="organisations_membershipdecision_standing", condition=Q(standing__in=Standing.values)
            ),
            models.CheckConstraint(
                name="organisations_membershipdecision_until",
                condition=Q(until=None) | Q(until__gt=F("effective_on"), standing=Standing.ON_LEAVE),
            ),
            models.CheckConstraint(
                name="organisations_membershipdecision_organ",
                condition=~Q(act__in=[MembershipAct.SET_INACTIVE, MembershipAct.EXPEL])
                | (~Q(decided_by="") & Q(decided_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["network", "member", "effective_on"],
                condition=Q(superseded_at=None),
                name="decision_latest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.act} {self.effective_on}"
