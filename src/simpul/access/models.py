"""Who may do what, where, from when to when."""

from django.db import models
from django.db.models import Q

from simpul.kernel.refs import RecordRef
from simpul.people.models import Person
from simpul.records.models import Dated, Known, Record, period_in_order
from simpul.vault.fields import SealedJSONField, SealedTextField


class Grant(Record, Dated, Known):
    """One role for one person at one organisation (None: the whole node), within one area ("" everywhere).

    Rows are appended: ending a grant supersedes it, says by whom and why, and appends one with its end that names it in
    `corrects`; one that ends before it ever held has none after it. `granted_by` None: the platform (first operator).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)  # a code of access.roles
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, null=True, related_name="grants"
    )
    area_code = models.CharField(max_length=13, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=300, null=True)
    corrects = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="corrected_by")

    class Meta:
        constraints = [
            period_in_order("access_grant_period"),
            models.CheckConstraint(name="access_grant_starts", condition=Q(valid_from__isnull=False)),
            models.CheckConstraint(name="access_grant_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="access_grant_ended_with_reason", condition=Q(end_reason=None) | Q(superseded_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index("organisation", "role", name="grant_at", condition=Q(superseded_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class ServiceToken(Record):
    """The token serves an organisation: it acts with what its maker, who answers for it, holds there, nowhere else."""

    token = models.OneToOneField("accounts.ApiToken", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class OpeningDraft(Record):
    """The answers of a first run under way, sealed, gone 30 minutes after the last one.

    `logo` is already clean (organisations.logos), so that an error on a later page loses no upload.
    """

    answers: SealedJSONField = SealedJSONField(null=True)
    logo = models.BinaryField(null=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class Deputy(Record):
    """Who stands in for an organisation's coordinators when a record must be opened in an emergency; one at a time."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deputyships")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="access_deputy_one", fields=["organisation"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="access_deputy_not_by_themself", condition=~Q(named_by=models.F("person"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class EmergencyOpening(Record):
    """Somebody opened, in an emergency, a record of their organisation that they can't see otherwise; until `until`.

    `reason` may name people and is sealed. Appended; only that it was closed early is noted once.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    ref_kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    reason: SealedTextField = SealedTextField()
    as_deputy = models.BooleanField(editable=False)
    opened_at = models.DateTimeField(editable=False)
    until = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_emergency_ends", condition=Q(until__gt=models.F("opened_at"))),
            models.CheckConstraint(name="access_emergency_of_something", condition=~Q(ref_kind="")),
        ]
        indexes = [models.Index("person", "ref_kind", "until", name="access_emergency_of")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def record(self) -> RecordRef:
        return RecordRef(self.ref_kind, self.ref_id)
