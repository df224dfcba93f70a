"""What was done, by whom, to what: ids and codes, never words about people."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    MEMBER = "member", _("person")
    SYSTEM = "system", _("the platform")
    ANONYMOUS = "anonymous", _("the public")


class Batch(models.Model):
    """A link of the chain: the rows sealed together.

    `manifest` is, row by row in the order of their ids, 8 bytes of id (big-endian) and the 32 bytes of its SHA-256.
    `digest` (hex) is SHA-256 over the previous batch's digest, this batch's number and instant, and the manifest.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    count = models.PositiveIntegerField()
    manifest = models.BinaryField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_batch_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="audit_batch_not_empty", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"batch {self.number}"


class Act(models.Model):
    """One act. Every column is fixed at writing but `batch`, which the sealer sets once.

    `at` is the database's clock when the row was written: no caller can date an act. Ids grow roughly with time; which
    row commits first is not told by them, and nothing here relies on it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor_kind = models.CharField(max_length=9, choices=ActorKind)
    purpose = models.CharField(max_length=40, blank=True, default="")
    user_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    act = models.CharField(max_length=80)
    ref_kind = models.CharField(max_length=80, blank=True, default="")
    ref_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    batch = models.ForeignKey(Batch, null=True, editable=False, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_act_ref_whole",
                condition=Q(ref_kind="", ref_id=None) | (~Q(ref_kind="") & Q(ref_id__isnull=False)),
            ),
        ]
        indexes = [
            # Both walk in id order: the sealer over what waits, the verifier over what is sealed.
            models.Index(name="audit_act_unsealed", fields=["id"], condition=Q(batch=None)),
            models.Index(name="audit_act_by_batch", fields=["batch", "id"]),
            models.Index(name="audit_act_by_act", fields=["act", "-id"]),
            models.Index(name="audit_act_by_ref", fields=["ref_id", "-id"]),
            models.Index(name="audit_act_by_person", fields=["person_id", "-id"]),
            models.Index(name="audit_act_by_instant", fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"


class Erasure(models.Model):
    """That a record was erased: its reference, nothing of what it held.

    `journaled_at` is set once, when the line stands in the journal outside the database (`audit.journal`).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    ref_kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    journaled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(name="audit_erasure_of_something", condition=~Q(ref_kind=""))]
        indexes = [models.Index(name="audit_erasure_waiting", fields=["id"], condition=Q(journaled_at=None))]

    def __str__(self) -> str:
        return f"{self.ref_kind}:{self.ref_id}"
