"""What was answered to a write that carried a key of its own, for as long as it may be sent again."""

from django.db import models

from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class Answer(Record):
    """One write done through one token. The row, the write and the answer are one transaction, so none is without the
    others. `key` is an HMAC over the token and the key it was sent with; the body is sealed: it may name people.
    """

    token = models.ForeignKey("accounts.ApiToken", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True, editable=False)
    request_digest = models.CharField(max_length=64, editable=False)
    status = models.PositiveSmallIntegerField(null=True, editable=False)
    headers = models.JSONField(default=dict, editable=False)
    body = SealedTextField(null=True)
    made_at = models.DateTimeField(editable=False, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
