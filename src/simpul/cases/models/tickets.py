"""Many at once: the list of people for one mobile service, and how many an outreach event reached. No cases."""

from django.db import models
from django.db.models import F, Q

from simpul.cases.help_kinds import DocumentKind, Result
from simpul.cases.likeness import normal_nik
from simpul.cases.queue_kinds import MOST_ATTENDING, Topic
from simpul.people.codes import Sex
from simpul.people.models import Person
from simpul.records.models import Record, Versioned
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedTextField


class QueueTicket(Record):
    """Who comes to one mobile service on one day (*jemput bola*)."""

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    provider = models.ForeignKey("organisations.ServicePoint", models.PROTECT, null=True, related_name="+")
    service_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(F("owner_organisation"), F("service_on").desc(), F("id").desc(), name="queueticket_newest")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class QueueEntry(Record, Versioned):
    """Somebody on the list, called by `number`. `removed_at`: taken off it; the number is not given again.

    Without a name it still counts, and tells of nobody. `restricted_at`: they had the use of their data stopped.
    """

    ticket = models.ForeignKey(QueueTicket, models.CASCADE, related_name="entries")
    number = models.PositiveSmallIntegerField()
    name = SealedTextField(null=True)
    nik = SealedTextField(null=True)
    nik_index = BlindIndexField("nik", normalise=normal_nik)
    nik_index_next = NextIndexField("nik_index")
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True, default=Sex.UNKNOWN)
    age_stated = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField(editable=False)
    removed_at = models.DateTimeField(null=True)
    restricted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_queueentry_nameless", condition=Q(name__isnull=False) | Q(nik__isnull=True)
            ),
            models.UniqueConstraint(fields=["ticket", "number"], name="cases_queueentry_number"),
            models.CheckConstraint(name="cases_queueentry_sex", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(
                name="cases_queueentry_age", condition=Q(age_stated=None) | Q(age_stated__range=(0, 120))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.pk}"


class QueueDocument(Record):
    """A paper somebody comes for, and what came of it; blank and without a day until it is told."""

    entry = models.ForeignKey(QueueEntry, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=18, choices=DocumentKind.choices)
    result = models.CharField(max_length=9, choices=Result.choices, blank=True)
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind"], name="cases_queuedocument_once"),
            models.CheckConstraint(name="cases_queuedocument_kind", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(
                name="cases_queuedocument_settled",
                condition=Q(result="", settled_on=None) | Q(result__in=Result.values, settled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OutreachCount(Record):
    """How many came to one event. `children` and `disabled` are among `women`, `men` and `unstated`, not beside them.

    `withdrawn_at`: counted by mistake; a right count is a new row.
    """

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    held_on = models.DateField()
    topic = models.CharField(max_length=14, choices=Topic.choices)
    women = models.PositiveSmallIntegerField()
    men = models.PositiveSmallIntegerField()
    unstated = models.PositiveSmallIntegerField(default=0)
    children = models.PositiveSmallIntegerField(default=0)
    disabled = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_outreachcount_topic", condition=Q(topic__in=Topic.values)),
            models.CheckConstraint(
                name="cases_outreachcount_attending",
                condition=Q(women__lte=MOST_ATTENDING, men__lte=MOST_ATTENDING, unstated__lte=MOST_ATTENDING)
                & ~Q(women=0, men=0, unstated=0),
            ),
            models.CheckConstraint(
                name="cases_outreachcount_among",
                condition=Q(children__lte=F("women") + F("men") + F("unstated"))
                & Q(disabled__lte=F("women") + F("men") + F("unstated")),
            ),
        ]
        indexes = [
            models.Index(F("owner_organisation"), F("held_on").desc(), F("id").desc(), name="outreachcount_newest")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"

    @property
    def attending(self) -> int:
        return self.women + self.men + self.unstated
