"""What people ask about their own data, and what follows: use stopped for now, a hold, an end to keeping."""

from django.db import models
from django.db.models import Q

from simpul.cases.consent_kinds import Capacity
from simpul.cases.models.cases import Case
from simpul.cases.models.parties import Party
from simpul.cases.models.tickets import QueueEntry
from simpul.cases.rights_kinds import Answer, Level, Proof, Refusal, RequestKind
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class RightsRequest(Record):
    """Asked by the person themself or by who answers for them. Once the data it was about are erased, what it says of
    anybody is emptied; that it was asked and answered stays.

    `party` is whom it turned out to be about, None where there is no file (or none any more); `entry`, where all that
    is kept of them stands on a list of people for a mobile service. That a file was found, and by whom, stands here
    and not in the record of acts: who reads that must not learn whether there is one.
    """

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=RequestKind.choices)
    capacity = models.CharField(max_length=9, choices=Capacity.choices)
    applicant = SealedTextField(null=True)
    words = SealedTextField(null=True)
    asked_at = models.DateTimeField()
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.GROUP)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="rights_requests")
    party = models.ForeignKey(Party, models.SET_NULL, null=True, related_name="rights_requests")
    entry = models.ForeignKey(QueueEntry, models.SET_NULL, null=True, related_name="rights_requests")
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proof = models.CharField(max_length=6, choices=Proof.choices, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=7, choices=Answer.choices, blank=True)
    refusal = models.CharField(max_length=10, choices=Refusal.choices, blank=True)
    reason = SealedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_rightsrequest_kind", condition=Q(kind__in=RequestKind.values)),
            models.CheckConstraint(name="cases_rightsrequest_capacity", condition=Q(capacity__in=Capacity.values)),
            models.CheckConstraint(name="cases_rightsrequest_level", condition=Q(level__in=Level.values)),
            models.CheckConstraint(
                name="cases_rightsrequest_checked",
                condition=Q(proof="", checked_at=None) | Q(proof__in=Proof.values, checked_at__isnull=False),
            ),
            models.CheckConstraint(name="cases_rightsrequest_one_file", condition=Q(party=None) | Q(entry=None)),
            # Nothing is given to whoever did not show who they are.
            models.CheckConstraint(
                name="cases_rightsrequest_answered",
                condition=Q(answer="", refusal="", answered_at=None)
                | Q(answer=Answer.GIVEN, refusal="", answered_at__isnull=False) & ~Q(proof="")
                | Q(answer=Answer.NOTHING, refusal__in=Refusal.values, answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index("owner_organisation", "answered_at", "id", name="rightsrequest_queue")]

    def __str__(self) -> str:
        return str(self.pk)


class Restriction(Record):
    """While it stands, the case is kept and not used: no service, no referral, nothing shown to an office.

    With `party`, what is of this person alone: the others it is about are helped on.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="restrictions")
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="restrictions")
    request = models.ForeignKey(RightsRequest, models.SET_NULL, null=True, related_name="+")
    reason = SealedTextField(null=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifting_reason = SealedTextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at=None, party=None), name="cases_restriction_one"
            ),
            models.UniqueConstraint(
                fields=["party"], condition=Q(lifted_at=None, party__isnull=False), name="cases_restriction_one_each"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LegalHold(Record):
    """A legal process needs the case: while it stands, nothing of it is erased. `Case.legal_hold` repeats it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="holds")
    reason = SealedTextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(lifted_at=None), name="cases_legalhold_one"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
