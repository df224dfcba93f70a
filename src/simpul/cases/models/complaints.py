"""Complaints: what somebody told, sealed; who answers it; and what opens it again, as HMAC alone."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.cases.channels import Channel
from simpul.cases.complaint_kinds import About, ContactWish, Level, Matter, ReportedBy, Secret
from simpul.cases.relations import Relation
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from simpul.territory.models import Area


class Complaint(Record):
    """Its key was drawn with the draft it was written in: sent twice, it is one.

    `contact` is {name, phone, safe_to_call, hours, may_leave_message, via}; `named` whom it is about and `hidden_from`
    who must not learn of it, as typed. `handler` answers it, at `level`; `about_group` is the group it is about.
    `channel` and `relation` are required (R12), who reports never is. `decided_at` repeats the decision's own instant.
    """

    handler = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="complaints")
    level = models.CharField(max_length=5, choices=Level.choices)
    about_group = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="complaints_about")
    area: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+"
    )
    matter = models.CharField(max_length=8, choices=Matter.choices)
    about = models.CharField(max_length=8, choices=About.choices)
    reported_by = models.CharField(max_length=9, choices=ReportedBy.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    relation = models.CharField(max_length=20, choices=Relation.choices)
    wish = models.CharField(max_length=6, choices=ContactWish.choices)
    is_confidential = models.BooleanField()  # only the coordinator, until somebody is assigned
    language = models.CharField(max_length=2)  # in which it was made, and is answered
    narrative = SealedTextField(null=True)
    contact = SealedJSONField(null=True)
    named = SealedTextField(null=True)
    hidden_from = SealedTextField(null=True)
    appeal_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="appeals")
    received_at = models.DateTimeField(editable=False)
    received_on = models.DateField(editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    rated = models.BooleanField(default=False, editable=False)

    if TYPE_CHECKING:
        id: UUID
        handler_id: UUID | None
        area_id: str | None

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_complaint_level", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="cases_complaint_handled", condition=Q(level="node") | ~Q(handler=None)),
            models.CheckConstraint(name="cases_complaint_matter", condition=Q(matter__in=Matter.values)),
            models.CheckConstraint(name="cases_complaint_about", condition=Q(about__in=About.values)),
            models.CheckConstraint(name="cases_complaint_by", condition=Q(reported_by__in=ReportedBy.values)),
            models.CheckConstraint(name="cases_complaint_channel", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="cases_complaint_relation", condition=Q(relation__in=Relation.values)),
            models.CheckConstraint(name="cases_complaint_wish", condition=Q(wish__in=ContactWish.values)),
        ]
        indexes = [
            models.Index("handler", "decided_at", "received_at", "id", name="complaint_queue"),
            models.Index("decided_at", "received_at", "id", name="complaint_of_node", condition=Q(level=Level.NODE)),
            models.Index("about_group", "received_at", name="complaint_about_group"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ComplaintSecret(Record):
    """A receipt: 16 digits, four words, or 16 digits left with somebody trusted. Whoever holds it needs no account."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="secrets")
    kind = models.CharField(max_length=7, choices=Secret.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_complaintsecret_kind", condition=Q(kind__in=Secret.values)),
            models.UniqueConstraint(
                name="cases_complaintsecret_one_each", fields=["complaint", "kind"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind}"


class ComplaintExclusion(Record):
    """To this person the complaint does not exist: they are, or may be, whom it is about or is kept from."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cases_complaintexclusion_once", fields=["complaint", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.person_id}"


class ComplaintAssignment(Record):
    """A companion reads and answers it, from one instant to another."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    assigned_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="cases_complaintassignment_one", fields=["complaint", "person"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.person_id}"
