"""Who sees a case, who must not, and who did."""

from django.db import models
from django.db.models import Q

from simpul.cases.models.cases import Case
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class AssignedRole(models.TextChoices):
    COMPANION = "companion"
    COORDINATOR = "coordinator"


class Assignment(Record):
    """Whoever helps. Instants, not days: it ends the moment it is ended."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=11, choices=AssignedRole.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "case", "role"], condition=Q(ended_at=None), name="cases_assignment_once"
            ),
            models.CheckConstraint(name="cases_assignment_role", condition=Q(role__in=AssignedRole.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Exclusion(Record):
    """For this person there is no such case, whatever their role: "jangan perlihatkan kepada"."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = SealedTextField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "case"], condition=Q(lifted_at=None), name="cases_exclusion_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class EscalationGround(models.TextChoices):
    ESCALATED = "escalated"
    AGREED = "agreed"  # the person agreed that the supervisor looks at it
    REQUEST = "request"  # the supervisor answers what a parent asked for a child; ends with the answer


class Escalation(Record):
    """The support organisation's supervisors see the case while this stands."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="escalations")
    to_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=9, choices=EscalationGround.choices)
    reason = SealedTextField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["to_organisation", "case"], condition=Q(ended_at=None), name="cases_escalation_once"
            ),
            models.CheckConstraint(name="cases_escalation_ground", condition=Q(ground__in=EscalationGround.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Opening(Record):
    """Somebody looked at the case: who, when, which page. Appended, and read by the coordinator."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="openings")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    page = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("case", "id", name="opening_of_case")]

    def __str__(self) -> str:
        return str(self.pk)


class FieldClash(Record):
    """Two people wrote the same field: the first one's words stand, the second one's are kept here until decided.

    `party_id` is the party the field belongs to, None where it is the case's own. `offered` is the value that was not
    written; what stands is in the record.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="clashes")
    party = models.ForeignKey("cases.Party", models.CASCADE, null=True, related_name="clashes")
    field = models.CharField(max_length=40)
    offered: SealedJSONField = SealedJSONField(null=True)
    offered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    was_taken = models.BooleanField(null=True)  # whether the offered value was written after all

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_fieldclash_settled",
                condition=Q(settled_at=None, was_taken=None) | Q(settled_at__isnull=False, was_taken__isnull=False),
            ),
        ]
        indexes = [models.Index("case", name="clash_open", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"{self.field} {self.pk}"
