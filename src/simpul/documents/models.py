"""Documents, their versions, and uploads that are under way. What is in the files lies sealed in the data folder."""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from simpul.documents.kinds import TYPES, FileType
from simpul.kernel.refs import RecordRef
from simpul.records.models import Record, Versioned
from simpul.vault.fields import SealedTextField

# How long an upload waits for its sender to go on.
LIFE: Final = timedelta(days=1)


class RemovalReason(models.TextChoices):
    """Why a document was removed: as much as anybody needs to know."""

    OUTDATED = "outdated", _("It no longer holds")
    MISTAKE = "mistake", _("It is the wrong file")
    PERSONAL = "personal", _("It holds somebody's personal data")
    ASKED = "asked", _("We were asked to")
    ERASED = "erased", _("What it belonged to was erased")


def text_of(key: bytes) -> str:
    """A data key as its sealed column takes it."""
    return urlsafe_b64encode(key).decode()


def key_of(text: str) -> bytes:
    return urlsafe_b64decode(text)


class Document(Record, Versioned):
    """One paper of one record, through all its versions. Removed, its row stays without title and without files.

    `subject_kind` and `subject_id` are the record it belongs to, `owner_organisation` whose it is; neither is a foreign
    key. `kind` and `audience` are codes of the record's policy (documents.policies).
    """

    owner_organisation = models.UUIDField(editable=False)
    subject_kind = models.CharField(max_length=80, editable=False)
    subject_id = models.UUIDField(editable=False)
    kind = models.CharField(max_length=20)
    audience = models.CharField(max_length=10)
    title = SealedTextField(null=True)
    added_at = models.DateTimeField(editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removal_reason = models.CharField(max_length=10, blank=True, choices=RemovalReason.choices, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_document_titled_until_removed",
                condition=Q(removed_at=None, removal_reason="", title__isnull=False)
                | Q(removed_at__isnull=False, title__isnull=True) & ~Q(removal_reason=""),
            )
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "removed_at"], name="documents_by_subject")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def subject(self) -> RecordRef:
        return RecordRef(self.subject_kind, self.subject_id)


class Version(Record):
    """One file of a document; the highest number is the one shown. Erased, only that it was remains.

    `file_id` is its random name on disk, `key` its data key, `digest` tells the same file of the same owner again and
    says nothing to anybody without the key ring. `size` is that of the plaintext as it is kept.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    file_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = SealedTextField(null=True)
    media = models.CharField(max_length=80, choices=[(media, media) for media in TYPES], editable=False)
    size = models.BigIntegerField(editable=False)
    preview_size = models.BigIntegerField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    added_at = models.DateTimeField(editable=False)
    added_by = models.UUIDField(null=True, editable=False)

    if TYPE_CHECKING:
        document_id: uuid.UUID

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documents_version_number", fields=["document", "number"]),
            models.CheckConstraint(name="documents_version_size", condition=Q(size__gt=0)),
        ]
        indexes = [models.Index(fields=["digest"], name="documents_by_digest")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"

    @property
    def type(self) -> FileType:
        return TYPES[self.media]


class Upload(Record):
    """A file on its way here. `key` is the sender's own id for it: sent twice, it is one upload.

    `received` of `size` bytes have arrived, which take `stored` bytes of the part on disk.
    """

    user_id = models.UUIDField(editable=False)
    sender_key = models.UUIDField(editable=False)
    size = models.BigIntegerField(editable=False)
    received = models.BigIntegerField(default=0, editable=False)
    stored = models.BigIntegerField(default=0, editable=False)
    key = SealedTextField()
    touched_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documents_upload_sender_key", fields=["user_id", "sender_key"]),
            models.CheckConstraint(
                name="documents_upload_received", condition=Q(received__gte=0, received__lte=F("size"), size__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["touched_at"], name="documents_by_touch")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_whole(self) -> bool:
        return self.received == self.size

    def is_late(self, now: datetime) -> bool:
        """Whether nobody has gone on with it for so long that it is given up."""
        return self.touched_at < now - LIFE
