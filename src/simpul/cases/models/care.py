"""How companions are, what threatens them, and who took over from whom."""

from django.db import models
from django.db.models import Q

from simpul.cases.care_kinds import Asked, Danger
from simpul.cases.models.cases import Case
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class Checkin(Record):
    """How somebody who helps others was, as they said. `answers` is {feeling, weights, relief, words}.

    Read by themself, by whom they chose, and by the coordinator only where that was so when they wrote: a rule that
    changes later opens nothing.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    answers: SealedJSONField = SealedJSONField()
    shared_with = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    with_coordinator = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("person", "id", name="checkin_of_person"),
            models.Index("shared_with", "id", name="checkin_shared", condition=Q(shared_with__isnull=False)),
            models.Index("organisation", "id", name="checkin_told", condition=Q(with_coordinator=True)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Threat(Record):
    """Somebody who helps is threatened because they help. Tied to no case: it must not tell of one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    danger = models.CharField(max_length=10, choices=Danger.choices)
    is_now = models.BooleanField()
    words = SealedTextField(null=True)
    tells_coordinator = models.BooleanField()
    tells_supervisor = models.BooleanField()
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done = SealedTextField(null=True)  # what was done about it, read by who reported

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_threat_danger", condition=Q(danger__in=Danger.values)),
            models.CheckConstraint(
                name="cases_threat_told", condition=Q(tells_coordinator=True) | Q(tells_supervisor=True)
            ),
        ]
        indexes = [
            models.Index("organisation", "reported_at", "id", name="threat_open", condition=Q(settled_at=None)),
            models.Index("person", "id", name="threat_of_person"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Handover(Record):
    """Another companion took over. Why is for who coordinates the case; whoever left reads only that it was handed
    over.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="handovers")
    leaving = models.ForeignKey(Person, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked = models.CharField(max_length=6, choices=Asked.choices)
    reason = SealedTextField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_handover_asked", condition=Q(asked__in=Asked.values)),
            models.CheckConstraint(name="cases_handover_other", condition=~Q(leaving=models.F("successor"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)
