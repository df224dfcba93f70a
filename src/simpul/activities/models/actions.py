"""*RTL*, rencana tindak lanjut: what was agreed to be done, by whom, until when."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from simpul.activities.models.events import Event
from simpul.people.models import Person
from simpul.records.models import Record, Versioned
from simpul.vault.fields import SealedTextField


class ActionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("action point", "To do")
    OVERDUE = "overdue", pgettext_lazy("action point", "Overdue")
    DONE = "done", pgettext_lazy("action point", "Done")
    DROPPED = "dropped", pgettext_lazy("action point", "Dropped")


class ActionPoint(Record, Versioned):
    """It stays on the pages of its owner and opens the next meeting of the series until it is done or dropped.

    The owner is a person with an account, somebody of an organisation, or a name alone: then the organisers follow it.
    `first_due_on` is what was promised first.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="action_points")
    words = models.CharField(max_length=300)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.SET_NULL, null=True, related_name="+")
    owner_name = SealedTextField(null=True)
    due_on = models.DateField()
    first_due_on = models.DateField(editable=False)
    created_at = models.DateTimeField(editable=False)
    created_by = models.UUIDField(null=True, editable=False)  # person
    done_at = models.DateTimeField(null=True, editable=False)
    dropped_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.UUIDField(null=True, editable=False)  # person
    outcome = models.CharField(max_length=300, blank=True, editable=False)  # what came of it, or why it was dropped
    reminded_at = models.DateTimeField(null=True, editable=False)
    overdue_told_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID
        person_id: UUID | None
        organisation_id: UUID | None

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="activities_actionpoint_ended_once", condition=Q(done_at=None) | Q(dropped_at=None)
            ),
            models.CheckConstraint(name="activities_actionpoint_worded", condition=~Q(words="")),
        ]
        indexes = [
            models.Index("due_on", "id", name="actionpoint_open", condition=Q(done_at=None, dropped_at=None)),
            models.Index("person", "due_on", name="actionpoint_of_person"),
            models.Index("organisation", "due_on", name="actionpoint_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    def state_on(self, day: date) -> ActionState:
        if self.done_at:
            return ActionState.DONE
        if self.dropped_at:
            return ActionState.DROPPED
        return ActionState.OVERDUE if self.due_on < day else ActionState.OPEN
