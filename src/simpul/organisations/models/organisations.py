"""One organisation, network or public body."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models.legal import LegalIdentity
from simpul.organisations.models.profiles import Profile
from simpul.records.folded import FoldedField
from simpul.records.models import Record, Versioned

if TYPE_CHECKING:
    from simpul.territory.models import Area

PRECISIONS = [(p.value, p.value) for p in Precision]


class Organisation(LegalIdentity, Profile, Record, Versioned):
    """`name`, `acronym` and `sort_key` repeat the name that holds now, so that a list needs no join.

    Only the naming services write them; `queries.consistency` finds rows where they have drifted.
    """

    kind = models.CharField(max_length=8, choices=OrganisationKind.choices)
    name = models.CharField(max_length=200, editable=False)
    acronym = models.CharField(max_length=40, blank=True, editable=False)
    sort_key = FoldedField(max_length=200, editable=False)  # fold_words(name)
    founded_on = models.DateField(null=True, editable=False)
    founded_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True, editable=False)
    dissolved_on = models.DateField(null=True, editable=False)
    dissolved_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True, editable=False)
    seat: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+", editable=False
    )
    # At risk: hidden from every public page, export and search (rules.organisations.visible_to).
    in_safety_mode = models.BooleanField(default=False, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    # Field -> audience, where the organisation decided otherwise than `visibility.FIELDS`.
    field_audiences = models.JSONField(default=dict, editable=False)

    if TYPE_CHECKING:
        id: UUID
        seat_id: str | None

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_organisation_kind", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(name="organisations_organisation_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="organisations_organisation_founded",
                condition=Q(founded_on=None, founded_precision="")
                | Q(founded_on__isnull=False) & ~Q(founded_precision=""),
            ),
            models.CheckConstraint(
                name="organisations_organisation_dissolved",
                condition=Q(dissolved_on=None, dissolved_precision="")
                | Q(dissolved_on__isnull=False) & ~Q(dissolved_precision=""),
            ),
            models.CheckConstraint(
                name="organisations_organisation_life",
                condition=Q(founded_on=None) | Q(dissolved_on=None) | Q(founded_on__lte=models.F("dissolved_on")),
            ),
        ]
        indexes = [
            models.Index("sort_key", "id", "in_safety_mode", name="organisation_by_name"),
            models.Index("in_safety_mode", "id", name="organisation_hidden"),
            models.Index("kind", "sort_key", "id", name="organisation_by_kind"),
            # Counts by area read this index alone.
            models.Index("seat", "in_safety_mode", "kind", "id", name="organisation_by_seat"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def founded(self) -> PartialDate | None:
        return PartialDate(self.founded_on, Precision(self.founded_precision)) if self.founded_on else None

    @property
    def dissolved(self) -> PartialDate | None:
        return PartialDate(self.dissolved_on, Precision(self.dissolved_precision)) if self.dissolved_on else None
