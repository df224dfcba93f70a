"""What those who registered are to be told, and whether they were."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.activities.models.registrations import Registration
from simpul.records.models import Record


class What(models.TextChoices):
    SOON = "soon", _("It is coming up")
    MOVED = "moved", _("It was moved")
    CANCELLED = "cancelled", _("It was cancelled")
    OFFERED = "offered", _("A seat has become free")
    CERTIFICATE = "certificate", _("Their certificate is there")


class Way(models.TextChoices):
    """By which way. Whoever left neither account nor address is called, or written to by hand."""

    NOTICE = "notice", pgettext_lazy("way of telling", "In Simpul")
    MAIL = "mail", pgettext_lazy("way of telling", "E-mail")
    HAND = "hand", pgettext_lazy("way of telling", "By telephone or message")


class Telling(Record):
    """`sequence` is that of the event when it was to be told: moved twice, it is told twice."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="tellings")
    what = models.CharField(max_length=11, choices=What.choices)
    sequence = models.PositiveIntegerField()
    way = models.CharField(max_length=6, choices=Way.choices)
    due_at = models.DateTimeField(editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)  # the mail could not be handed over: call them

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(name="activities_telling_once", fields=["registration", "what", "sequence"])
        ]
        indexes = [models.Index("way", "due_at", name="telling_waiting", condition=Q(told_at=None, failed_at=None))]

    def __str__(self) -> str:
        return f"{self.what} {self.registration_id}"
