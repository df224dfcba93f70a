"""What is said between a reporter and the desk, what was decided, and what the reporter says came of it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.cases.complaint_kinds import Face, Side, Solved, Verdict
from simpul.cases.models.complaints import Complaint
from simpul.kernel.ids import unlinkable_id
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class ComplaintMessage(Record):
    """One message, the `number`-th of its complaint. Its writer is named for the desk alone."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    words = SealedTextField(null=True)
    written_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="cases_complaintmessage_turn", fields=["complaint", "number"]),
            models.CheckConstraint(name="cases_complaintmessage_side", condition=Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.number}"


class ComplaintDecision(Record):
    """Decided once, for good: who disagrees makes a new complaint that names this one.

    `reason` stays at the desk, `words` are read by the reporter. `case_id` is the case it became, `same_as` what it
    repeats. `decided_by` is None where the reporter took it back.
    """

    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = SealedTextField(null=True)
    words = SealedTextField(null=True)
    case_id = models.UUIDField(null=True, editable=False)
    same_as = models.ForeignKey(Complaint, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(editable=False)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    if TYPE_CHECKING:
        id: UUID

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_complaintdecision_verdict", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(
                name="cases_complaintdecision_case", condition=Q(case_id=None) | Q(verdict=Verdict.CASE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.verdict}"


class ComplaintOutcome(Record):
    """What the reporter says came of it, once it was decided: the desk reads it."""

    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="outcome")
    solved = models.CharField(max_length=6, choices=Solved.choices)
    said_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_complaintoutcome_solved", condition=Q(solved__in=Solved.values))
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.solved}"


class Satisfaction(models.Model):
    """One face, of somebody. Tied to whoever handled it and to a quarter; to no complaint, no hour and no act.

    `digest` is an HMAC of the receipt itself, which is stored nowhere: whoever holds the receipt finds their face and
    can change it, and nobody else can tell whose it is.
    """

    id = models.UUIDField(primary_key=True, default=unlinkable_id, editable=False)
    handler = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    quarter = models.DateField(editable=False)  # its first day
    face = models.PositiveSmallIntegerField(choices=Face.choices)
    digest = models.CharField(max_length=64, null=True, unique=True, editable=False)

    class Meta:
        # A range, not a list: Django can't read a table of SQLite back whose condition lists numbers of one digit.
        constraints = [
            models.CheckConstraint(name="cases_satisfaction_face", condition=Q(face__gte=Face.SAD, face__lte=Face.GLAD))
        ]
        indexes = [models.Index(fields=["handler", "quarter"], name="satisfaction_of")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.face}"
