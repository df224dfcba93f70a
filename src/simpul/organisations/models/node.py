"""This deployment: whose it is, what it is for, who answers complaints. One row, or none before the first run."""

from django.db import models
from django.db.models import Q

from simpul.organisations.models.organisations import Organisation
from simpul.organisations.models.programmes import Programme
from simpul.organisations.presets import Preset
from simpul.records.models import Record, Versioned


class Node(Record, Versioned):
    """`pillars` are keys of `presets.Pillar` that are in use. `logo` is a PNG that `logos.clean_logo` made.

    `complaints_to` is the `RecordRef` of the person who receives complaints: people are above this context.
    """

    # Unique and always true: a second row can't be.
    only = models.BooleanField(default=True, unique=True, editable=False)
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    preset = models.CharField(max_length=20, choices=Preset.choices)
    pillars = models.JSONField(default=list)
    logo = models.BinaryField(null=True)
    logo_digest = models.CharField(max_length=16, blank=True)
    # What figures are about where nobody names a programme, a network or an organisation.
    headline_programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    headline_network = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    headline_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    complaints_to = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisations_node_only", condition=Q(only=True)),
            models.CheckConstraint(name="organisations_node_preset", condition=Q(preset__in=Preset.values)),
        ]

    def __str__(self) -> str:
        return str(self.host_id)
