"""What the database knows of the keys: their names and fingerprints, never a secret."""

from django.db import models


class KnownKey(models.Model):
    """A key this database was written with. A ring without it, or with another of its name, is the wrong ring."""

    key_id = models.CharField(max_length=8, primary_key=True)
    fingerprint = models.CharField(max_length=16)
    first_seen_at = models.DateTimeField()
    exported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key_id
