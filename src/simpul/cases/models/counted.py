"""What figures know of a case: where, of what kind, about whom in broad strokes; never who. Appended, never changed."""

from django.db import models
from django.db.models import Q

from simpul.records.models import Known, Record


class Counting(models.TextChoices):
    """What the person said to being counted in figures without names."""

    UNASKED = "unasked"
    AGREED = "agreed"
    REFUSED = "refused"  # or took it back


class CountedVictim(Record, Known):
    """A victim of a case as figures knew them from `recorded_at` until `superseded_at`.

    Keys are copied, not referred to: what was counted stays counted when the case is erased. The age is a band, as of
    the day the report came. Whoever changes something that is counted calls `counting.count_again` in the same
    transaction. `left` is the stage that this row's step led out of, after `left_after` days; on the first victim of a
    case alone, so that a stay counts once.
    """

    victim_key = models.UUIDField(editable=False)
    case_key = models.UUIDField(editable=False)
    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    branch = models.CharField(max_length=8)
    received_on = models.DateField()
    stage = models.CharField(max_length=11)
    stage_since = models.DateField()
    outcome = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True)
    left = models.CharField(max_length=11, blank=True)
    left_after = models.PositiveIntegerField(null=True)  # days
    sex = models.CharField(max_length=1, blank=True)
    age_band = models.CharField(max_length=5, blank=True)
    disability = models.CharField(max_length=12, blank=True)
    counting = models.CharField(max_length=7, choices=Counting.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim_key"], condition=Q(superseded_at=None), name="cases_countedvictim_once"
            ),
            models.CheckConstraint(name="cases_countedvictim_counting", condition=Q(counting__in=Counting.values)),
            models.CheckConstraint(
                name="cases_countedvictim_left",
                condition=Q(left="", left_after=None) | ~Q(left="") & Q(left_after__isnull=False),
            ),
        ]
        indexes = [
            models.Index("case_key", "superseded_at", name="countedvictim_of_case"),
            models.Index("area", "received_on", name="countedvictim_where"),
            models.Index("recorded_at", name="countedvictim_learnt"),
            models.Index("superseded_at", name="countedvictim_unlearnt", condition=Q(superseded_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CountedType(models.Model):
    """One thing the case is about for this victim: "K" · "K.S" · "K.S.3"."""

    counted = models.ForeignKey(CountedVictim, models.CASCADE, related_name="types")
    family = models.CharField(max_length=2)
    form = models.CharField(max_length=5)
    code = models.CharField(max_length=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counted", "code"], name="cases_countedtype_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.counted_id}"
