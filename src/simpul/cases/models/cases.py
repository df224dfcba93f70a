"""A case, and what happened to it from the report to the end."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from simpul.cases.channels import Channel
from simpul.cases.kinds import Branch
from simpul.cases.outcomes import Outcome
from simpul.cases.relations import Relation
from simpul.cases.stages import ENDED_STAGES, OPEN_STAGES, Act, Stage
from simpul.cases.triage import Authority, Risk
from simpul.kernel.actor import Actor
from simpul.people.models import Person
from simpul.records.models import Record, Versioned
from simpul.vault.fields import SealedTextField


def _walked(*where: str, name: str) -> Iterator[models.Index]:
    """Open cases by when they are due, open and ended ones from the newest on."""
    is_open, has_ended = Q(closed_on=None), Q(closed_on__isnull=False)
    newest = (F("received_at").desc(), F("id").desc())
    yield models.Index(*where, "due_at", "id", name=f"{name}_due", condition=is_open)
    yield models.Index(*map(F, where), *newest, name=f"{name}_open", condition=is_open)
    yield models.Index(*map(F, where), *newest, name=f"{name}_past", condition=has_ended)


class Case(Record, Versioned):
    """One matter of one or more people, kept by the organisation that assists them.

    `protected` and `branch` follow from the types of its people, `stage` from its last step; services write them in the
    same transaction. `due_at` is the earliest thing somebody has to do in it. `merged` says at which version each field
    was last written, so that two people at once never overwrite each other silently.
    """

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)  # "LNT-2025-4K7Q"
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    branch = models.CharField(max_length=8, choices=Branch.choices)
    protected = models.BooleanField()
    channel = models.CharField(max_length=9, choices=Channel.choices)
    relation = models.CharField(max_length=16, choices=Relation.choices)  # the reporter's, to the person
    complaint_id = models.UUIDField(null=True, unique=True, editable=False)
    received_at = models.DateTimeField()
    received_on = models.DateField()  # as the calendar of the area had it
    happened_on = models.DateField(null=True)
    happened_approximately = models.BooleanField(default=False)
    settings = models.JSONField(default=list)  # codes of kinds.Setting
    narrative = SealedTextField(null=True)
    guardian_conflict = models.BooleanField(default=False)  # a parent is the danger: parents are not asked
    stage = models.CharField(max_length=11, choices=Stage.choices, default=Stage.RECEIVED)
    risk = models.CharField(max_length=4, choices=Risk.choices, blank=True)
    authority = models.CharField(max_length=8, choices=Authority.choices, blank=True)
    due_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    external_register_number = models.CharField(max_length=40, blank=True)
    legal_hold = models.BooleanField(default=False)
    merged = models.JSONField(default=dict, editable=False)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    # For whom, and when, the rule of sight found this very row: `services.sight.look_at`. Not stored.
    found_for: "tuple[Actor, datetime] | None" = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_organisation", "code"], name="cases_case_code"),
            models.CheckConstraint(
                name="cases_case_branch",
                condition=Q(branch=Branch.VIOLENCE, protected=True) | Q(branch=Branch.SOCIAL, protected=False),
            ),
            models.CheckConstraint(name="cases_case_channel", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="cases_case_relation", condition=Q(relation__in=Relation.values)),
            models.CheckConstraint(name="cases_case_risk", condition=Q(risk__in=["", *Risk.values])),
            models.CheckConstraint(name="cases_case_authority", condition=Q(authority__in=["", *Authority.values])),
            models.CheckConstraint(
                name="cases_case_ended",
                condition=Q(stage__in=OPEN_STAGES, closed_on=None) | Q(stage__in=ENDED_STAGES, closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_case_outcome",
                condition=Q(stage=Stage.CLOSED, outcome__in=Outcome.values) | ~Q(stage=Stage.CLOSED) & Q(outcome=""),
            ),
            models.CheckConstraint(
                name="cases_case_duplicate", condition=Q(duplicate_of=None) | Q(stage=Stage.DUPLICATE)
            ),
        ]
        indexes = [
            # The desk walks each of these in its order: for one group, for one of its branches, for one in a village.
            *_walked("owner_organisation", name="case_group"),
            *_walked("owner_organisation", "branch", name="case"),
            *_walked("owner_organisation", "area", "branch", name="case_village"),
            models.Index("owner_organisation", "stage", "due_at", "id", name="case_stage"),
            models.Index(F("owner_organisation"), F("received_at").desc(), F("id").desc(), name="case_newest"),
            models.Index("closed_on", "id", name="case_ended", condition=Q(closed_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class CaseSeries(Record):
    """What the numbers of an organisation's cases of one year begin with: it stays when the organisation is renamed."""

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    prefix = models.CharField(max_length=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_organisation", "year"], name="cases_caseseries_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class CaseStep(Record):
    """One act of its life. Appended, never changed; the last one says where the case stands."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=9, choices=Act.choices)
    from_stage = models.CharField(max_length=11, blank=True)
    to_stage = models.CharField(max_length=11, choices=Stage.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = SealedTextField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_casestep_act", condition=Q(act__in=Act.values)),
            models.CheckConstraint(name="cases_casestep_stage", condition=Q(to_stage__in=Stage.values)),
        ]
        indexes = [
            models.Index("case", "id", name="casestep_order"),
            models.Index("at", "case", name="casestep_reopened", condition=Q(act=Act.REOPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"
