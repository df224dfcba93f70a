"""What would be published of a closed month, and who agreed to it."""

from django.db import models
from django.db.models import Q

from simpul.records.models import Record
from simpul.releases.models.batches import Batch
from simpul.vault.fields import SealedJSONField, SealedTextField


class State(models.TextChoices):
    """Follows from the instants of a proposal; never stored."""

    COMPUTING = "computing"
    READY = "ready"
    REFUSED = "refused"
    APPROVED = "approved"  # by one of two
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Proposal(Record):
    """All that is due when a month closes, for every audience. One stands at a time.

    `content` and `costs` are what was decided, sealed until it is published; `digest` is of both and of the ledger they
    build on: what is approved is the digest. `refusal` is the reason's code.
    """

    month = models.CharField(max_length=7)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="proposals")  # once it is closed
    proposed_by = models.UUIDField(null=True, editable=False)  # a person
    proposed_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, null=True)
    content = SealedTextField(null=True)
    costs = SealedJSONField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=40, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True, editable=False)  # a person
    reason = models.TextField(null=True)
    # How far the worker is: steps done of all.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(refused_at=None, withdrawn_at=None),
                name="releases_proposal_stands_once",
            ),
            models.CheckConstraint(
                name="releases_proposal_computed",
                condition=Q(computed_at=None, digest=None) | Q(computed_at__isnull=False, digest__isnull=False),
            ),
            models.CheckConstraint(
                name="releases_proposal_refused",
                condition=Q(refused_at=None, refusal=None) | Q(refused_at__isnull=False, refusal__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Approval(Record):
    """One of the two that agreed to exactly this digest, and why it may be told."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    person = models.UUIDField(editable=False)
    reason = models.TextField()
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="releases_approval_once")]

    def __str__(self) -> str:
        return str(self.pk)
