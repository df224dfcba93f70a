"""The graph of networks: who is in which, in what role, from when to when. Members may be networks themselves."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models.organisations import Organisation
from simpul.records.models import Dated, Known, Record, period_in_order


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("Member")
    PRESIDIUM = "presidium", _("Presidium")
    COORDINATOR = "coordinator", _("Coordinator")
    SECRETARIAT = "secretariat", _("Secretariat")
    OBSERVER = "observer", _("Observer")


# The roles that make an organisation a member, to be counted and reached. Who hosts the secretariat, or observes, is
# not one by that alone: it has a row as a member beside it where it is.
COUNTED_ROLES: Final = (MembershipRole.MEMBER, MembershipRole.PRESIDIUM, MembershipRole.COORDINATOR)


class EndReason(models.TextChoices):
    LEFT = "left", _("Left")
    EXPELLED = "expelled", _("Expelled")
    DISSOLVED = "dissolved", _("Dissolved")
    TERM_OVER = "term_over", _("Term over")
    PROGRAMME_OVER = "programme_over", _("Programme over")


class Membership(Record, Dated, Known):
    """One role of one member in one network, for one period, as it was known at one time.

    What follows from it (members of members) is asked for, never stored. A correction or an end supersedes the row and
    appends the next one, which `corrects` it.
    """

    member = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    network = models.ForeignKey(Organisation, models.CASCADE, related_name="admissions")
    role = models.CharField(max_length=12, choices=MembershipRole, default=MembershipRole.MEMBER)
    has_readiness_statement = models.BooleanField(default=False)
    readiness_note = models.CharField(max_length=200, blank=True)
    # The organ of the network that decided: "Rapat presidium, 3 Maret 2024". No private person's name.
    decided_by = models.CharField(max_length=200, blank=True)
    # The member itself agreed. Until then the row is shown and counted, but no grant of the network reaches the member:
    # otherwise a secretariat could reach into any organisation by naming it a member.
    is_confirmed = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=16, choices=EndReason, blank=True)
    corrects = models.OneToOneField("self", models.CASCADE, null=True, editable=False, related_name="corrected_by")
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            period_in_order("organisations_membership_period"),
            models.CheckConstraint(name="organisations_membership_not_in_itself", condition=~Q(member=F("network"))),
            models.CheckConstraint(name="organisations_membership_role", condition=Q(role__in=MembershipRole.values)),
            models.CheckConstraint(
                name="organisations_membership_end_reason",
                condition=Q(end_reason="") | Q(end_reason__in=EndReason.values, valid_until__isnull=False),
            ),
        ]
        indexes = [
            # Both walks of today's graph, down and up, read these alone and never touch the table.
            models.Index(
                fields=["network", "member", "role", "valid_from", "valid_until"],
                condition=Q(superseded_at=None),
                name="membership_down",
            ),
            models.Index(
                fields=["member", "network", "role", "valid_from", "valid_until"],
                condition=Q(superseded_at=None),
                name="membership_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} {self.network_id}"

    @property
    def is_counted(self) -> bool:
        return self.role in COUNTED_ROLES


class DeclaredReach(Record, Known):
    """What a network says of itself ("about 500"), on a date: shown beside the count of records, never mixed in."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="declared_reaches")
    count = models.PositiveIntegerField()
    is_approximate = models.BooleanField(default=True)
    declared_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="organisations_declaredreach_once",
                fields=["network", "declared_on"],
                condition=Q(superseded_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.network_id}: {self.count} ({self.declared_on})"
