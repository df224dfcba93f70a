"""What a person agreed to, and on what every processing of their data rests. Appended, never changed."""

from django.db import models
from django.db.models import Q

from simpul.cases.consent_kinds import Basis, Capacity, Language, Manner
from simpul.cases.models.cases import Case
from simpul.cases.models.parties import Party
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class Consent(Record):
    """`purposes` are "record", "aggregate", "refer:<service point>" and "transfer:<organisation>"; `withheld_from` are
    words: who must not know.

    A child's guardian consents; the child's own word stands beside it as `Assent`.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="consents")
    capacity = models.CharField(max_length=9, choices=Capacity.choices)
    given_by = SealedTextField(null=True)  # the name of whoever spoke for the person
    notice_version = models.CharField(max_length=10)
    purposes = models.JSONField()
    withheld_from: SealedJSONField = SealedJSONField(null=True)
    language = models.CharField(max_length=5, choices=Language.choices)
    manner = models.CharField(max_length=9, choices=Manner.choices)
    witness = SealedTextField(null=True)
    sheet_number = models.CharField(max_length=30, blank=True)
    given_at = models.DateTimeField()
    expires_on = models.DateField()
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_consent_capacity", condition=Q(capacity__in=Capacity.values)),
            models.CheckConstraint(name="cases_consent_manner", condition=Q(manner__in=Manner.values)),
            models.CheckConstraint(
                name="cases_consent_witness", condition=~Q(manner=Manner.SPOKEN) | Q(witness__isnull=False)
            ),
            models.CheckConstraint(name="cases_consent_sheet", condition=~Q(manner=Manner.SHEET, sheet_number="")),
        ]
        indexes = [models.Index("party", "id", name="consent_of_party")]

    def __str__(self) -> str:
        return str(self.pk)


class ConsentWithdrawal(Record):
    """From `withdrawn_at` on the consent permits nothing more; what runs on it stops within three days.

    `capacity` is whose word it was: the person's own, a child's too, or that of who answers for them, by name.
    """

    consent = models.OneToOneField(Consent, models.CASCADE, related_name="withdrawal")
    capacity = models.CharField(max_length=9, choices=Capacity.choices)
    withdrawn_by = SealedTextField(null=True)
    withdrawn_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Assent(Record):
    """A child's own word, beside the consent of whoever answers for them."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="assents")
    agrees = models.BooleanField()
    language = models.CharField(max_length=5, choices=Language.choices)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index("party", "id", name="assent_of_party")]

    def __str__(self) -> str:
        return str(self.pk)


class LegalBasis(Record):
    """On what one processing of a person's data rests: each is written down before it happens."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="legal_bases")
    purpose = models.CharField(max_length=50)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, related_name="+")
    reason = SealedTextField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_legalbasis_stands",
                condition=Q(basis=Basis.CONSENT, consent__isnull=False)
                | Q(basis__in=[Basis.VITAL_INTEREST, Basis.LEGAL_DUTY, Basis.OVERRIDE], reason__isnull=False),
            ),
        ]
        indexes = [models.Index("party", "id", name="legalbasis_of_party")]

    def __str__(self) -> str:
        return str(self.pk)


class PoliceDecision(Record):
    """Whether a report to the police follows, decided with the person; either way it is a decision (R2)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="police_decisions")
    will_report = models.BooleanField()
    reason = SealedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)
