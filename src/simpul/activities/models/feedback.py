"""What those who came thought of it, kept so that no answer leads to who gave it (decision 33).

Nothing here has a key to a person, a participant, a registration or an attendance; nothing but the form knows a day;
and no row is an answer: each question has one row, made when the form was opened, in which answers are put together.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from simpul.activities.models.events import Event
from simpul.activities.models.registrations import Registration
from simpul.kernel.ids import unlinkable_id
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField


class FeedbackForm(Record):
    """The questions of one event, and how many were asked and answered: never who.

    `codes` is how many one-time codes there are: `slips` of them on paper, `mails` by mail, the rest in letters that
    receipts open. `slip_codes` are printed again and again until it closes; who holds which nobody knows.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="feedback")
    questions = models.JSONField(default=list)  # keys of `asking.QUESTIONS`, in order
    opened_on = models.DateField(editable=False)
    opened_by = models.UUIDField(null=True, editable=False)  # person
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, editable=False)
    codes = models.PositiveIntegerField(default=0, editable=False)
    slips = models.PositiveIntegerField(default=0, editable=False)
    mails = models.PositiveIntegerField(default=0, editable=False)
    slip_codes = SealedJSONField(null=True)
    drawn_at = models.DateTimeField(null=True, editable=False)  # when the mails' codes were drawn, all of them at once
    handed_over = models.PositiveIntegerField(default=0, editable=False)
    answered = models.PositiveIntegerField(default=0, editable=False)

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID

    class Meta:
        constraints = [
            models.CheckConstraint(name="activities_feedbackform_answered", condition=Q(answered__lte=F("codes"))),
            models.CheckConstraint(name="activities_feedbackform_slips", condition=Q(slips__lte=F("codes"))),
        ]
        indexes = [
            models.Index("closes_at", name="feedback_open", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FeedbackTicket(models.Model):
    """That a code may be used once. Not whose it is: drawn with many others, kept in the order of their digests."""

    id = models.UUIDField(primary_key=True, default=unlinkable_id, editable=False)
    form = models.ForeignKey(FeedbackForm, models.CASCADE, related_name="tickets")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_spent = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return str(self.pk)


class FeedbackBag(models.Model):
    """All answers to one question: {"counts": {code: number}, "texts": [in the order of the alphabet]}.

    Every answered form writes every bag of it, so that they can't be told apart by when they were written.
    """

    id = models.UUIDField(primary_key=True, default=unlinkable_id, editable=False)
    form = models.ForeignKey(FeedbackForm, models.CASCADE, related_name="bags")
    question = models.CharField(max_length=20)
    held = SealedJSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="activities_feedbackbag_once", fields=["form", "question"])]

    def __str__(self) -> str:
        return str(self.pk)


class FeedbackLetter(models.Model):
    """A code for somebody who left no address, which their receipt alone opens (`letterboxes`). Never written again."""

    id = models.UUIDField(primary_key=True, default=unlinkable_id, editable=False)
    registration = models.OneToOneField(Registration, models.CASCADE, related_name="feedback_letter")
    form = models.ForeignKey(FeedbackForm, models.CASCADE, related_name="letters")
    letter = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.pk)
