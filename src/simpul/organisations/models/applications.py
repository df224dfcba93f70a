"""Applications for membership: what an organisation says of itself, and each step towards a decision.

The state is that of the last step; there is no column for it. The person to speak to is encrypted, and forgotten some
time after the decision; the application itself stays.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from simpul.organisations.admission import Act, ApplicationState, Check
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models.memberships import Membership
from simpul.organisations.models.organisations import Organisation
from simpul.records.folded import FoldedField
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedTextField

if TYPE_CHECKING:
    from simpul.territory.models import Area


class ApplicationCall(Record):
    """The network takes applications, from one instant to another. Without one there is no form."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="application_calls")
    terms = LocalizedTextField(null=True, blank=True)  # what it asks of a member
    opened_at = models.DateTimeField(editable=False)
    opened_by = models.UUIDField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="organisations_applicationcall_one_open", fields=["network"], condition=Q(closed_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.opened_at}"


class MembershipApplication(Record):
    """What was sent. `applicant` where the sender says that it is an organisation of the directory."""

    network = models.ForeignKey(Organisation, models.CASCADE, related_name="applications")
    applicant = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="applications_sent")
    kind = models.CharField(max_length=8, choices=OrganisationKind.choices)
    name = models.CharField(max_length=200)
    acronym = models.CharField(max_length=40, blank=True)
    sort_key = FoldedField(max_length=200, editable=False)  # fold_words(name): the same organisation twice
    seat: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+"
    )
    does = models.TextField(max_length=1000)
    hopes = models.TextField(max_length=1000, blank=True)
    contact_name = SealedTextField(null=True)
    contact_position = SealedTextField(null=True)
    contact_phone = SealedTextField(null=True)
    contact_phone_index = BlindIndexField("contact_phone", normalise=str)
    contact_phone_index_next = NextIndexField("contact_phone_index")
    contact_email = SealedTextField(null=True)
    consented_at = models.DateTimeField(null=True, editable=False)  # to be written to about this application
    receipt_digest = models.CharField(max_length=64, unique=True, editable=False)
    received_at = models.DateTimeField(editable=False)
    forgotten_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        seat_id: str | None
        state: str  # these two are annotated by queries.applications
        since: datetime

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_membershipapplication_kind", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(name="organisations_membershipapplication_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="organisations_membershipapplication_consent",
                condition=Q(consented_at__isnull=False) | Q(contact_phone__isnull=True, contact_email__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "received_at"], name="application_received"),
            models.Index(fields=["network", "sort_key"], name="application_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ApplicationStep(Record):
    """One step, the `number`-th of its application. What was written to or by the applicant is sealed."""

    application = models.ForeignKey(MembershipApplication, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10, choices=Act.choices)
    state = models.CharField(max_length=10, choices=ApplicationState.choices)  # where it led
    words = SealedTextField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)  # the organ: "Rapat presidium". No person.
    decided_on = models.DateField(null=True)
    minutes = models.CharField(max_length=200, blank=True)  # where the decision can be read
    membership = models.OneToOneField(Membership, models.SET_NULL, null=True, related_name="admitted_by")
    acted_by = models.UUIDField(null=True, editable=False)  # person; None: the applicant, or the system
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="organisations_applicationstep_turn", fields=["application", "number"]),
            models.CheckConstraint(
                name="organisations_applicationstep_state", condition=Q(state__in=ApplicationState.values)
            ),
            models.CheckConstraint(name="organisations_applicationstep_act", condition=Q(act__in=Act.values)),
            models.CheckConstraint(
                name="organisations_applicationstep_decision",
                condition=~Q(act__in=[Act.ACCEPT, Act.REFUSE]) | (~Q(decided_by="") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number} {self.act}"


class ApplicationCheck(Record):
    """Somebody found a point of the list to be so, or not so; the last word on a point holds."""

    application = models.ForeignKey(MembershipApplication, models.CASCADE, related_name="checks")
    item = models.CharField(max_length=10, choices=Check.choices)
    is_met = models.BooleanField()
    checked_by = models.UUIDField(null=True, editable=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(name="organisations_applicationcheck_item", condition=Q(item__in=Check.values))
        ]
        indexes = [models.Index(fields=["application", "item", "recorded_at"], name="applicationcheck_latest")]

    def __str__(self) -> str:
        return f"{self.item} {self.is_met}"
