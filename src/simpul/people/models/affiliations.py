"""Who is what in which organisation, from when to when."""

from django.db import models
from django.db.models import Q

from simpul.people.codes import Division, RoleTitle
from simpul.people.models.persons import Person
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Known, Record, period_in_order


class Affiliation(Record, Dated, Known):
    """Rows are appended: ending or correcting one supersedes it with another that names it in `corrects`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="affiliations"
    )
    role = models.CharField(max_length=20, choices=RoleTitle.choices)
    title = LocalizedTextField(null=True, blank=True)  # the words they use themselves, where the list falls short
    division = models.CharField(max_length=12, choices=Division.choices, blank=True, default=Division.NONE)
    on_board = models.BooleanField(default=False)
    corrects = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="corrected_by")

    class Meta:
        constraints = [
            period_in_order("people_affiliation_period"),
            models.CheckConstraint(name="people_affiliation_role", condition=Q(role__in=RoleTitle.values)),
            models.CheckConstraint(name="people_affiliation_division", condition=Q(division__in=Division.values)),
        ]
        indexes = [
            models.Index("organisation", "person", name="affiliation_of", condition=Q(superseded_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"
