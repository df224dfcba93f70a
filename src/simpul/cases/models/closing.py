"""How an organisation wants its desk to work; and cases whose end somebody else has to agree to."""

from django.db import models
from django.db.models import Q

from simpul.cases.care_kinds import CheckinReaders
from simpul.cases.models.cases import Case
from simpul.cases.outcomes import Outcome
from simpul.cases.stages import Act
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class DeskRules(Record):
    """What one organisation decided for its desk, and why. A change ends the row before it: none is ever rewritten."""

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    approves_closure = models.BooleanField()
    checkins = models.CharField(max_length=11, choices=CheckinReaders.choices)
    reason = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_organisation"], condition=Q(ended_at=None), name="cases_deskrules_once"
            ),
            models.CheckConstraint(name="cases_deskrules_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="cases_deskrules_checkins", condition=Q(checkins__in=CheckinReaders.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ClosureRequest(Record):
    """Somebody thinks the case has come to its end. `approved` None with `decided_at`: it ended or moved on without.

    `act` is the end that is asked for; what came of it is asked where the case is closed, and of no other end.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="closure_requests")
    act = models.CharField(max_length=10, default=Act.CLOSE, choices=Act.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    reason = SealedTextField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField(null=True)
    words = SealedTextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(decided_at=None), name="cases_closurerequest_once"),
            models.CheckConstraint(
                name="cases_closurerequest_outcome",
                condition=Q(act=Act.CLOSE, outcome__in=Outcome.values)
                | Q(act__in=[Act.WITHDRAW, Act.LOSE, Act.REDIRECT], outcome=""),
            ),
            models.CheckConstraint(
                name="cases_closurerequest_decided", condition=Q(approved=None) | Q(decided_at__isnull=False)
            ),
        ]
        indexes = [models.Index("asked_at", "id", name="closure_waiting", condition=Q(decided_at=None))]

    def __str__(self) -> str:
        return str(self.pk)
