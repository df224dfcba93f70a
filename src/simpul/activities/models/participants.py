"""A participant: somebody as one event knows them, whether they registered, came unannounced, or both."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.activities.kinds import AgeBand, Disability, Publishing, Stakeholder
from simpul.activities.models.events import Event
from simpul.people.codes import Sex
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedTextField

if TYPE_CHECKING:
    from simpul.territory.models import Area

LEARNER = "activities.learner"


class Participant(Record):
    """What names somebody is encrypted; what they are counted by is not, and tells of nobody by itself.

    `learner` is the name with one way to be reached, levelled: the same at two organisers' events is the same learner,
    counted once. Without a way to be reached it is empty, and they are counted for each event. `erased_at`: asked to be
    forgotten, or their time is over; what they are counted by stays.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.SET_NULL, null=True, related_name="+")
    organisation_name = SealedTextField(null=True)  # as written, where it is not in the directory
    name = SealedTextField(null=True)
    phone = SealedTextField(null=True)
    email = SealedTextField(null=True)
    email_index = BlindIndexField("email", normalise=str.casefold)
    email_index_next = NextIndexField("email_index")
    needs = SealedTextField(null=True)
    learner = SealedTextField(null=True)
    learner_index = BlindIndexField("learner", normalise=str, purpose=LEARNER)
    learner_index_next = NextIndexField("learner_index")
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    age_band = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    disability = models.CharField(max_length=12, choices=Disability.choices, blank=True)
    stakeholder = models.CharField(max_length=13, choices=Stakeholder.choices, blank=True)
    area: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+"
    )
    publishing = models.CharField(max_length=5, choices=Publishing.choices, default=Publishing.NOTHING)
    may_contact = models.BooleanField(default=False)  # on this event: reminders, changes
    language = models.CharField(max_length=2, default="id")
    recorded_at = models.DateTimeField(editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID
        person_id: UUID | None
        organisation_id: UUID | None

    class Meta:
        constraints = [
            models.CheckConstraint(name="activities_participant_sex", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(name="activities_participant_age", condition=Q(age_band__in=AgeBand.values)),
            models.CheckConstraint(
                name="activities_participant_disability", condition=Q(disability__in=Disability.values)
            ),
            models.CheckConstraint(
                name="activities_participant_stakeholder",
                condition=Q(stakeholder="") | Q(stakeholder__in=Stakeholder.values),
            ),
            models.CheckConstraint(
                name="activities_participant_publishing", condition=Q(publishing__in=Publishing.values)
            ),
            models.CheckConstraint(
                name="activities_participant_erased_whole",
                condition=Q(erased_at=None)
                | Q(
                    name__isnull=True,
                    phone__isnull=True,
                    email__isnull=True,
                    needs__isnull=True,
                    learner__isnull=True,
                    organisation_name__isnull=True,
                    person=None,
                ),
            ),
        ]
        indexes = [models.Index("organisation", "event", name="participant_from")]

    def __str__(self) -> str:
        return str(self.pk)
