"""A complaint that is being written, for half an hour; and how fast wrong receipts are answered."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from simpul.kernel.ids import uuid7
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField


class ComplaintDraft(Record):
    """Found by the HMAC of a random key that lies in one cookie. `complaint` is the key of what it will be.

    Sent, it keeps nothing but that it was, so that the same form sent once more shows the same receipt.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    complaint = models.UUIDField(unique=True, default=uuid7, editable=False)  # not there before it is sent
    answers = SealedJSONField(null=True)
    files = models.PositiveSmallIntegerField(default=0, editable=False)
    begun = models.BooleanField(default=False, editable=False)  # something was answered
    expires_at = models.DateTimeField(editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        id: UUID

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="complaint_drafts_expire"),
            models.Index(fields=["begun", "expires_at"], name="complaint_drafts_idle"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReceiptPace(models.Model):
    """How much was tried lately where a wrong receipt counts: everywhere together, and by how a receipt begins.

    `bucket` is an HMAC, `full_until` the moment at which it will have run empty.
    """

    bucket = models.CharField(primary_key=True, max_length=64)
    full_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["full_until"], name="receipt_paces_run_out")]

    def __str__(self) -> str:
        return self.bucket
