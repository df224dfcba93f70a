"""What somebody needs, what was given, and what it takes: services, plan, appointments, documents, costs, visits."""

from django.db import models
from django.db.models import Q

from simpul.cases.help_kinds import (
    CostKind,
    DocumentKind,
    MediationGround,
    Payer,
    Result,
    TimeFrame,
    Wellbeing,
)
from simpul.cases.models.cases import Case
from simpul.cases.models.parties import Party
from simpul.cases.service_kinds import ServiceKind
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class Need(Record):
    """A service somebody needs by `due_on`. `implemented_at`: it was given; `dropped_at`: it is needed no more."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="needs")
    party = models.ForeignKey(Party, models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=5, choices=ServiceKind.choices)
    time_frame = models.CharField(max_length=7, choices=TimeFrame.choices)
    due_on = models.DateField()
    implemented_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_need_kind", condition=Q(kind__in=ServiceKind.values)),
            models.CheckConstraint(name="cases_need_one_end", condition=Q(implemented_at=None) | Q(dropped_at=None)),
        ]
        indexes = [models.Index("case", "due_on", name="need_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Service(Record):
    """One service on one day, by the group itself (no provider) or by a service point. `withdrawn_at`: never was."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="services")
    party = models.ForeignKey(Party, models.CASCADE, related_name="services")
    need = models.ForeignKey(Need, models.SET_NULL, null=True, related_name="services")
    kind = models.CharField(max_length=5, choices=ServiceKind.choices)
    provided_on = models.DateField()
    provider = models.ForeignKey("organisations.ServicePoint", models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=9, choices=Result.choices)
    note = SealedTextField(null=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_service_kind", condition=Q(kind__in=ServiceKind.values)),
            models.CheckConstraint(name="cases_service_result", condition=Q(result__in=Result.values)),
        ]
        indexes = [models.Index("case", "provided_on", name="service_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MediationAllowance(Record):
    """An organisation mediates on this ground after all, and says why. Never sexual violence, never child marriage."""

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=11, choices=MediationGround.choices)
    reason = models.CharField(max_length=500)
    allowed_at = models.DateTimeField()
    allowed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_organisation", "ground"],
                condition=Q(ended_at=None),
                name="cases_mediationallowance_once",
            ),
            models.CheckConstraint(name="cases_mediationallowance_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.pk}"


class PlanItem(Record):
    """One thing agreed with the person: what, by whom in words, by when."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="plan")
    need = models.ForeignKey(Need, models.CASCADE, null=True, related_name="plan")
    what = SealedTextField()
    who = SealedTextField(null=True)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        indexes = [models.Index("case", "due_on", name="planitem_of_case")]

    def __str__(self) -> str:
        return str(self.pk)


class Appointment(Record):
    """When and where the person is expected, and what to bring (a list of words)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="appointments")
    party = models.ForeignKey(Party, models.CASCADE, related_name="appointments")
    service_point = models.ForeignKey("organisations.ServicePoint", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    place = SealedTextField(null=True)
    to_bring: SealedJSONField = SealedJSONField(null=True)
    kept = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_appointment_settled",
                condition=Q(kept=None, settled_at=None) | Q(kept__isnull=False, settled_at__isnull=False),
            ),
        ]
        indexes = [models.Index("case", "at", name="appointment_of_case")]

    def __str__(self) -> str:
        return str(self.pk)


class DocumentNeeded(Record):
    """A paper that is needed, or that is the aim: `had_at` once it is there, `issued_on` where an office made it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="documents_needed")
    party = models.ForeignKey(Party, models.CASCADE, related_name="documents_needed")
    kind = models.CharField(max_length=18, choices=DocumentKind.choices)
    had_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "party", "kind"], name="cases_documentneeded_once"),
            models.CheckConstraint(name="cases_documentneeded_kind", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(
                name="cases_documentneeded_issued", condition=Q(issued_on=None) | Q(had_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Cost(Record):
    """What it cost, in whole rupiah, and who paid."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="costs")
    kind = models.CharField(max_length=9, choices=CostKind.choices)
    amount = models.PositiveIntegerField()
    paid_by = models.CharField(max_length=7, choices=Payer.choices)
    on = models.DateField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_cost_kind", condition=Q(kind__in=CostKind.values)),
            models.CheckConstraint(name="cases_cost_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Visit(Record):
    """How somebody fares `month` months after help came. Planned when the follow-up begins."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="visits")
    month = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    visited_on = models.DateField(null=True)
    wellbeing = models.CharField(max_length=9, choices=Wellbeing.choices, blank=True)
    note = SealedTextField(null=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "month"], name="cases_visit_once"),
            models.CheckConstraint(
                name="cases_visit_made",
                condition=Q(visited_on=None, wellbeing="")
                | Q(visited_on__isnull=False, wellbeing__in=Wellbeing.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.pk}"
