"""What was published: lines of a chain, the cells on them, and what was said of them afterwards."""

from django.db import models
from django.db.models import Q

from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record
from simpul.releases.models.batches import Book
from simpul.releases.models.proposals import Proposal
from simpul.releases.tables import TABLES, Audience
from simpul.territory.fields import AreaCodeField
from simpul.vault.fields import SealedTextField


class Release(Record):
    """One period, published to one audience: a line of its book's chain. Never changed.

    `line` is the line itself, as it was digested, compressed; blanks stand on it among the published. The certificate
    is as confidential as the counts.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="releases")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Audience])
    period = models.CharField(max_length=9)
    period_from = models.DateField()
    period_until = models.DateField()
    line = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    before = models.CharField(max_length=64)
    certificate = SealedTextField()
    certificate_digest = models.CharField(max_length=64)
    declared = models.PositiveIntegerField()
    published = models.PositiveIntegerField()
    protected = models.PositiveIntegerField()
    tables = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["book__year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="releases_release_number"),
            models.UniqueConstraint(fields=["book", "audience", "period"], name="releases_release_once"),
            models.UniqueConstraint(fields=["book", "before"], name="releases_release_follows"),
            models.CheckConstraint(
                name="releases_release_audience", condition=Q(audience__in=[a.value for a in Audience])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.audience}"


class Head(models.Model):
    """The last line of a book, kept apart from the lines: a chain that was cut short no longer ends at it."""

    book = models.OneToOneField(Book, models.PROTECT, primary_key=True, related_name="head")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest


class PublishedCell(Record):
    """One published count, at an address for ever. A declared cell without a row here is blank.

    `area` is "" for the nation; `type`, `sex`, `age` are "" where they are not told apart. `tier` is the audience's.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="cells")
    table = models.CharField(max_length=20, choices=[(key, key) for key in TABLES])
    tier = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    area = AreaCodeField(blank=True)
    type = models.CharField(max_length=8, blank=True)
    depth = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=7, blank=True)
    age = models.CharField(max_length=7, blank=True)
    period = models.CharField(max_length=9)
    period_from = models.DateField()
    period_until = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "period", "area", "type", "sex", "age"], name="releases_publishedcell_once"
            ),
        ]
        indexes = [models.Index("area", "table", "period", name="publishedcell_of_area")]

    def __str__(self) -> str:
        return f"{self.table} {self.period} {self.area} {self.type} {self.sex} {self.age}"


class AnnotationKind(models.TextChoices):
    NOTE = "note"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


class Annotation(Record):
    """What was said of a release, or of one cell on it, after it was out. The numbers stay as they are."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="annotations")
    cell = models.ForeignKey(PublishedCell, models.PROTECT, null=True, related_name="annotations")
    kind = models.CharField(max_length=9, choices=AnnotationKind)
    text = LocalizedTextField()
    made_by = models.UUIDField(null=True, editable=False)  # a person
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(name="releases_annotation_kind", condition=Q(kind__in=AnnotationKind.values))
        ]

    def __str__(self) -> str:
        return str(self.pk)
