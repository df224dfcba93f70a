"""One organisation, network or public body."""

from django.db import models

from simpul.organisations.kinds import OrganisationKind
from simpul.records.models import Record, Versioned


class Organisation(Record, Versioned):
    """`name`, `acronym` and `sort_key` repeat the name that holds now, so that a list needs no join.

    Only the naming services write them; `queries.names.stale_names` finds rows where they have drifted.
    """

    kind = models.CharField(max_length=8, choices=OrganisationKind.choices)
    name = models.CharField(max_length=200, editable=False)
    acronym = models.CharField(max_length=40, blank=True, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)  # fold_words(name)
    # At risk: hidden from every public page, export and search (rules.organisations.visible_to).
    in_safety_mode = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_organisation_kind", condition=models.Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(name="organisations_organisation_named", condition=~models.Q(name="")),
        ]
        indexes = [
            models.Index("sort_key", "id", name="organisation_by_name"),
            models.Index("kind", "sort_key", "id", name="organisation_by_kind"),
        ]

    def __str__(self) -> str:
        return self.name
