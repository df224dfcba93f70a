"""A year's book and the closed months in it. Counted once, frozen, confidential: none of these numbers is published."""

from django.db import models

from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class Book(Record):
    """What is published of one year: declared when its first month closes, and never changed after.

    `outline` is the library's own text; `places` the codes of its finest places, in order.
    """

    year = models.PositiveSmallIntegerField(unique=True)
    begins = models.CharField(max_length=7)  # its first month
    outline = models.TextField()
    digest = models.CharField(max_length=64)
    places = models.JSONField()
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class Batch(Record):
    """Who came to be counted from `since` to `until`, by finest cell: counted once and never again.

    `since` None: from the first record on. `held` are corrections of earlier months, which change nothing published.
    `digest` is salted: it tells nothing of what is in `data`.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=9, unique=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(unique=True)
    data = SealedTextField()
    held = SealedJSONField()
    digest = models.CharField(max_length=64)
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name
