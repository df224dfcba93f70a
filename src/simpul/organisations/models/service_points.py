"""Where people are sent: the institutions of an area, what they answer, and who last checked."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from simpul.kernel.localized import LocalizedText
from simpul.organisations.institutions import Answer, InstitutionKind, VerificationMethod
from simpul.organisations.models.organisations import Organisation
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record, Versioned


class ServicePoint(Record, Versioned):
    """`owner_organisation` keeps the entry; `organisation` is the institution itself, where the directory has it."""

    owner_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="kept_service_points")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="service_points")
    kind = models.CharField(max_length=5, choices=InstitutionKind.choices)
    name = models.CharField(max_length=200)
    needs = models.JSONField(default=list)  # codes of `institutions.Need`, in order of importance
    seat = models.ForeignKey("territory.Area", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    address_public = models.BooleanField(default=True)
    # Weekday ("1" Monday) -> list of ["08:00", "14:30"] in the zone of the seat; words for what a table can't say.
    hours = models.JSONField(default=dict, blank=True)
    hours_note = LocalizedTextField(null=True, blank=True)
    hotline = models.CharField(max_length=20, blank=True)
    whatsapp = models.CharField(max_length=20, blank=True)
    documents = models.JSONField(default=list, blank=True)  # texts (language -> words)
    fee = LocalizedTextField(null=True, blank=True)
    free_of_charge = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
    accepts_children = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
    disability_access = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
    access_note = LocalizedTextField(null=True, blank=True)
    agreement = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)  # MoU with the owner
    closed_on = models.DateField(null=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="organisations_servicepoint_kind", condition=Q(kind__in=InstitutionKind.values)
            ),
            models.CheckConstraint(name="organisations_servicepoint_named", condition=~Q(name="")),
            # A safe house is safe while nobody can tell where it is: no public address, no seat below the regency.
            models.CheckConstraint(
                name="organisations_servicepoint_secret",
                condition=~Q(kind=InstitutionKind.SAFE_HOUSE)
                | Q(address_public=False) & (Q(seat=None) | Q(LessThanOrEqual(Length("seat"), 5))),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def document_texts(self) -> list[LocalizedText]:
        return [LocalizedText(t) for t in self.documents]


class ServedArea(models.Model):
    """The service point serves this area and everything within it."""

    service_point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="served_areas")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "service_point"], name="organisations_servedarea_once")]

    def __str__(self) -> str:
        return f"{self.service_point_id} {self.area_id}"


class ServicePointVerification(Record):
    """Somebody checked the entry that day."""

    service_point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="verifications")
    verified_on = models.DateField()
    method = models.CharField(max_length=8, choices=VerificationMethod.choices)
    verified_by = models.UUIDField(null=True, editable=False)  # person; None: the system
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["verified_on", "id"]
        indexes = [models.Index(fields=["service_point", "verified_on"], name="verification_latest")]

    def __str__(self) -> str:
        return f"{self.service_point_id} {self.verified_on}"
