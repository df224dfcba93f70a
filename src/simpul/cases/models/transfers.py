"""A case that another organisation takes over, with all that was ever noted in it."""

from django.db import models
from django.db.models import F, Q

from simpul.cases.care_kinds import OPEN_TRANSFERS, TransferState
from simpul.cases.consent_kinds import Basis
from simpul.cases.models.cases import Case
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class Transfer(Record):
    """`former_code` is the number it had, which is all the old group keeps beside this row. `summary` is what the other
    coordinator reads before they answer; the case itself they see once they have taken it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="transfers")
    from_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    former_code = models.CharField(max_length=20)
    branch = models.CharField(max_length=8)
    summary = SealedTextField()
    reason = SealedTextField()
    state = models.CharField(max_length=8, choices=TransferState.choices, default=TransferState.DRAFT)
    basis = models.CharField(max_length=8, choices=Basis.choices, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = SealedTextField(null=True)  # of whoever refused

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=OPEN_TRANSFERS), name="cases_transfer_one_open"
            ),
            models.CheckConstraint(name="cases_transfer_state", condition=Q(state__in=TransferState.values)),
            models.CheckConstraint(
                name="cases_transfer_elsewhere", condition=~Q(from_organisation=F("to_organisation"))
            ),
            # Nothing is offered to another organisation without a ground.
            models.CheckConstraint(
                name="cases_transfer_with_basis",
                condition=Q(state=TransferState.DRAFT, asked_at=None)
                | Q(state=TransferState.REVOKED)
                | Q(asked_at__isnull=False) & ~Q(basis=""),
            ),
            models.CheckConstraint(
                name="cases_transfer_decided",
                condition=Q(state__in=OPEN_TRANSFERS, decided_at=None)
                | ~Q(state__in=OPEN_TRANSFERS) & Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("from_organisation", "id", name="transfer_from"),
            models.Index("to_organisation", "id", name="transfer_to", condition=Q(asked_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.former_code
