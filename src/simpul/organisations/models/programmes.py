"""Programmes, where they work, who does what in them. Both change over time: Pangkep had two lead partners in turn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.organisations.models.organisations import Organisation
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Known, Record, Versioned, period_in_order


class Programme(Record, Versioned, Dated):
    """`owner` manages it. Its period bounds what it covers: an area or role left open holds as long as it does."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    name = LocalizedTextField()
    acronym = models.CharField(max_length=40, blank=True)
    # In words: "USAID (FHI 360)". An organisation that pays and has a profile here holds the role of funder besides.
    funder = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [period_in_order("organisations_programme_period")]
        indexes = [models.Index(fields=["acronym"], name="programme_by_acronym")]

    def __str__(self) -> str:
        return self.acronym or str(self.name)


class ProgrammeArea(Record, Dated, Known):
    """The programme works in the area in the period. An area is not covered twice on one day."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="coverages")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", models.CASCADE, null=True, editable=False, related_name="corrected_by")
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [period_in_order("organisations_programmearea_period")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.area_id}"


class ProgrammeRoleKind(models.TextChoices):
    LEAD_PARTNER = "lead_partner", _("Lead partner")
    DISTRICT_SUPPORT = "district_support", _("District support partner (DSP)")
    PROVINCIAL_SUPPORT = "provincial_support", _("Provincial support partner (PSP)")
    IMPLEMENTER = "implementer", _("Implementer")
    LEARNING_FORUM = "learning_forum", _("Learning forum")
    FUNDER = "funder", _("Funder")
    MANAGER = "manager", _("Programme manager")


class ProgrammeRole(Record, Dated, Known):
    """The organisation has the role in the programme, in one area or (None) in all of it, in the period."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="programme_roles")
    role = models.CharField(max_length=20, choices=ProgrammeRoleKind)
    area = models.ForeignKey("territory.Area", models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", models.CASCADE, null=True, editable=False, related_name="corrected_by")
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            period_in_order("organisations_programmerole_period"),
            models.CheckConstraint(
                name="organisations_programmerole_role", condition=Q(role__in=ProgrammeRoleKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.programme_id}"
