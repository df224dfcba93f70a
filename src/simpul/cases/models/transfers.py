"""A case that another organisation takes over, with all that was ever noted in it."""

from django.db import models
from django.db.models import F, Q

from simpul.cases.consent_kinds import Basis
from simpul.cases.models.cases import Case
from simpul.cases.models.consents import LegalBasis
from simpul.cases.models.parties import Party
from simpul.cases.transfer_kinds import OPEN_TRANSFERS, TransferState
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class Transfer(Record):
    """`former_code` is the number it had, which is all the old group keeps beside this row. `summary` is what the other
    coordinator reads before they answer, with what `fields` say of each person; the case itself they see once they have
    taken it. `reason` is the old group's own, and goes into the history.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="transfers")
    from_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    former_code = models.CharField(max_length=20)
    branch = models.CharField(max_length=8)
    summary = SealedTextField()
    reason = SealedTextField()
    fields = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.DRAFT)
    basis = models.CharField(max_length=8, choices=Basis.choices, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
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


class TransferGround(Record):
    """By what right one of those it is about is handed over, and what of them is told before it is taken over."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="grounds")
    party = models.ForeignKey(Party, models.CASCADE, related_name="transfer_grounds")
    legal_basis = models.ForeignKey(LegalBasis, models.CASCADE, related_name="+")
    shared: SealedJSONField = SealedJSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "party"], name="cases_transferground_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
