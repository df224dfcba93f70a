"""Series: events that come again and again, numbered through without starting anew each year."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from simpul.activities.kinds import EventKind, Rhythm, Visibility
from simpul.kernel.time import Zone
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Record, Versioned, period_in_order

ZONES = [(zone.value, zone.name) for zone in Zone]


class EventSeries(Record, Versioned):
    """ "Semidaring Jejaring", every week. Its weeks are those of `zone`, whatever zone one of its events is held in."""

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    title = LocalizedTextField()
    about = LocalizedTextField(null=True, blank=True)
    kind = models.CharField(max_length=5, choices=EventKind.choices)
    visibility = models.CharField(max_length=7, choices=Visibility.choices)
    rhythm = models.CharField(max_length=11, choices=Rhythm.choices, blank=True)
    zone = models.CharField(max_length=13, choices=ZONES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day on which one may be due
    created_at = models.DateTimeField(editable=False)

    if TYPE_CHECKING:
        id: UUID
        owner_organisation_id: UUID

    class Meta:
        constraints = [
            models.CheckConstraint(name="activities_eventseries_kind", condition=Q(kind__in=EventKind.values)),
            models.CheckConstraint(
                name="activities_eventseries_visibility", condition=Q(visibility__in=Visibility.values)
            ),
            models.CheckConstraint(name="activities_eventseries_rhythm", condition=Q(rhythm__in=Rhythm.values)),
            models.CheckConstraint(
                name="activities_eventseries_days", condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class SeriesBreak(Record, Dated):
    """Days on which none is due: Ramadan, the year's end. Both dates are known."""

    series = models.ForeignKey(EventSeries, models.CASCADE, related_name="breaks")
    reason = models.CharField(max_length=120)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            period_in_order("activities_seriesbreak_period"),
            models.CheckConstraint(
                name="activities_seriesbreak_closed",
                condition=Q(valid_from__isnull=False, valid_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.valid_from}"
